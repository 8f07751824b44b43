"""What packs bring and what Meta decides, as rows of templates."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.core.effects import RefreshTemplates, UpdateTemplate
from serai.core.ids import BusinessId, ChannelId
from serai.core.template import TemplateTexts
from serai.core.templates.revise import revised
from serai.engine import due
from serai.kit.db import Conn, fetch, json_rows

SYNC = "template_sync"
"""The kind of due row that has an account's templates read from Meta."""

INSTALL = """
    INSERT INTO templates (business_id, name, language, category, components, parameters, samples)
    SELECT %(business_id)s, name, language, category, components,
           ARRAY(SELECT jsonb_array_elements_text(parameters)),
           ARRAY(SELECT jsonb_array_elements_text(samples))
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (name text, language text, category text, components jsonb, parameters jsonb,
                 samples jsonb)
     WHERE NOT EXISTS (SELECT FROM templates AS synced
                        WHERE synced.business_id = %(business_id)s AND synced.account_id <> ''
                          AND synced.name = rows.name AND synced.language = rows.language)
        ON CONFLICT (business_id, account_id, name, language)
        DO UPDATE SET category = excluded.category, components = excluded.components,
                      parameters = excluded.parameters, samples = excluded.samples
"""
UPDATE = """
    UPDATE templates
       SET status = CASE WHEN is_news THEN rows.status ELSE templates.status END,
           reason = CASE WHEN is_news THEN rows.reason
                         WHEN is_more THEN coalesce(templates.reason, rows.reason)
                         ELSE templates.reason END,
           paused_until = CASE WHEN is_news THEN rows.paused_until
                               WHEN is_more THEN coalesce(templates.paused_until, rows.paused_until)
                               ELSE templates.paused_until END,
           status_at = greatest(rows.status_at, templates.status_at),
           previous_category = CASE WHEN is_moved AND rows.category <> templates.category
                                    THEN templates.category ELSE templates.previous_category END,
           category = CASE WHEN is_moved THEN rows.category ELSE templates.category END,
           correct_category = CASE WHEN is_moved THEN rows.correct_category
                                   ELSE templates.correct_category END,
           category_at = greatest(rows.category_at, templates.category_at),
           quality = coalesce(rows.quality, templates.quality),
           meta_id = coalesce(rows.meta_id, templates.meta_id)
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, channel_id uuid, name text, language text, meta_id text,
                 status text, reason text, paused_until timestamptz, status_at timestamptz,
                 category text, correct_category text, category_at timestamptz, quality text)
      JOIN channels ON channels.id = rows.channel_id
      JOIN templates AS known
        ON known.business_id = rows.business_id AND known.name = rows.name
       AND known.language = rows.language AND known.account_id IN (channels.account_id, '')
     CROSS JOIN LATERAL (
           SELECT coalesce(rows.status_at >= coalesce(known.status_at, rows.status_at), false)
                      AS is_news,
                  -- Meta's list shows a pause before its news come, and not how long it is.
                  coalesce(rows.status = known.status, false) AS is_more,
                  coalesce(rows.category_at >= coalesce(known.category_at, rows.category_at), false)
                      AS is_moved) AS verdict
     WHERE templates.id = known.id
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
REVISABLE = """
    SELECT templates.id, rows.number, templates.components
      FROM unnest(%(numbers)s::integer[], %(business_ids)s::uuid[], %(channel_ids)s::uuid[],
                  %(names)s::text[], %(languages)s::text[])
        AS rows (number, business_id, channel_id, name, language)
      JOIN channels ON channels.id = rows.channel_id
      JOIN templates
        ON templates.business_id = rows.business_id AND templates.name = rows.name
       AND templates.language = rows.language AND templates.account_id IN (channels.account_id, '')
     ORDER BY rows.number
"""
REVISE = """
    UPDATE templates SET components = rows.components
      FROM jsonb_to_recordset(%(rows)s) AS rows (id uuid, components jsonb)
     WHERE templates.id = rows.id
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""


class Installed(Struct, frozen=True, kw_only=True):
    """A template that a pack brings."""

    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    parameters: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


class Revisable(Struct, frozen=True):
    id: UUID
    number: int
    components: list[dict[str, Any]]


class Told(Struct, kw_only=True):
    """All that one batch tells of one template, the later winning."""

    business_id: BusinessId
    channel_id: ChannelId
    name: str
    language: str
    meta_id: str | None = None
    status: str | None = None
    reason: str | None = None
    paused_until: datetime | None = None
    status_at: datetime | None = None
    category: str | None = None
    correct_category: str | None = None
    category_at: datetime | None = None
    quality: str | None = None


Key = tuple[BusinessId, ChannelId, str, str]


async def install(conn: Conn, business: BusinessId, templates: Sequence[Installed]) -> None:
    """Bring a business's templates to what its pack says; what Meta says of them stays."""
    await conn.execute(INSTALL, {"business_id": business, "rows": json_rows(templates)})


async def update(conn: Conn, effects: Sequence[UpdateTemplate]) -> None:
    """What Meta says of templates; older news than what is known changes nothing."""
    told: dict[Key, Told] = {}
    for effect in effects:
        key = (effect.business_id, effect.channel_id, effect.name, effect.language)
        new = Told(business_id=key[0], channel_id=key[1], name=key[2], language=key[3])
        _fold(told.setdefault(key, new), effect)
    await conn.execute(UPDATE, {"rows": json_rows(list(told.values()))})
    await _revise(conn, dict(_with_texts(effects)))


async def refresh(conn: Conn, effects: Sequence[RefreshTemplates]) -> None:
    """Read the accounts' templates again, at the time or before."""
    earliest: dict[ChannelId, RefreshTemplates] = {}
    for effect in sorted(effects, key=lambda each: each.due_at, reverse=True):
        earliest[effect.channel_id] = effect
    jobs = [(each.channel_id, each.business_id, each.due_at) for each in earliest.values()]
    await due.hasten(conn, SYNC, jobs)


async def hasten(conn: Conn, channel: ChannelId, business: BusinessId, at: datetime) -> None:
    """Have an account's templates read then, or before."""
    await due.hasten(conn, SYNC, [(channel, business, at)])


def _fold(told: Told, effect: UpdateTemplate) -> None:
    told.meta_id = effect.meta_id or told.meta_id
    told.quality = effect.quality or told.quality
    if effect.status is not None and effect.at >= (told.status_at or effect.at):
        told.status, told.status_at = effect.status, effect.at
        told.reason, told.paused_until = effect.reason, effect.paused_until
    if effect.category is not None and effect.at >= (told.category_at or effect.at):
        told.category, told.category_at = effect.category, effect.at
        told.correct_category = effect.correct_category


def _with_texts(effects: Sequence[UpdateTemplate]) -> list[tuple[Key, TemplateTexts]]:
    return [
        ((each.business_id, each.channel_id, each.name, each.language), each.texts)
        for each in sorted(effects, key=lambda each: each.at)
        if each.texts is not None
    ]


async def _revise(conn: Conn, texts: Mapping[Key, TemplateTexts]) -> None:
    """New words into the components that are known."""
    if not texts:
        return
    keys = list(texts)
    values = {
        "numbers": list(range(len(keys))),
        "business_ids": [key[0] for key in keys],
        "channel_ids": [key[1] for key in keys],
        "names": [key[2] for key in keys],
        "languages": [key[3] for key in keys],
    }
    known = await fetch(conn, Revisable, REVISABLE, values)
    rows = [
        {"id": row.id, "components": revised(row.components, texts[keys[row.number]])}
        for row in known
    ]
    await conn.execute(REVISE, {"rows": json_rows(rows)})
