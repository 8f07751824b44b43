"""How a number is, in one word."""

from typing import Literal, TypeAlias

Status: TypeAlias = Literal["connected", "limited", "paused", "reconnect", "disconnected"]

NEEDS_A_PERSON = frozenset({"token", "left"})
"""Causes of a pause that only connecting again, at Meta or here, ends."""


def status_of(
    state: str, paused_by: str | None, *, has_restrictions: bool, has_critical: bool
) -> Status:
    """connected; limited: some messages go; paused: none go; reconnect: a new token is needed."""
    if state == "disconnected":
        return "disconnected"
    if state == "paused":
        return "reconnect" if paused_by in NEEDS_A_PERSON else "paused"
    return "limited" if has_restrictions or has_critical else "connected"
