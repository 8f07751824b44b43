"""What a delivery and an item are bound to when they are sealed."""

import hashlib

from serai.kit.secrets import Vault


def sealed(vault: Vault, body: bytes) -> tuple[bytes, bytes]:
    """The digest of a body as it was received, and the body sealed."""
    digest = hashlib.sha256(body).digest()
    return digest, vault.ring.seal(body, delivery_context(digest))


def opened(vault: Vault, digest: bytes, body: bytes) -> bytes:
    """The body as it was received. Raises CannotOpen."""
    return vault.ring.open(body, delivery_context(digest))


def delivery_context(digest: bytes) -> bytes:
    """What a sealed delivery is bound to."""
    return b"delivery:" + digest


def item_context(delivery_id: int, position: int) -> bytes:
    """What an item's sealed event is bound to."""
    return f"item:{delivery_id}:{position}".encode()
