"""The rules' rows."""

from collections import defaultdict
from collections.abc import Sequence

from serai.core.ids import BusinessId
from serai.features.automation.model import Rule, Rules
from serai.kit.db import Conn, fetch, json_rows

ENABLED = """
    SELECT id, business_id, key, priority, match, reply, language, channel, hours
      FROM rules
     WHERE enabled AND business_id = ANY (%(businesses)s)
     ORDER BY priority DESC, key
"""
INSTALL = """
    INSERT INTO rules (business_id, key, priority, match, language, channel, hours, reply, pack_version)
    SELECT %(business_id)s, key, priority, match, language, channel, hours, reply, %(version)s
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (key text, priority integer, match jsonb, language text, channel text, hours text,
                 reply text)
        ON CONFLICT (business_id, key)
        DO UPDATE SET priority = excluded.priority, match = excluded.match,
                      language = excluded.language, channel = excluded.channel,
                      hours = excluded.hours,
                      reply = excluded.reply, pack_version = excluded.pack_version
"""
RETIRE = """
    DELETE FROM rules
     WHERE business_id = %(business_id)s AND pack_version IS NOT NULL
       AND NOT key = ANY (%(keys)s)
"""


class Owned(Rule, frozen=True, kw_only=True):
    business_id: BusinessId


async def enabled(conn: Conn, businesses: Sequence[BusinessId]) -> Rules:
    """The rules of the businesses at hand, highest priority first."""
    if not businesses:
        return {}
    rules: dict[BusinessId, list[Rule]] = defaultdict(list)
    for rule in await fetch(conn, Owned, ENABLED, {"businesses": list(businesses)}):
        rules[rule.business_id].append(rule)
    return {business: tuple(those) for business, those in rules.items()}


async def install(
    conn: Conn, business: BusinessId, version: int, rules: Sequence[object], keys: Sequence[str]
) -> None:
    """Bring a business's rules to what its pack says; rules that people added stay."""
    await conn.execute(
        INSTALL, {"business_id": business, "version": version, "rows": json_rows(rules)}
    )
    await conn.execute(RETIRE, {"business_id": business, "keys": list(keys)})
