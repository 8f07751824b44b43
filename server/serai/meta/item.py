"""What a reader of webhooks gives: items; and what all readers need."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeAlias

import msgspec
from msgspec import Struct

from serai.core.events import AnyEvent

UNREADABLE = (msgspec.DecodeError, ValueError, OverflowError, OSError)
"""What a field of the wrong kind or out of range raises; anything else is a bug of ours."""


class Item(Struct, frozen=True):
    """One thing in a delivery: an event, or why it cannot be read."""

    lane_key: str = ""
    """Items with the same key are handled in the order in which they came."""
    event: AnyEvent | None = None
    problem: str | None = None


class Source(Struct, frozen=True):
    """Where in a delivery a value stood."""

    account: str
    """Meta's id of what the entry is about: of a WhatsApp Business Account, a page …"""
    time: datetime
    """Of the entry; the epoch where Meta gives none, as for messages."""


Reader: TypeAlias = Callable[[msgspec.Raw, Source], Iterator[Item]]
"""Reads the value of one change. May raise what is UNREADABLE for the value as a whole."""

EPOCH = datetime.fromtimestamp(0, UTC)


def moment(timestamp: str | int) -> datetime:
    """Seconds since 1970, as Meta writes them: a string or a number. Raises what is UNREADABLE."""
    return datetime.fromtimestamp(int(timestamp), UTC)


def brief(error: Exception) -> str:
    """Why it cannot be read, without what it said."""
    return f"{type(error).__name__}: {str(error).split(' - at ')[-1][:120]}"
