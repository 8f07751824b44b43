"""Look behind a number, and set what people do on Meta's own pages."""

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec

from metasim.control.call import Wrong, given, number_of
from metasim.desk import NumberDesk
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim

Setter: TypeAlias = Callable[[NumberDesk, Any, float], None]


def show(sim: Sim, _request: Request, key: str) -> Json:
    """The number with all that Meta keeps: PIN, code that was sent, block list, profile."""
    number = number_of(sim, key)
    kept: Json = msgspec.to_builtins(sim.desk.number(key))
    return {**msgspec.to_builtins(number), "desk": kept}


def change(sim: Sim, request: Request, key: str) -> Json:
    """`verified`, `on_biz_app`, `official`, `name_status`, `pin`, `maintenance_seconds`."""
    number_of(sim, key)
    wish = given(request)
    unknown = next((name for name in wish if name not in SETTERS), None)
    if unknown is not None or not wish:
        raise Wrong(f"Give some of {', '.join(SETTERS)}.")
    desk = sim.desk.number(key)
    for name, value in wish.items():
        SETTERS[name](desk, value, sim.clock.now())
    return show(sim, request, key)


def _text_of(name: str, *choices: str) -> Setter:
    def put(desk: NumberDesk, value: object, _now: float) -> None:
        if value not in choices:
            raise Wrong(f"{name} is one of {', '.join(choices)}.")
        setattr(desk, name, value)

    return put


def _switch(name: str) -> Setter:
    def put(desk: NumberDesk, value: object, _now: float) -> None:
        if not isinstance(value, bool):
            raise Wrong(f"{name} is true or false.")
        setattr(desk, name, value)

    return put


def _on_biz_app(desk: NumberDesk, value: object, now: float) -> None:
    """Onboarded this moment: the 24 hours for the sync begin."""
    _switch("on_biz_app")(desk, value, now)
    desk.onboarded_at, desk.syncs = now, []


def _pin(desk: NumberDesk, value: object, _now: float) -> None:
    if value is not None and not (isinstance(value, str) and value.isdecimal()):
        raise Wrong("pin is text of digits, or null.")
    desk.pin = value


def _maintenance(desk: NumberDesk, value: object, now: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise Wrong("maintenance_seconds is a number.")
    desk.maintenance_until = now + value


SETTERS: dict[str, Setter] = {
    "verified": _switch("verified"),
    "on_biz_app": _on_biz_app,
    "official": _text_of("official", "NOT_STARTED", "PENDING", "APPROVED", "REJECTED"),
    "name_status": _text_of(
        "name_status", "APPROVED", "AVAILABLE_WITHOUT_REVIEW", "DECLINED", "PENDING_REVIEW"
    ),
    "pin": _pin,
    "maintenance_seconds": _maintenance,
}
