"""A rule and the set of them that a batch needs."""

from collections.abc import Mapping
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.core.keywords import Match


class Rule(Struct, frozen=True, kw_only=True):
    id: UUID
    key: str
    priority: int
    """The highest that matches answers, alone."""
    match: Match
    reply: str
    language: str | None = None
    """Of the contact, else of the business; None: any."""
    channel: str | None = None
    """Kind of channel it answers on; None: any."""
    hours: str = "any"
    """any, open or closed: when it answers."""


Rules: TypeAlias = Mapping[BusinessId, tuple[Rule, ...]]
"""Highest priority first."""
