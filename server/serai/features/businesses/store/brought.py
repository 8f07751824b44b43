"""What a business has of the kinds that packs bring."""

from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.core.keywords import Match
from serai.kit.db import Conn, fetch

RULES = """
    SELECT key, priority, match, reply, language, channel, hours, pack_version IS NOT NULL AS of_pack
      FROM rules WHERE business_id = %(business_id)s
     ORDER BY priority DESC, key
"""
TEMPLATES = """
    SELECT name, language, category, components, account_id <> '' AS at_meta
      FROM templates WHERE business_id = %(business_id)s
     ORDER BY name, language, account_id
"""
REPLIES = """
    SELECT shortcut, language FROM quick_replies WHERE business_id = %(business_id)s
"""


class RuleRow(Struct, frozen=True, kw_only=True):
    key: str
    priority: int
    match: Match
    reply: str
    language: str | None
    channel: str | None
    hours: str
    of_pack: bool
    """A pack brought it; what people added stays when the pack goes on."""


class TemplateRow(Struct, frozen=True, kw_only=True):
    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    at_meta: bool
    """Read from Meta, where it is changed; a pack leaves it alone."""


class ReplyRow(Struct, frozen=True):
    shortcut: str
    language: str


class Brought(Struct, frozen=True):
    rules: tuple[RuleRow, ...]
    templates: tuple[TemplateRow, ...]
    replies: tuple[tuple[str, str], ...]
    """Shortcut and language of each quick reply."""


async def read(conn: Conn, business: UUID) -> Brought:
    rules = await fetch(conn, RuleRow, RULES, {"business_id": business})
    templates = await fetch(conn, TemplateRow, TEMPLATES, {"business_id": business})
    replies = await fetch(conn, ReplyRow, REPLIES, {"business_id": business})
    taken = tuple((each.shortcut, each.language) for each in replies)
    return Brought(tuple(rules), tuple(templates), taken)
