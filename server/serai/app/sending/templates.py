"""A template, filled in with what a caller gives; whatever is wrong with the values is named."""

from datetime import datetime

from serai.app.sending.shapes import TemplateIn
from serai.core.ids import ChannelId
from serai.core.template import TemplateRef
from serai.core.templates.fill import Flaws, fill
from serai.core.templates.values import Values
from serai.features.templates.store import read as templates
from serai.features.templates.store.read import TemplateRow
from serai.kit.db import Conn
from serai.kit.errors import Invalid


async def filled(conn: Conn, channel: ChannelId, wanted: TemplateIn, now: datetime) -> TemplateRef:
    """Raises Invalid, naming what is missing or too much."""
    rows = await templates.of_channel(conn, channel, wanted.name)
    fitting = [row for row in rows if row.language == wanted.language]
    if not fitting:
        raise Invalid("template_not_found", "There is no such template.", "content.name")
    found = fill(templates.sendable(fitting[0]), Values(body=tuple(wanted.parameters)), now)
    if isinstance(found, Flaws):
        raise _refusal(found, fitting[0], wanted)
    return found


def _refusal(flaws: Flaws, row: TemplateRow, wanted: TemplateIn) -> Invalid:
    surplus = len(wanted.parameters) - len(row.layout.face.body_variables)
    code = "surplus" if surplus > 0 else "missing" if surplus < 0 else "wrong"
    faults = [(f"content.{problem.field}", problem.text) for problem in flaws.problems]
    text = " ".join(problem.text for problem in flaws.problems)
    return Invalid(f"template_values_{code}", text, "content.parameters", faults)
