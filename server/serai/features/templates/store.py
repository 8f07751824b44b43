"""The templates' rows."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from serai.core.effects import PauseTemplate
from serai.core.ids import BusinessId
from serai.kit.db import Conn, fetch, json_rows

INSTALL = """
    INSERT INTO templates (business_id, name, language, category, header, body, parameters, samples)
    SELECT %(business_id)s, name, language, category, header, body,
           ARRAY(SELECT jsonb_array_elements_text(parameters)),
           ARRAY(SELECT jsonb_array_elements_text(samples))
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (name text, language text, category text, header text, body text, parameters jsonb,
                 samples jsonb)
        ON CONFLICT (business_id, name, language)
        DO UPDATE SET category = excluded.category, header = excluded.header, body = excluded.body,
                      parameters = excluded.parameters, samples = excluded.samples
"""
LIST = """
    SELECT templates.id, templates.business_id, name, language, category, status, header, body,
           parameters, samples
      FROM templates
     WHERE templates.business_id = %(business_id)s
     ORDER BY name, language
"""
PAUSE = """
    UPDATE templates
       SET status = rows.status
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, name text, language text, status text)
     WHERE templates.business_id = rows.business_id AND templates.name = rows.name
       AND templates.language = rows.language
"""
BUSINESS_OF = """
    SELECT business_id AS id FROM channels WHERE id = %(id)s
"""


class TemplateRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: BusinessId
    name: str
    language: str
    category: str
    status: str
    header: str | None
    body: str
    parameters: tuple[str, ...]
    samples: tuple[str, ...]


class Id(Struct, frozen=True):
    id: BusinessId


async def install(conn: Conn, business: BusinessId, templates: Sequence[object]) -> None:
    """Bring a business's templates to what its pack says; what Meta says of them stays."""
    await conn.execute(INSTALL, {"business_id": business, "rows": json_rows(templates)})


async def of_business(conn: Conn, business: UUID) -> list[TemplateRow]:
    return await fetch(conn, TemplateRow, LIST, {"business_id": business})


async def business_of(conn: Conn, channel: UUID) -> BusinessId | None:
    rows = await fetch(conn, Id, BUSINESS_OF, {"id": channel})
    return rows[0].id if rows else None


async def pause(conn: Conn, effects: Sequence[PauseTemplate]) -> None:
    await conn.execute(PAUSE, {"rows": json_rows(effects)})
