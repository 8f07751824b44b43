"""What the columns of a table of people mean, and what a row of it says."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from serai.features.contacts.decide import attributes, values
from serai.features.contacts.decide.attributes import Attribute, Misfit
from serai.features.contacts.decide.likeness import plain
from serai.kit.cells import unguarded

Verdict: TypeAlias = Literal["new", "changed", "same", "invalid", "duplicate"]
IDENTITIES = (
    "phone",
    "email",
    "external_id",
    "username",
    "wa_user_id",
    "ig_user_id",
    "page_user_id",
)
FIELDS = ("name", "first_name", "last_name", "company", "language", "time_zone", "birthday", "notes", "tags",
          "consent")  # fmt: skip
IGNORED = ""

GUESSES: Mapping[str, str] = {
    **dict.fromkeys(("name", "full name", "contact", "nombre", "nom", "الاسم", "contact name"), "name"),
    **dict.fromkeys(("first name", "given name", "firstname", "vorname"), "first_name"),
    **dict.fromkeys(("last name", "surname", "family name", "lastname", "nachname"), "last_name"),
    **dict.fromkeys(("phone", "mobile", "phone number", "mobile number", "whatsapp", "tel", "telephone",
                     "cell", "telefon", "telefono", "wa id", "الهاتف", "phone 1", "phone 2",
                     "phone 3"), "phone"),
    **dict.fromkeys(("email", "e mail", "mail", "email address", "e mail address", "correo"), "email"),
    **dict.fromkeys(("external id", "id", "customer id", "crm id"), "external_id"),
    **dict.fromkeys(("username", "user name"), "username"),
    **dict.fromkeys(("whatsapp id",), "wa_user_id"),
    **dict.fromkeys(("instagram id",), "ig_user_id"),
    **dict.fromkeys(("messenger id",), "page_user_id"),
    **dict.fromkeys(("company", "organisation", "organization", "firma", "empresa"), "company"),
    **dict.fromkeys(("language", "locale", "sprache", "idioma"), "language"),
    **dict.fromkeys(("time zone", "timezone"), "time_zone"),
    **dict.fromkeys(("birthday", "date of birth", "dob", "birth date"), "birthday"),
    **dict.fromkeys(("notes", "note", "comment", "comments"), "notes"),
    **dict.fromkeys(("tags", "tag", "labels", "groups"), "tags"),
    **dict.fromkeys(("consent", "opt in", "marketing", "agreed to marketing"), "consent"),
}  # fmt: skip


class Plan(Struct, frozen=True, kw_only=True):
    """How a table is read."""

    columns: tuple[str, ...]
    """What each is: a field, a type of identity, `attribute:key`, or nothing."""
    country: str | None = None
    """Of numbers without a code, such as OM."""
    tag_ids: tuple[str, ...] = ()
    """For all of them."""
    proof: str | None = None
    """What proves that who says yes in the consent column did; without it the column does not count."""


class Row(Struct, frozen=True, kw_only=True):
    """What a row of the table says of a person."""

    identities: tuple[tuple[str, str], ...]
    fields: dict[str, Any]
    attributes: dict[str, Any]
    tags: tuple[str, ...]
    consent: bool | None = None


class Problem(Struct, frozen=True):
    column: int
    words: str


def guess(heads: Sequence[str], known: Sequence[Attribute]) -> tuple[str, ...]:
    """What each column probably is, by what stands over it."""
    own = {plain(each.name): f"attribute:{each.key}" for each in known}
    own |= {plain(each.key): f"attribute:{each.key}" for each in known}
    return tuple(own.get(plain(head)) or GUESSES.get(plain(head), IGNORED) for head in heads)


def read(plan: Plan, known: Mapping[str, Attribute], cells: Sequence[str]) -> Row | Problem:
    """A row, or the first thing that is wrong with it."""
    identities: list[tuple[str, str]] = []
    fields: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for number, (column, cell) in enumerate(zip(plan.columns, cells, strict=False)):
        text = unguarded(cell)
        if not column or not text:
            continue
        if column in IDENTITIES:
            value = values.identity(column, text, plan.country)
            if value is None:
                return Problem(number, f"“{column.replace('_', ' ')}” cannot be read.")
            identities.append((column, value))
        else:
            read_ = _own(known, column, text) if ":" in column else _field(column, text)
            if isinstance(read_, Misfit):
                return Problem(number, read_.words)
            (own if ":" in column else fields)[column.removeprefix("attribute:")] = read_
    if not identities:
        return Problem(0, "There is nothing that they are known by: no number, no address, no id.")
    return _row(plan, tuple(dict.fromkeys(identities)), fields, own)


def _row(
    plan: Plan,
    identities: tuple[tuple[str, str], ...],
    fields: dict[str, Any],
    own: dict[str, Any],
) -> Row:
    names = [fields.pop(part, "") for part in ("first_name", "last_name")]
    if any(names) and "name" not in fields:
        fields["name"] = " ".join(each for each in names if each)
    consent = fields.pop("consent", None)
    return Row(
        identities=identities,
        fields=fields,
        attributes=own,
        tags=tuple(fields.pop("tags", ())),
        consent=consent if plan.proof else None,
    )


def _own(known: Mapping[str, Attribute], column: str, text: str) -> Any:
    attribute = known.get(column.removeprefix("attribute:"))
    return (
        Misfit(column, "There is no such attribute.")
        if attribute is None
        else attributes.fit(attribute, text)
    )


def _field(column: str, text: str) -> Any:
    match column:
        case "tags":
            each_ = (each.strip()[:40] for each in text.split(";"))
            return tuple(dict.fromkeys(each for each in each_ if each))
        case "consent":
            said = text.lower()
            return True if said in attributes.YES else False if said in attributes.NO else None
        case "language" | "time_zone" | "birthday":
            reader, words = STRICT[column]
            return reader(text) or Misfit(column, words)
        case _:
            return text if column == "notes" else text[:200]


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


STRICT: Mapping[str, tuple[Callable[[str], str | None], str]] = {
    "language": (values.language, "Write the language as two letters, such as en."),
    "time_zone": (values.time_zone, "Write the time zone as Asia/Muscat."),
    "birthday": (_day, "Write the birthday as 1990-12-31."),
}
