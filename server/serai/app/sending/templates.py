"""A template, filled in with what a caller gives; whatever is wrong with the values is named."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from serai.app.sending.shapes import TemplateIn
from serai.core.ids import ChannelId
from serai.core.template import TemplateRef
from serai.core.templates.fill import Flaws, fill
from serai.core.templates.language import Chosen, choose, wishes
from serai.core.templates.layout import Unreadable
from serai.core.templates.standing import USABLE
from serai.core.templates.values import Template, Values
from serai.features.templates.store import read
from serai.features.templates.store.read import TemplateRow
from serai.kit.db import Conn
from serai.kit.errors import Invalid


async def filled(
    conn: Conn, channel: ChannelId, contact: UUID, wanted: TemplateIn, now: datetime
) -> TemplateRef:
    """Complete and rendered. Raises Invalid, naming every value that is missing or too much."""
    rows = await read.of_channel(conn, channel, wanted.name)
    if not rows:
        raise Invalid("template_not_found", "There is no such template.", "content.name")
    row, tried = await _translation(conn, channel, contact, wanted, rows)
    found = fill(_template(row, wanted), _values(wanted), now)
    if isinstance(found, Flaws):
        raise _refusal(found)
    return replace(found, tried_languages=tried)


async def _translation(
    conn: Conn, channel: ChannelId, contact: UUID, wanted: TemplateIn, rows: list[TemplateRow]
) -> tuple[TemplateRow, tuple[str, ...]]:
    """The row in the language asked for, else in the best for the person, and what was tried."""
    if wanted.language is not None:
        found: Chosen | None = Chosen(wanted.language.replace("-", "_"), ())
    else:
        where = await read.where(conn, channel, contact)
        spoken = wishes(where.contact_language, where.business_language) if where else ()
        found = choose(_available(rows), spoken)
    by_language = {row.language: row for row in rows}
    if found is None or found.language not in by_language:
        languages = ", ".join(sorted(by_language))
        text = f"The template is not there in that language; there are: {languages}."
        raise Invalid("template_not_found", text, "content.language")
    return by_language[found.language], found.tried


def _available(rows: list[TemplateRow]) -> set[str]:
    """Languages that may be sent now; all, if none may, so that policy says why not."""
    usable = {row.language for row in rows if row.status in USABLE}
    return usable or {row.language for row in rows}


def _template(row: TemplateRow, wanted: TemplateIn) -> Template:
    try:
        return read.sendable(row, wanted.fallbacks)
    except Unreadable as error:
        text = "Meta describes the template in a way that Serai does not know."
        raise Invalid("template_unreadable", text, "content.name") from error


def _values(wanted: TemplateIn) -> Values:
    values = wanted.values.values()
    return replace(values, body=tuple(wanted.parameters)) if wanted.parameters else values


def _refusal(flaws: Flaws) -> Invalid:
    faults = [(f"content.values.{problem.field}", problem.text) for problem in flaws.problems]
    text = " ".join(problem.text for problem in flaws.problems)
    kinds = {problem.kind for problem in flaws.problems}
    code = kinds.pop() if len(kinds) == 1 else "wrong"
    return Invalid(f"template_values_{code}", text, faults[0][0], faults)
