"""Book a table: the screens of a sample Flow, answered from the business's opening hours.

Pure. What the person confirms comes back as a message in the conversation, where the team sees it;
nothing is promised before a person of the team says so.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from serai.core import hours
from serai.core.hours import Hours
from serai.meta.flows import FlowRequest

KEY = "booking"
DAYS_AHEAD = 14
SLOT = timedelta(minutes=30)
LAST_SEATING = timedelta(minutes=60)
"""Before closing; ours."""
MOST_GUESTS = 12
MOST_TIMES = 200
"""Source: WhatsApp Flows, Dropdown: at most 200 options."""


def answer(request: FlowRequest, business: Hours, now: datetime) -> dict[str, Any]:
    """What the phone shows next. Never raises for what a person enters."""
    match request.action:
        case "INIT" | "BACK":
            return _table(business, now)
        case _ if request.screen == "DETAILS":
            return _confirmed(request)
        case _:
            return _chosen(request, business, now)


def dates(business: Hours, now: datetime) -> list[date]:
    """The days of the next two weeks on which a table can still be had."""
    today = now.astimezone(ZoneInfo(business.time_zone)).date()
    days = [today + timedelta(days=offset) for offset in range(DAYS_AHEAD)]
    return [day for day in days if times(business, day, now)]


def times(business: Hours, day: date, now: datetime) -> list[time]:
    """When a table can be had on that day, by the business's wall clock."""
    zone = ZoneInfo(business.time_zone)
    first = datetime.combine(day, time(), zone)
    moments = [first + n * SLOT for n in range(int(timedelta(days=1) / SLOT))]
    return [
        moment.time()
        for moment in moments
        if moment > now
        and hours.is_open(business, moment)
        and hours.is_open(business, moment + LAST_SEATING)
    ]


def _table(
    business: Hours, now: datetime, day: date | None = None, error: str | None = None
) -> dict[str, Any]:
    open_days = dates(business, now)
    day = day if day in open_days else None
    slots = times(business, day, now) if day else []
    data: dict[str, Any] = {
        "dates": [{"id": each.isoformat(), "title": _said(each)} for each in open_days],
        "times": [{"id": f"{each:%H:%M}", "title": f"{each:%H:%M}"} for each in slots][:MOST_TIMES],
        "has_times": bool(slots),
        "guests": [{"id": str(n), "title": str(n)} for n in range(1, MOST_GUESTS + 1)],
    }
    if error:
        data["error_message"] = error
    return {"screen": "TABLE", "data": data}


def _chosen(request: FlowRequest, business: Hours, now: datetime) -> dict[str, Any]:
    """A day was picked: show its times. Day, time and guests were: ask for the name."""
    day = _day(request.data.get("date"))
    if day is None or request.data.get("time") is None:
        return _table(business, now, day)
    if str(request.data["time"]) not in {f"{each:%H:%M}" for each in times(business, day, now)}:
        return _table(business, now, day, "That time is gone. Please choose another one.")
    guests = str(request.data.get("guests", "2"))
    summary = f"{_said(day)}, {request.data['time']}, {guests} guests"
    chosen = {"date": day.isoformat(), "time": str(request.data["time"]), "guests": guests}
    return {"screen": "DETAILS", "data": {"summary": summary, **chosen}}


def _confirmed(request: FlowRequest) -> dict[str, Any]:
    names = ("date", "time", "guests", "name", "notes")
    entered = {name: str(request.data[name]) for name in names if request.data.get(name)}
    params = {"flow_token": request.flow_token, **entered}
    return {"screen": "SUCCESS", "data": {"extension_message_response": {"params": params}}}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _said(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
