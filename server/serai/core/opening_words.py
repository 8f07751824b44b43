"""How a business says when it opens again."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from serai.core import hours as core_hours
from serai.core.hours import Hours

NEXT_OPENING = "{next_opening}"
VARIABLE = re.compile(r"\{(\w+)\}")


def away_text(text: str, hours: Hours, now: datetime) -> str:
    """What someone reads who writes at `now`, outside hours."""
    opening = core_hours.next_opening(hours, now)
    return text.replace(NEXT_OPENING, when(opening, hours.time_zone))


def when(opening: datetime | None, time_zone: str) -> str:
    """A moment as people of the business say it: Monday 23 November, 07:00."""
    if opening is None:
        return "soon"
    local = opening.astimezone(ZoneInfo(time_zone))
    return f"{local:%A} {local.day} {local:%B, %H:%M}"


def unknown_variable(text: str, *known: str) -> str | None:
    """The first {variable} that would reach people as it is written."""
    return next((each for each in VARIABLE.findall(text) if f"{{{each}}}" not in known), None)
