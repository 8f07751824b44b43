"""Identifiers. Ours are UUIDs, derived from what caused the row; Meta's are opaque strings."""

import hashlib
from datetime import datetime
from typing import NewType
from uuid import UUID

from msgspec import Struct

BusinessId = NewType("BusinessId", UUID)
ChannelId = NewType("ChannelId", UUID)
ContactId = NewType("ContactId", UUID)
ConversationId = NewType("ConversationId", UUID)
MessageId = NewType("MessageId", UUID)
MetaId = NewType("MetaId", str)


def derived(*parts: object) -> UUID:
    """A UUID that the same parts always give, so that replaying an event makes the same rows."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).digest()
    return UUID(bytes=digest, version=5)


def dated(at: datetime, *parts: object) -> UUID:
    """As `derived`, for rows of which there are millions: those of one time lie beside each other.

    An index of random ids is written all over: with ten million messages each new one touched, and
    logged, several pages that no other did. Its first 48 bits are the moment in milliseconds since
    1970. Source: RFC 9562, 5.8 (version 8).
    """
    moment = max(0, int(at.timestamp() * 1000)) << 80
    rest = derived(*parts).int & ((1 << 80) - 1) & ~(0xF << 76)
    return UUID(int=moment | 8 << 76 | rest)


class Person(Struct, frozen=True, kw_only=True):
    """Someone as a channel names them; at least one of `phone` and `user_id` is there."""

    phone: str | None = None
    """Digits with country code, no plus sign (Meta's `wa_id`); absent when they hide it."""
    user_id: str | None = None
    """WhatsApp's business-scoped id, such as US.2048. Source: WhatsApp Cloud API, BSUID (2026)."""
    username: str | None = None
    name: str | None = None

    @property
    def lane_key(self) -> str:
        """What keeps one person's events in order: the id that Meta always gives."""
        return self.user_id or self.phone or ""


class Who(Struct, frozen=True):
    """A person as one of our channels knows them: where a message comes from or goes to."""

    channel: MetaId
    """Meta's id of the receiving number."""
    person: Person
