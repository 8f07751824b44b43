"""Templates that people write here, on their way to Meta and away from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.core.ids import BusinessId
from serai.kit.db import Conn, fetch

ADD = """
    INSERT INTO templates (id, business_id, account_id, name, language, category, status, components,
                           parameter_format, parameters, samples, fallbacks)
    VALUES (%(id)s, %(business_id)s, %(account_id)s, %(name)s, %(language)s, %(category)s, 'DRAFT',
            %(components)s, %(parameter_format)s, %(parameters)s, %(samples)s, %(fallbacks)s)
        ON CONFLICT (business_id, account_id, name, language)
        DO UPDATE SET category = excluded.category, components = excluded.components,
                      parameter_format = excluded.parameter_format, samples = excluded.samples,
                      parameters = excluded.parameters, fallbacks = excluded.fallbacks,
                      status = 'DRAFT'
         WHERE templates.meta_id IS NULL OR templates.status = 'DELETED'
    RETURNING id
"""
SUBMITTED = """
    UPDATE templates
       SET meta_id = %(meta_id)s, status = %(status)s, category = %(category)s,
           account_id = %(account_id)s, status_at = NULL, category_at = NULL, reason = NULL,
           previous_category = NULL
     WHERE id = %(id)s
"""
DELETED = """
    UPDATE templates SET status = 'DELETED', status_at = %(now)s WHERE id = %(id)s
"""
REMOVE = """
    DELETE FROM templates WHERE id = %(id)s AND meta_id IS NULL
"""
SET_FALLBACKS = """
    UPDATE templates SET fallbacks = %(fallbacks)s WHERE id = %(id)s
"""


class Draft(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: BusinessId
    account_id: str
    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    parameter_format: str = "POSITIONAL"
    parameters: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    fallbacks: Mapping[str, str] = {}


class Id(Struct, frozen=True):
    id: UUID


async def add(conn: Conn, draft: Draft) -> UUID | None:
    """Its id; None if Meta has a template of this name and language already."""
    values = {name: getattr(draft, name) for name in draft.__struct_fields__}
    values |= {
        "components": Jsonb(draft.components),
        "fallbacks": Jsonb(dict(draft.fallbacks)),
        "parameters": list(draft.parameters),
        "samples": list(draft.samples),
    }
    rows = await fetch(conn, Id, ADD, values)
    return rows[0].id if rows else None


class Submitted(Struct, frozen=True, kw_only=True):
    """What Meta answered to a new template."""

    id: UUID
    account_id: str
    meta_id: str
    status: str
    category: str


async def submitted(conn: Conn, answer: Submitted) -> None:
    """It waits for review; whatever Meta says of it from now on counts."""
    values = {name: getattr(answer, name) for name in answer.__struct_fields__}
    await conn.execute(SUBMITTED, values)


async def deleted(conn: Conn, id_: UUID, now: datetime) -> None:
    """It is gone at Meta; messages that were sent with it keep their words."""
    await conn.execute(DELETED, {"id": id_, "now": now})


async def remove(conn: Conn, id_: UUID) -> None:
    """Forget a template that Meta never had."""
    await conn.execute(REMOVE, {"id": id_})


async def set_fallbacks(conn: Conn, id_: UUID, fallbacks: Mapping[str, str]) -> None:
    await conn.execute(SET_FALLBACKS, {"id": id_, "fallbacks": Jsonb(dict(fallbacks))})
