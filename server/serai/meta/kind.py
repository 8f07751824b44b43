"""What a kind of channel is to the rest of the house: one value, made in the kind's own folder."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec import Struct

from serai.core.ids import MessageId, MetaId, Who
from serai.core.message import Content
from serai.core.rules import Rules
from serai.meta.item import Item
from serai.meta.request import Call, Request


class Problem(Struct, frozen=True):
    """Why Meta would not take a content."""

    field: str
    """Where, below the content: `buttons[3].title`."""
    message: str
    """For people."""


class Outgoing(Struct, frozen=True, kw_only=True):
    """A message at the door."""

    message_id: MessageId
    content: Content
    who: Who
    reply_to: MetaId | None = None
    uses_marketing_route: bool = False
    is_late: bool = False
    """It goes after the window, because a person of ours wrote it."""


class Signal(Struct, frozen=True, kw_only=True):
    """What a person's phone is told: that we have read, and perhaps that someone writes."""

    message: MetaId
    who: Who
    types: bool


class Ids(NamedTuple):
    """Names of Meta's ids of one channel, such as `page_id`."""

    own: str
    account: str | None = None
    """Of what the channel belongs to; None: it stands alone."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Everything that the door, the path and the sender have to know of a kind of channel."""

    key: str
    """As rows and the API name it."""
    name: str
    """As people know it."""
    webhook_object: str
    """By what a delivery is told from those of other kinds. Source: Graph API, "Webhooks"."""
    read_entry: Callable[[bytes], Iterator[Item]]
    contents: frozenset[type[Struct]]
    """What can be sent at all."""
    check: Callable[[Content], Sequence[Problem]]
    """What Meta would refuse; empty if nothing is known against it."""
    request: Callable[[Outgoing], Request]
    signal: Callable[[Signal], Call] | None = None
    """None: the kind knows no such thing."""
    rules: Rules = field(default_factory=Rules)
    ids: Ids
    """How Meta names the ids of a channel of this kind, and so the API."""
    identity: str
    """The type of Meta's own id of a person, as `contact_identities` names it."""
    knows_phones: bool = False
    """Whether a person may also be known, and written to, by their phone number."""
    scopes: tuple[str, ...] = ()
    """Permissions without which a token is of no use. Source: Graph API, "Permissions"."""
