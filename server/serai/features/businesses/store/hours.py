"""When a business is open: its week, and the days that differ."""

from collections.abc import Sequence

from serai.core.hours import HoursException, Interval
from serai.core.ids import BusinessId
from serai.kit.db import Conn, json_rows

CLEAR_HOURS = """
    DELETE FROM business_hours WHERE business_id = %(business_id)s
"""
CLEAR_EXCEPTIONS = """
    DELETE FROM hours_exceptions WHERE business_id = %(business_id)s
"""
ADD_HOURS = """
    INSERT INTO business_hours (business_id, weekday, opens, closes)
    SELECT %(business_id)s, weekday, opens, closes
      FROM jsonb_to_recordset(%(rows)s) AS rows (weekday smallint, opens text, closes text)
"""
ADD_EXCEPTIONS = """
    INSERT INTO hours_exceptions (business_id, position, "on", name, opens, closes)
    SELECT %(business_id)s, row_number() OVER (ORDER BY "on", opens), "on", name, opens, closes
      FROM jsonb_to_recordset(%(rows)s) AS rows ("on" date, name text, opens text, closes text)
"""


async def replace(
    conn: Conn,
    business: BusinessId,
    weekly: Sequence[Interval],
    exceptions: Sequence[HoursException],
) -> None:
    """Replace the business's hours and exceptions."""
    await conn.execute(CLEAR_HOURS, {"business_id": business})
    await conn.execute(CLEAR_EXCEPTIONS, {"business_id": business})
    await conn.execute(ADD_HOURS, {"business_id": business, "rows": json_rows(weekly)})
    await conn.execute(ADD_EXCEPTIONS, {"business_id": business, "rows": json_rows(exceptions)})
