"""What Meta says of numbers: facts, limits, restrictions and notices, as effects and as answers read.

A replay of the log leaves all of it alone: Meta tells it anew, and the newest counts.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from serai.core.effects import (
    Effect,
    NoteChannel,
    PauseChannel,
    PostNotice,
    RestrictChannel,
    ResumeChannel,
)
from serai.core.ids import ChannelId, derived
from serai.features.channels.model.notices import needs_reconnecting
from serai.features.channels.model.reading import Kept
from serai.kit.db import Conn, fetch, json_rows

PAUSE = """
    UPDATE channels
       SET state = 'paused', paused_reason = rows.reason, paused_by = rows.cause,
           paused_code = rows.code
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (channel_id uuid, reason text, cause text, code integer)
     WHERE channels.id = rows.channel_id AND channels.state = 'active'
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
RESUME = """
    UPDATE channels
       SET state = 'active', paused_reason = NULL, paused_by = NULL, paused_code = NULL
      FROM jsonb_to_recordset(%(rows)s) AS rows (channel_id uuid, causes jsonb)
     WHERE channels.id = rows.channel_id AND channels.state = 'paused'
       AND rows.causes ? channels.paused_by
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
NOTE = """
    INSERT INTO channel_facts (channel_id, business_id, number)
    SELECT channel_id, business_id, facts
      FROM jsonb_to_recordset(%(rows)s) AS rows (channel_id uuid, business_id uuid, facts jsonb)
     WHERE coalesce(current_setting('serai.replaying', true), '') <> 'on'
     ORDER BY channel_id
        ON CONFLICT (channel_id) DO UPDATE SET number = channel_facts.number || excluded.number
"""
PACE = """
    UPDATE channels
       SET messages_per_second = rows.messages_per_second
      FROM jsonb_to_recordset(%(rows)s) AS rows (channel_id uuid, messages_per_second integer)
     WHERE channels.id = rows.channel_id AND rows.messages_per_second IS NOT NULL
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
LIMIT = """
    UPDATE channels
       SET messaging_limit = rows.messaging_limit
      FROM jsonb_to_recordset(%(rows)s) AS rows (channel_id uuid, messaging_limit integer)
      JOIN channels AS told ON told.id = rows.channel_id
     WHERE rows.messaging_limit IS NOT NULL
       AND (channels.id = told.id OR channels.portfolio_id = told.portfolio_id)
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
"""All numbers of a portfolio share one limit. Source: "Messaging limits", since October 2025."""

RESTRICT = """
    UPDATE channels
       SET restrictions = (channels.restrictions
                           - ARRAY(SELECT jsonb_array_elements_text(rows.allowed))) || rows.kinds
      FROM jsonb_to_recordset(%(rows)s) AS rows (channel_id uuid, kinds jsonb, allowed jsonb)
     WHERE channels.id = rows.channel_id
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
POST = """
    INSERT INTO channel_notices (id, business_id, channel_id, code, level, words, next_step, at)
    SELECT id, business_id, channel_id, code, level, words, next_step, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (id uuid, business_id uuid, channel_id uuid, code text, level text, words text,
                 next_step text, at timestamptz)
     WHERE coalesce(current_setting('serai.replaying', true), '') <> 'on'
     ORDER BY channel_id, code
        ON CONFLICT (channel_id, code) WHERE ended_at IS NULL
        DO UPDATE SET level = excluded.level, words = excluded.words,
                      next_step = excluded.next_step,
                      at = CASE excluded.level WHEN 'informational' THEN excluded.at
                                ELSE channel_notices.at END
"""
"""Of a trouble the first time counts: what a person reads is since when it holds. Of news the last."""

END = """
    UPDATE channel_notices
       SET ended_at = rows.at
      FROM jsonb_to_recordset(%(rows)s) AS rows (channel_id uuid, code text, at timestamptz)
     WHERE channel_notices.channel_id = rows.channel_id AND channel_notices.ended_at IS NULL
       AND rows.code IN (channel_notices.code, split_part(channel_notices.code, ':', 1))
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
RETIRE = """
    UPDATE channel_notices
       SET ended_at = %(now)s
     WHERE channel_id = ANY (%(channel_ids)s) AND ended_at IS NULL
       AND level = 'informational' AND at < %(before)s
"""
KEEP = """
    INSERT INTO channel_facts (channel_id, business_id, number, account, health, profile, webhooks,
                               token, read_at)
    SELECT channel_id, business_id, coalesce(number, '{}'), coalesce(account, '{}'),
           coalesce(health, '{}'), coalesce(profile, '{}'), coalesce(webhooks, '{}'),
           coalesce(token, '{}'), read_at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (channel_id uuid, business_id uuid, number jsonb, account jsonb, health jsonb,
                 profile jsonb, webhooks jsonb, token jsonb, read_at timestamptz)
     ORDER BY channel_id
        ON CONFLICT (channel_id) DO UPDATE
       SET number = channel_facts.number || excluded.number,
           account = channel_facts.account || excluded.account,
           health = CASE excluded.health WHEN '{}' THEN channel_facts.health ELSE excluded.health END,
           profile = channel_facts.profile || excluded.profile,
           webhooks = channel_facts.webhooks || excluded.webhooks,
           token = channel_facts.token || excluded.token,
           read_at = coalesce(excluded.read_at, channel_facts.read_at)
"""
SET_OWNER = """
    UPDATE channels
       SET portfolio_id = coalesce(rows.portfolio_id, channels.portfolio_id),
           display_phone_number = coalesce(rows.display_phone_number, channels.display_phone_number),
           token_expires_at = CASE WHEN rows.token_known THEN rows.token_expires_at
                                   ELSE channels.token_expires_at END
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (channel_id uuid, portfolio_id text, display_phone_number text, token_known boolean,
                 token_expires_at timestamptz)
     WHERE channels.id = rows.channel_id
"""
NOTICES = """
    SELECT id, channel_id, code, level, words, next_step, at, ended_at
      FROM channel_notices
     WHERE channel_id = ANY (%(channel_ids)s)
       AND (ended_at IS NULL OR %(with_ended)s)
     ORDER BY ended_at IS NOT NULL, at DESC, code
     LIMIT %(limit)s
"""
FACTS = """
    SELECT channel_id, number, account, health, profile, webhooks, token, read_at
      FROM channel_facts
     WHERE channel_id = ANY (%(channel_ids)s)
"""


NEWS_LAST = timedelta(days=14)
"""How long informational notices are shown; ours."""


class NoticeRow(Struct, frozen=True, kw_only=True):
    id: UUID
    channel_id: ChannelId
    code: str
    level: str
    words: str
    next_step: str
    at: datetime
    ended_at: datetime | None


class Facts(Struct, frozen=True, kw_only=True):
    """What Meta last said of a number, section by section, in Meta's own names."""

    channel_id: ChannelId
    number: dict[str, Any] = {}
    account: dict[str, Any] = {}
    health: dict[str, Any] = {}
    profile: dict[str, Any] = {}
    webhooks: dict[str, Any] = {}
    token: dict[str, Any] = {}
    read_at: datetime | None = None


async def pause(conn: Conn, effects: Sequence[PauseChannel]) -> None:
    """Hold what leaves through these numbers; the first reason stays."""
    rows = [
        {
            "channel_id": effect.channel_id,
            "reason": effect.reason,
            "cause": "token" if needs_reconnecting(effect.code) else effect.cause,
            "code": effect.code,
        }
        for effect in effects
    ]
    await conn.execute(PAUSE, {"rows": json_rows(rows)})


async def resume(conn: Conn, effects: Sequence[ResumeChannel]) -> None:
    await conn.execute(RESUME, {"rows": json_rows(effects)})


async def restrict(conn: Conn, effects: Sequence[RestrictChannel]) -> None:
    """Kinds of messages that may not go, and such as may again; for each number in this order."""
    folded: dict[ChannelId, RestrictChannel] = {}
    for effect in effects:
        earlier = folded.get(effect.channel_id)
        folded[effect.channel_id] = _then(earlier, effect) if earlier else effect
    await conn.execute(RESTRICT, {"rows": json_rows(list(folded.values()))})


def _then(earlier: RestrictChannel, later: RestrictChannel) -> RestrictChannel:
    kinds = {kind: earlier.kinds[kind] for kind in earlier.kinds if kind not in later.allowed}
    return msgspec.structs.replace(
        later, kinds=kinds | later.kinds, allowed=(*earlier.allowed, *later.allowed)
    )


async def note(conn: Conn, effects: Sequence[NoteChannel]) -> None:
    """Facts and paces; of several about one number the last counts."""
    merged: dict[ChannelId, NoteChannel] = {}
    for effect in effects:
        earlier = merged.get(effect.channel_id)
        merged[effect.channel_id] = _both(earlier, effect) if earlier else effect
    rows = json_rows(list(merged.values()))
    await conn.execute(NOTE, {"rows": rows})
    await conn.execute(PACE, {"rows": rows})
    await conn.execute(LIMIT, {"rows": rows})


def _both(earlier: NoteChannel, later: NoteChannel) -> NoteChannel:
    return msgspec.structs.replace(
        later,
        facts=earlier.facts | later.facts,
        messages_per_second=later.messages_per_second or earlier.messages_per_second,
        messaging_limit=later.messaging_limit or earlier.messaging_limit,
    )


async def post(conn: Conn, effects: Sequence[PostNotice]) -> None:
    """One open notice of a code and number; of several about one the last counts."""
    newest = {(effect.channel_id, effect.code): effect for effect in effects}
    ended = [effect for effect in newest.values() if not effect.holds]
    rows = [
        {"id": derived("notice", effect.channel_id, effect.code, effect.at)}
        | msgspec.structs.asdict(effect)
        for effect in newest.values()
        if effect.holds
    ]
    await conn.execute(END, {"rows": json_rows(ended)})
    await conn.execute(POST, {"rows": json_rows(rows)})


async def write(conn: Conn, effects: Sequence[Effect]) -> None:
    """Effects of answers that Meta gave to us, outside the path of events."""
    by_kind: dict[type[Effect], list[Any]] = defaultdict(list)
    for effect in effects:
        by_kind[type(effect)].append(effect)
    for kind, writer in WRITERS.items():
        if by_kind[kind]:
            await writer(conn, by_kind[kind])


WRITERS: dict[type[Effect], Callable[[Conn, Sequence[Any]], Awaitable[None]]] = {
    PauseChannel: pause,
    ResumeChannel: resume,
    RestrictChannel: restrict,
    NoteChannel: note,
    PostNotice: post,
}


async def keep(conn: Conn, readings: Sequence[Kept]) -> None:
    """Keep what was read of these numbers, all in one statement each for facts and numbers."""
    rows = json_rows(readings)
    await conn.execute(KEEP, {"rows": rows})
    await conn.execute(SET_OWNER, {"rows": rows})


async def retire(conn: Conn, channels: Sequence[ChannelId], now: datetime) -> None:
    """News that nobody put away are over after a while; troubles are not."""
    values = {"channel_ids": list(channels), "now": now, "before": now - NEWS_LAST}
    await conn.execute(RETIRE, values)


async def notices(
    conn: Conn, channels: Sequence[ChannelId], *, with_ended: bool = False, limit: int = 500
) -> list[NoticeRow]:
    """Those that hold first, then the newest."""
    values = {"channel_ids": list(channels), "with_ended": with_ended, "limit": limit}
    return await fetch(conn, NoticeRow, NOTICES, values)


async def facts(conn: Conn, channels: Sequence[ChannelId]) -> dict[ChannelId, Facts]:
    """By number; one of which nothing is known yet is left out."""
    rows = await fetch(conn, Facts, FACTS, {"channel_ids": list(channels)})
    return {row.channel_id: row for row in rows}
