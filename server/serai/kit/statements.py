"""What a statement is called: the constant that holds it, and the room that it lies in."""

import sys
from typing import NamedTuple

MOST_REMEMBERED = 5000
"""Texts; those that are put together at run time are told apart by nobody and need no memory."""


class Named(NamedTuple):
    room: str
    """Such as `engine` or `features.inbox`."""
    name: str
    """Such as `engine.claim.PICK`."""


NOBODY_S = Named("other", "other")
_known: dict[object, Named] = {}
_looked_at = 0


def named(statement: object) -> Named:
    """Of a text that is a constant of ours; `other` for every other."""
    found = _known.get(statement)
    if found is None:
        _look()
        found = _known.get(statement, NOBODY_S)
        if len(_known) < MOST_REMEMBERED:
            _known[statement] = found
    return found


def _look() -> None:
    """Read the constants of all modules, if there are more than when we last did."""
    global _looked_at  # noqa: PLW0603 — one index a process, like the modules that it is of
    if len(sys.modules) == _looked_at:
        return
    _looked_at = len(sys.modules)
    for module, loaded in list(sys.modules.items()):
        if module.startswith("serai."):
            for name, value in vars(loaded).items():
                if name.isupper() and isinstance(value, str) and value.startswith("\n    "):
                    _known[value] = Named(_room(module), f"{module.removeprefix('serai.')}.{name}")


def _room(module: str) -> str:
    floors = module.split(".")[1:]
    return ".".join(floors[:2]) if floors[0] == "features" else floors[0]
