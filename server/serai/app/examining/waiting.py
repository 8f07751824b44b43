"""What waits that should not: a worker that does not run, and what was set aside."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.app.examining.finding import Finding
from serai.app.examining.numbers import Kept
from serai.app.watching.standing import WAITING
from serai.app.watching.standing import Waiting as Row
from serai.kit.allow_list import networks
from serai.kit.db import Conn, fetch
from serai.kit.settings import Settings

LATE = timedelta(minutes=5)
KEPT = """
    SELECT channels.id, channels.state, channels.paused_reason,
           ARRAY(SELECT name || ' (' || status || ')' FROM templates
                  WHERE templates.business_id = channels.business_id
                    AND templates.account_id IN ('', channels.account_id)
                    AND status IN ('REJECTED', 'PAUSED', 'DISABLED')
                  ORDER BY name
                  LIMIT 4) AS unusable_templates,
           (SELECT count(*) FROM sends
             WHERE sends.channel_id = channels.id AND sends.state = 'waiting'
               AND sends.waits_for = 'people') AS waiting_for_tier
      FROM channels
     WHERE channels.id = ANY (%(ids)s)
"""
FOR_A_KEY = """
    SELECT (SELECT count(*) FROM webhook_deliveries
             WHERE state = 'quarantined' AND reason = 'key_missing') AS deliveries,
           (SELECT count(*) FROM inbound_items
             WHERE state = 'quarantined' AND reason = 'key_missing') AS items
"""
TURNED_AWAY = """
    SELECT coalesce(sum(count), 0)::integer AS count, count(DISTINCT remote) AS address_count,
           (SELECT remote FROM security_events AS last
             WHERE kind = 'other_address' AND at > %(since)s ORDER BY at DESC LIMIT 1) AS last
      FROM security_events
     WHERE kind = 'other_address' AND at > %(since)s
"""
WORDS = {
    ("deliveries", "kept"): "webhooks were not read for {minutes} minutes; start serai work.",
    ("items", "pending"): "messages were not handled for {minutes} minutes; start serai work.",
    (
        "sends",
        "ready",
    ): "messages have not left for {minutes} minutes; see whether serai work runs.",
}
SET_ASIDE = {
    ("deliveries", "set_aside"): "webhooks",
    ("items", "set_aside"): "messages",
}


class ForAKey(Struct, frozen=True):
    deliveries: int
    items: int


class TurnedAway(Struct, frozen=True):
    count: int
    address_count: int
    last: str | None


class KeptRow(Struct, frozen=True, kw_only=True):
    id: UUID
    state: str
    paused_reason: str | None
    unusable_templates: tuple[str, ...]
    waiting_for_tier: int


async def kept(conn: Conn, ids: Sequence[UUID]) -> dict[UUID, Kept]:
    """What our rows know of each number."""
    rows = await fetch(conn, KeptRow, KEPT, {"ids": list(ids)})
    return {
        row.id: Kept(
            state=row.state,
            paused_reason=row.paused_reason,
            unusable_templates=row.unusable_templates,
            waiting_for_tier=row.waiting_for_tier,
        )
        for row in rows
    }


async def queues(conn: Conn, now: datetime) -> list[Finding]:
    """Whether work is done at all, and what could not be done."""
    found: list[Finding] = []
    aside: list[str] = []
    [held] = await fetch(conn, ForAKey, FOR_A_KEY, {})
    if held.deliveries + held.items:
        text = (
            f"{held.deliveries + held.items} webhooks or messages are sealed with a key that was not in"
            " SERAI_KEYS; put it back behind the first and restart serai work, which handles them then."
        )
        found.append(Finding(False, "keys", text))
    for row in await fetch(conn, Row, WAITING, {"now": now}):
        age = now - row.oldest_at if row.oldest_at else timedelta()
        words = WORDS.get((row.place, row.state))
        if words and age > LATE:
            minutes = round(age.total_seconds() / 60)
            found.append(Finding(False, "work", f"{row.count} {words.format(minutes=minutes)}"))
        kind = SET_ASIDE.get((row.place, row.state))
        count = row.count - getattr(held, row.place, 0)
        if kind and count > 0:
            aside.append(f"{count} {kind}")
    if aside:
        text = (
            f"{' and '.join(aside)} could not be read; try again with serai replay --quarantined."
        )
        found.append(Finding(False, "set aside", text))
    return found or [Finding(True, "work", "is done.")]


async def allow_list(conn: Conn, settings: Settings, now: datetime) -> list[Finding]:
    """Whether those who are let in are those who come; nothing while everybody is."""
    if not networks(settings.webhook_networks):
        return []
    [away] = await fetch(conn, TurnedAway, TURNED_AWAY, {"since": now - timedelta(days=1)})
    if not away.count:
        text = "webhooks are taken from SERAI_WEBHOOK_NETWORKS alone; nobody else came in a day."
        return [Finding(True, "allow-list", text)]
    text = (
        f"{away.count} requests from {away.address_count} other addresses were refused in a day, the last"
        f" from {away.last}; if that is Meta or your proxy, mend SERAI_WEBHOOK_NETWORKS or"
        " SERAI_TRUSTED_PROXIES."
    )
    return [Finding(False, "allow-list", text)]
