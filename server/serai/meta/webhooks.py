"""Webhook deliveries: is it from Meta, and what does it say?"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from serai.meta.capabilities import reading
from serai.meta.item import Item, brief

SIGNATURE_LENGTH = len("sha256=") + 64


class Delivery(msgspec.Struct, frozen=True):
    object: str
    entry: tuple[msgspec.Raw, ...]


PLACE = re.compile(rb'"phone_number_id"\s*:\s*"([^"]{1,64})"')
PERSON = re.compile(rb'"(?:from_user_id|recipient_user_id|user_id)"\s*:\s*"([^"]{1,80})"')
PHONE = re.compile(rb'"(?:from|recipient_id|wa_id)"\s*:\s*"([^"]{1,80})"')

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
    kind = reading(delivery.object)
    if kind is None:
        raise Unreadable(f"object {delivery.object[:60]!r} is not handled yet")
    for entry in delivery.entry:
        yield from kind.read_entry(bytes(entry))


def likely_conversation(body: bytes) -> bytes:
    """Whose delivery it seems to be, from a glance: where it came to and the first person in it.

    The same for all deliveries of one conversation that hold nobody else; no more than a hint to
    keep them together, so nothing is decided by it.
    """
    return b":".join(found[1] for found in (PLACE.search(body), _person(body)) if found)


def _person(body: bytes) -> re.Match[bytes] | None:
    return PERSON.search(body) or PHONE.search(body)
