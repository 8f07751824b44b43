"""What one message of a stream holds: deliveries of the same moment, each sealed by itself.

A server that syncs every message to disk writes some hundred a second, however small; so those
that came together share a message, as they share a commit in PostgreSQL.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

MOST_BYTES = 512 * 1024
"""Of the bodies in one message, unless one alone is larger; ours."""


class Packed(Struct, frozen=True, array_like=True):
    app_id: UUID
    received_at: datetime
    digest: bytes
    body: bytes
    """Sealed."""


ENCODER = msgspec.msgpack.Encoder()
DECODER = msgspec.msgpack.Decoder(list[Packed])


class Foreign(Exception):
    """No door of ours wrote this message."""


def packs(deliveries: Sequence[Packed]) -> Iterator[Sequence[Packed]]:
    """Deliveries in their order, cut where a message would become too large."""
    begin, size = 0, 0
    for position, delivery in enumerate(deliveries):
        if position > begin and size + len(delivery.body) > MOST_BYTES:
            yield deliveries[begin:position]
            begin, size = position, 0
        size += len(delivery.body)
    if deliveries:
        yield deliveries[begin:]


def written(pack: Sequence[Packed]) -> tuple[bytes, str]:
    """A message, and its id: the digest of its only delivery, or one of all their digests."""
    if len(pack) == 1:
        return ENCODER.encode(pack), pack[0].digest.hex()
    together = b"".join(delivery.digest for delivery in pack)
    return ENCODER.encode(pack), hashlib.sha256(together).hexdigest()


def read(message: bytes) -> list[Packed]:
    """The deliveries of a message. Raises Foreign."""
    try:
        return DECODER.decode(message)
    except (msgspec.DecodeError, ValueError) as error:
        raise Foreign("It is not written as a door writes.") from error
