"""What the checks of outgoing content are made of: lengths, links, files, names that repeat."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from serai.core.content import File
from serai.core.interactive import Button, Header
from serai.meta.kind import Problem
from serai.meta.whatsapp import limits

Problems = Iterator[Problem]

MIME_TYPES: dict[str, frozenset[str]] = {
    "image": frozenset({"image/jpeg", "image/png"}),
    "video": frozenset({"video/mp4", "video/3gpp"}),
    "audio": frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
    "sticker": frozenset({"image/webp"}),
}
"""Source: WhatsApp Cloud API, "Media: supported types". Documents: other types pass in practice."""
LONGEST_EMOJI = 16
"""Code points; ours: a family of four with skin colours has eleven."""


def text(field: str, value: str | None, most: int, *, needed: bool = True) -> Problems:
    """A text of 1 to `most` characters, or none at all where it is not needed."""
    if needed and (value is None or not value.strip()):
        yield Problem(field, "A text is needed here.")
    elif value is not None and len(value) > most:
        yield Problem(field, f"At most {most} characters; these are {len(value)}.")


def count(field: str, values: Sequence[object], least: int, most: int) -> Problems:
    if not least <= len(values) <= most:
        allowed = f"{least} to {most}" if least else f"at most {most}"
        # The first that is too much is the one to take away.
        place = f"{field}[{most}]" if len(values) > most else field
        yield Problem(place, f"There may be {allowed}; these are {len(values)}.")


def unlike(pairs: Iterable[tuple[str, str]]) -> Problems:
    """`(field, value)`: every value stands once; the later of two is the problem."""
    seen: Counter[str] = Counter()
    for field, value in pairs:
        seen[value] += 1
        if seen[value] == 2:
            yield Problem(field, "This stands here twice; each must be different.")


def id_(field: str, value: str, most: int) -> Problems:
    """What comes back when a button or row is tapped."""
    yield from text(field, value, most)
    if value != value.strip():
        yield Problem(field, "No space at the start or the end.")


def buttons(field: str, those: Sequence[Button], longest_id: int) -> Problems:
    """Answers to tap: each with an id and a title of its own."""
    for number, button in enumerate(those):
        yield from id_(f"{field}[{number}].id", button.id, longest_id)
        yield from text(f"{field}[{number}].title", button.title, limits.BUTTON_TITLE)
    yield from unlike((f"{field}[{n}].id", each.id) for n, each in enumerate(those))
    yield from unlike((f"{field}[{n}].title", each.title) for n, each in enumerate(those))


def link(field: str, value: str | None) -> Problems:
    if value is None or not is_link(value):
        yield Problem(field, "A full address is needed here, such as https://example.com/menu.")
    elif len(value) > limits.LINK:
        yield Problem(field, f"At most {limits.LINK} characters; these are {len(value)}.")


def is_link(value: str) -> bool:
    """Whether it is an http or https address with a host and no blank."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    has_blank = any(char.isspace() for char in value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not has_blank


def file(field: str, value: File | None, kind: str) -> Problems:
    """One file, by an id or by a link, of a type that Meta takes for this kind."""
    if value is None:
        yield Problem(field, "A file is needed here.")
        return
    has_id = bool(value.id or value.meta_id)
    if has_id == bool(value.link):
        yield Problem(field, "Give the file's id or its link, one of the two.")
    elif value.link:
        yield from link(f"{field}.link", value.link)
    mime_type = (value.mime_type or "").partition(";")[0].strip()
    allowed = MIME_TYPES.get(kind)
    if allowed and mime_type and mime_type not in allowed:
        yield Problem(field, f"WhatsApp takes {', '.join(sorted(allowed))} here.")


def header(value: Header | None, kinds: frozenset[str], field: str = "header") -> Problems:
    """A header of one of the kinds, or none."""
    if value is None:
        return
    if value.kind not in kinds:
        yield Problem(f"{field}.kind", f"It may be {' or '.join(sorted(kinds))} here.")
    elif value.kind == "text":
        yield from text(f"{field}.text", value.text, limits.HEADER)
        if value.file is not None:
            yield Problem(f"{field}.file", "A text header has no file.")
    else:
        yield from file(f"{field}.file", value.file, value.kind)
        if value.text is not None:
            yield Problem(f"{field}.text", "A header with a file has no text.")


def is_emoji(value: str) -> bool:
    """Whether it is a sign to react with, not words."""
    if not 0 < len(value) <= LONGEST_EMOJI or any(c.isalpha() or c.isspace() for c in value):
        return False
    return any(ord(c) > 127 and unicodedata.category(c)[0] in "SPM" for c in value)
