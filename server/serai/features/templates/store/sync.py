"""What Meta's list of an account's templates says, as rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, LiteralString, TypeAlias
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId
from serai.kit.db import Conn, fetch, json_rows

ACCOUNTS = """
    SELECT id AS channel_id, business_id, account_id, token
      FROM channels
     WHERE id = ANY (%(ids)s) AND state <> 'disconnected'
"""
KNOWN = """
    SELECT name, language, status, category, correct_category, xmin::text AS version
      FROM templates
     WHERE business_id = %(business_id)s AND account_id = %(account_id)s AND meta_id IS NOT NULL
"""
HELD = KNOWN + " ORDER BY name, language FOR UPDATE"
ADOPT = """
    UPDATE templates SET account_id = %(account_id)s
      FROM jsonb_to_recordset(%(rows)s) AS rows (name text, language text)
     WHERE templates.business_id = %(business_id)s AND templates.account_id = ''
       AND templates.name = rows.name AND templates.language = rows.language
       AND NOT EXISTS (SELECT FROM templates AS synced
                        WHERE synced.business_id = %(business_id)s
                          AND synced.account_id = %(account_id)s
                          AND synced.name = rows.name AND synced.language = rows.language)
"""
KEEP = """
    INSERT INTO templates (business_id, account_id, meta_id, name, language, category, status,
                           components, parameter_format, parameters, samples, quality, reason,
                           previous_category, correct_category, status_at, category_at, synced_at)
    SELECT %(business_id)s, %(account_id)s, meta_id, name, language, category, status, components,
           parameter_format, ARRAY(SELECT jsonb_array_elements_text(parameters)),
           ARRAY(SELECT jsonb_array_elements_text(samples)), quality, reason, previous_category,
           correct_category, %(told_at)s, %(told_at)s, %(now)s
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (meta_id text, name text, language text, category text, status text, quality text,
                 components jsonb, parameter_format text, parameters jsonb, samples jsonb,
                 reason text, previous_category text, correct_category text)
     ORDER BY name, language
        ON CONFLICT (business_id, account_id, name, language)
        DO UPDATE SET meta_id = excluded.meta_id, category = excluded.category,
                      status = excluded.status, components = excluded.components,
                      parameter_format = excluded.parameter_format, quality = excluded.quality,
                      reason = excluded.reason,
                      parameters = CASE WHEN cardinality(templates.parameters)
                                             = cardinality(excluded.parameters)
                                        THEN templates.parameters ELSE excluded.parameters END,
                      samples = CASE WHEN cardinality(excluded.samples) > 0
                                     THEN excluded.samples ELSE templates.samples END,
                      previous_category = coalesce(excluded.previous_category,
                          CASE WHEN excluded.category <> templates.category
                               THEN templates.category ELSE templates.previous_category END),
                      correct_category = excluded.correct_category,
                      paused_until = CASE WHEN excluded.status = 'PAUSED'
                                          THEN templates.paused_until END,
                      -- Of the list's own moment are the changes that it told itself.
                      status_at = greatest(nullif(templates.status_at, %(now)s), excluded.status_at),
                      category_at = greatest(nullif(templates.category_at, %(now)s),
                                             excluded.category_at),
                      synced_at = excluded.synced_at
"""
GONE = """
    UPDATE templates
       SET status = CASE WHEN meta_id IS NULL THEN 'DRAFT' ELSE 'DELETED' END, synced_at = %(now)s
     WHERE business_id = %(business_id)s AND account_id IN (%(account_id)s, '')
       AND (synced_at IS NULL OR synced_at < %(now)s) AND status NOT IN ('DRAFT', 'DELETED')
       AND (meta_id IS NULL OR synced_at IS NOT NULL)
"""
LISTED = """
    UPDATE templates SET synced_at = %(now)s
      FROM jsonb_to_recordset(%(rows)s) AS rows (name text, language text)
     WHERE templates.business_id = %(business_id)s AND templates.account_id = %(account_id)s
       AND templates.name = rows.name AND templates.language = rows.language
"""


SKEW = timedelta(minutes=1)
"""News told since then still count: they have whole seconds, and the time of another clock."""


Key: TypeAlias = tuple[str, str]
"""Name and language."""


class Account(Struct, frozen=True, kw_only=True):
    """Whose templates are read, and through which channel."""

    channel_id: ChannelId
    business_id: BusinessId
    account_id: str
    token: bytes
    """Sealed."""


class Known(Struct, frozen=True):
    name: str
    language: str
    status: str
    category: str
    correct_category: str | None
    version: str
    """Another one after each change of the row."""


class Synced(Struct, frozen=True, kw_only=True):
    """One template as Meta has it."""

    meta_id: str
    name: str
    language: str
    category: str
    status: str
    components: list[dict[str, Any]]
    parameter_format: str
    parameters: tuple[str, ...]
    samples: tuple[str, ...]
    quality: str | None
    reason: str | None
    previous_category: str | None
    correct_category: str | None


async def accounts(conn: Conn, channels: Sequence[UUID]) -> list[Account]:
    return await fetch(conn, Account, ACCOUNTS, {"ids": list(channels)})


async def known(conn: Conn, account: Account) -> dict[Key, Known]:
    """What we take Meta's view to be, by name and language."""
    return await _known(conn, account, KNOWN)


async def held(conn: Conn, account: Account) -> dict[Key, Known]:
    """The same; until the transaction ends no news changes it."""
    return await _known(conn, account, HELD)


async def _known(conn: Conn, account: Account, sql: LiteralString) -> dict[Key, Known]:
    values = {"business_id": account.business_id, "account_id": account.account_id}
    return {(row.name, row.language): row for row in await fetch(conn, Known, sql, values)}


async def keep(
    conn: Conn,
    account: Account,
    templates: Sequence[Synced],
    now: datetime,
    overtaken: Sequence[Synced] = (),
) -> None:
    """All of an account's templates as Meta lists them; those it lists no longer are deleted.

    Those overtaken by news stay as the news have them. A template that a pack brought becomes the
    account's if Meta has one of its name and language, and a draft if not.
    """
    values = {
        "business_id": account.business_id,
        "account_id": account.account_id,
        "rows": json_rows(templates),
        "now": now,
        "told_at": now - SKEW,
    }
    await conn.execute(ADOPT, values)
    await conn.execute(KEEP, values)
    await conn.execute(LISTED, values | {"rows": json_rows(overtaken)})
    await conn.execute(GONE, values)
