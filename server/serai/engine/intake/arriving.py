"""What a message of a stream becomes: deliveries that a door of ours sealed, or one set aside."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.engine.intake import pack
from serai.engine.intake.pack import Foreign, Packed
from serai.engine.intake.sealing import opened, sealed
from serai.kit.jetstream import Gone, Stored
from serai.kit.secrets import CannotOpen, Vault

NOBODY = UUID(int=0)
"""The app of what did not come through our door."""


class Row(Struct, frozen=True):
    """A delivery to be."""

    app_id: UUID
    received_at: datetime
    digest: bytes
    body: bytes
    problem: str | None = None


def rows_of(vault: Vault, stored: Stored) -> Iterator[Row]:
    """The deliveries of a message; one in quarantine if no door of ours wrote it.

    Raises Gone if its key is not on our ring: that is to be mended, not set aside.
    """
    try:
        deliveries = pack.read(stored.body)
        for delivery in deliveries:
            _ensure_ours(vault, delivery)
    except Foreign as error:
        digest, body = sealed(vault, stored.body)
        yield Row(NOBODY, stored.at, digest, body, f"came through the stream: {error}")
        return
    for each in deliveries:
        yield Row(each.app_id, each.received_at, each.digest, each.body)


def _ensure_ours(vault: Vault, delivery: Packed) -> None:
    """The seal says that one of our doors checked Meta's signature over it."""
    if not vault.ring.has_key_of(delivery.body):
        raise Gone("a key of SERAI_KEYS that the door seals with is missing here")
    try:
        opened(vault, delivery.digest, delivery.body)
    except CannotOpen as error:
        raise Foreign("It does not have our seal.") from error
