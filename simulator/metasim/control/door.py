"""The door of the control API: which function answers which path."""

import inspect
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from metasim.control import (
    acts,
    clock,
    events,
    faults,
    flows,
    journal,
    media,
    numbers,
    people,
    questions,
    templates,
    tokens,
    usage,
    webhooks,
    world,
)
from metasim.control.call import Wrong
from metasim.graph.request import Answer, Request, json_answer
from metasim.register import Unfit
from metasim.sim import Sim

ROUTES: dict[tuple[str, str], Callable[..., Any]] = {
    ("GET", "health"): world.health,
    ("POST", "reset"): world.reset,
    ("GET", "world"): world.show,
    ("PUT", "world"): world.merge,
    ("POST", "apps/*/subscribe"): world.subscribe,
    ("GET", "clock"): clock.show,
    ("POST", "clock"): clock.change,
    ("GET", "people"): people.listed,
    ("POST", "people"): people.upsert,
    ("PATCH", "people/*"): people.change,
    ("POST", "people/*/messages"): people.write,
    ("POST", "people/*/read"): people.read,
    ("POST", "people/*/tap"): acts.tap,
    ("POST", "people/*/preferences"): acts.prefer,
    ("POST", "people/*/block"): acts.block,
    ("POST", "people/*/call"): acts.call,
    ("POST", "people/*/echo"): acts.echo,
    ("POST", "people/*/play"): acts.play,
    ("POST", "people/*/phone"): acts.phone,
    ("POST", "people/*/handover"): acts.hand_over,
    ("POST", "people/*/standby"): acts.overhear,
    ("POST", "numbers/*/history"): acts.history,
    ("POST", "numbers/*/sync"): acts.sync,
    ("POST", "numbers/*/groups"): acts.group,
    ("POST", "numbers/*/errors"): acts.trouble,
    ("POST", "templates/*/pacing"): acts.pace,
    ("GET", "people/*/chats"): people.chats,
    ("GET", "people/*/chats/*"): people.chat,
    ("GET", "media/*"): media.show,
    ("GET", "flows/*"): questions.listed,
    ("POST", "faults"): faults.add,
    ("GET", "faults"): faults.listed,
    ("DELETE", "faults"): faults.clear,
    ("DELETE", "faults/*"): faults.drop,
    ("GET", "sends"): journal.sends,
    ("GET", "calls"): journal.calls,
    ("GET", "deliveries"): journal.deliveries,
    ("GET", "counters"): journal.counters,
    ("POST", "webhooks"): webhooks.post,
    ("POST", "templates/*/*"): templates.step,
    ("POST", "tokens"): tokens.make,
    ("POST", "tokens/*/revoke"): tokens.revoke,
    ("POST", "people/*/flow"): flows.step,
    ("PUT", "usage"): usage.put,
    ("POST", "cursors/expire"): templates.expire_cursors,
    ("POST", "events"): events.happen,
    ("GET", "numbers/*"): numbers.show,
    ("PATCH", "numbers/*"): numbers.change,
}
"""A star stands for one part of the path, handed on as an argument."""


async def answer(sim: Sim, request: Request) -> Answer:
    """Answer one control call; what cannot be done is a 4xx with `error.message`."""
    try:
        route, names = _route(request)
        result = route(sim, request, *names)
        if inspect.isawaitable(result):
            result = await result
        sim.changes += request.method != "GET"
        return result if isinstance(result, Answer) else json_answer(result)
    except Wrong as wrong:
        return json_answer({"error": {"message": wrong.message}}, wrong.status)
    except Unfit as unfit:
        return json_answer({"error": {"message": str(unfit)}}, 400)


def _route(request: Request) -> tuple[Callable[..., Any], list[str]]:
    parts = request.path.removeprefix("/_sim/").strip("/").split("/")
    known = False
    for (method, pattern), route in ROUTES.items():
        names = _match(pattern.split("/"), parts)
        if names is None:
            continue
        if method == request.method:
            return route, names
        known = True
    if known:
        raise Wrong(f"{request.path} does not take {request.method}.", 405)
    raise Wrong(f"There is no {request.path}.", 404)


def _match(pattern: list[str], parts: list[str]) -> list[str] | None:
    if len(pattern) != len(parts):
        return None
    pairs = list(zip(pattern, parts, strict=True))
    if any(want not in ("*", part) for want, part in pairs):
        return None
    return [unquote(part) for want, part in pairs if want == "*"]
