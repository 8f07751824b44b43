"""What the engine must be told about the features; app/wiring.py tells it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar
from uuid import UUID

from serai.core.effects import Effect
from serai.core.events import Event
from serai.core.ids import BusinessId, ChannelId, ContactId, MessageId, Who
from serai.core.state import State
from serai.kit.db import Conn
from serai.kit.secrets import Vault
from serai.meta.kind import Kind

Known = TypeVar("Known")


@dataclass(frozen=True)
class Met:
    """Whom a batch of events is about."""

    states: dict[str, State]
    """By subject: a person on a channel, or one message of ours."""
    subjects: dict[str, str]
    """The subject of each event, by the event's key; events about nobody of ours are left out."""


@dataclass(frozen=True)
class Address:
    """Where a message goes, and what lets it through."""

    who: Who
    token: str
    kind: Kind
    """Who writes the request."""
    uses_marketing_route: bool = False
    """The number's terms for Meta's marketing route are accepted."""


Meet: TypeAlias = Callable[[Conn, Vault, Sequence[Event], datetime], Awaitable[Met]]
Look: TypeAlias = Callable[
    [Conn, Sequence[tuple[ChannelId, ContactId]], datetime],
    Awaitable[dict[tuple[ChannelId, ContactId], State]],
]
FindAddress: TypeAlias = Callable[
    [Conn, Vault, Sequence[tuple[MessageId, ChannelId, ContactId]]],
    Awaitable[dict[MessageId, Address]],
]
FindFiles: TypeAlias = Callable[
    [Conn, Sequence[MessageId]], Awaitable[Mapping[MessageId, Mapping[UUID, str]]]
]
"""Meta's ids of the files of messages, by ours."""
Writer: TypeAlias = Callable[[Conn, Sequence[Any]], Awaitable[None]]


@dataclass(frozen=True)
class Decider(Generic[Known]):
    """One feature's say: what it must know about the businesses at hand, and what it decides."""

    load: Callable[[Conn, Sequence[BusinessId]], Awaitable[Known]]
    decide: Callable[[State, Known, Event], Iterable[Effect]]
    hears: type[Event] = Event
    """The only kind of event that it decides about; nothing is loaded for others."""


@dataclass(frozen=True)
class Wiring:
    vault: Vault
    meet: Meet
    """Finds or makes each contact, and keeps other workers from deciding about it meanwhile."""
    look: Look
    """The same knowledge, without keeping anyone out: for asking policy again at the door."""
    find_addresses: FindAddress
    find_files: FindFiles
    deciders: Sequence[Decider[Any]]
    """In this order; each sees what the ones before it decided."""
    writers: Mapping[type[Effect], Writer]
    """One per kind of effect, run in this order."""


async def nothing(_: Conn, __: Sequence[BusinessId]) -> None:
    """For a decider that needs to know no more than the state."""
