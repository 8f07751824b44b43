"""Webhook deliveries: is it from Meta, and what does it say?"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from serai.meta.whatsapp import envelope
from serai.meta.whatsapp.item import Item, brief

SIGNATURE_LENGTH = len("sha256=") + 64


class Delivery(msgspec.Struct, frozen=True):
    object: str
    entry: tuple[msgspec.Raw, ...]


READERS = {
    "whatsapp_business_account": envelope.read_entry,
}

DELIVERY = msgspec.json.Decoder(Delivery)


class Unreadable(Exception):
    """The delivery as a whole is not what Meta sends; the message never quotes it."""


def is_signed(body: bytes, header: bytes, secret: bytes) -> bool:
    """Whether `header` (X-Hub-Signature-256) signs these very bytes; takes the same time if not.

    Source: Graph API, "Webhooks: validating payloads".
    """
    if len(header) != SIGNATURE_LENGTH:
        return False
    expected = b"sha256=" + hmac.digest(secret, body, hashlib.sha256).hex().encode()
    return hmac.compare_digest(expected, header)


def signer(body: bytes, header: bytes, secrets: Iterable[tuple[UUID, bytes]]) -> UUID | None:
    """Which app signed it, among (app, secret) pairs of which an app may have several."""
    return next((app for app, secret in secrets if is_signed(body, header, secret)), None)


def read(body: bytes) -> Iterator[Item]:
    """The items of one delivery, in Meta's order. Raises Unreadable."""
    try:
        delivery = DELIVERY.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(brief(error)) from error
    reader = READERS.get(delivery.object)
    if reader is None:
        raise Unreadable(f"object {delivery.object[:60]!r} is not handled yet")
    for entry in delivery.entry:
        yield from reader(bytes(entry))
