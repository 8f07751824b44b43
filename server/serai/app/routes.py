"""Every route of the application and what it asks for; the guide and the tests read it here."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from fastapi import FastAPI, Request

from serai.app.audit import action_of


class Route(NamedTuple):
    method: str
    path: str
    name: str
    permissions: frozenset[str]
    """All of them are asked for; empty: open, or for whoever is signed in."""
    action: str
    """What the audit log calls it."""
    asks_who: bool
    """Whether it is only for those who are signed in or show a key."""
    is_listed: bool
    """Whether the API's description has it."""


def routes(app: FastAPI) -> list[Route]:
    """All, in the order in which they are tried."""
    return list(_within(app.routes))


def gates_of(route: Any) -> Iterator[Callable[[Request], None]]:
    """What a route itself asks of whoever calls it, without what all of its router's do."""
    return (each for each in _calls(route.dependant) if hasattr(each, "permission"))


def _within(entries: Any) -> Iterator[Route]:
    for entry in entries:
        if hasattr(entry, "effective_candidates"):
            yield from _within(entry.effective_candidates())
        elif getattr(entry, "dependant", None) is not None:
            yield from _route(entry)


def _route(entry: Any) -> Iterator[Route]:
    calls = list(_calls(entry.dependant))
    permissions = frozenset(str(each.permission) for each in calls if hasattr(each, "permission"))
    asks_who = any(getattr(each, "__name__", "") == "let_in" for each in calls)
    for method in sorted(entry.methods):
        yield Route(
            method=method,
            path=entry.path,
            name=entry.endpoint.__name__,
            permissions=permissions,
            action=action_of(entry),
            asks_who=asks_who,
            is_listed=entry.include_in_schema,
        )


def _calls(dependant: Any) -> Iterator[Any]:
    for each in dependant.dependencies:
        yield each.call
        yield from _calls(each)
