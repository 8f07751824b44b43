"""Bytes on the wire: Meta's escapes, the envelope, and the signature over it.

Source: WhatsApp Cloud API reference, 4.2 "Signature" and 4.4 "Envelope".
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

import msgspec

LARGEST_BODY = 3_000_000
"""Bytes of one POST. Source: 4.3 "Size"."""
MOST_UPDATES = 1000
"""Source: 4.3 "Batching"."""


class Update(msgspec.Struct):
    """One message or status on its way to one app."""

    waba: str
    number: str
    person: str
    """Phone digits."""
    kind: str
    """The member of `value` that holds it: messages or statuses."""
    metadata: bytes
    contact: bytes
    """One contact as JSON; empty when the value has none."""
    body: bytes
    """The message or status as JSON."""
    message_id: str
    status: str | None = None
    """Of a status: sent, delivered, read or failed."""

    @property
    def lane(self) -> tuple[str, str]:
        """Updates of one chat are not under way at the same time."""
        return (self.number, self.person)


def encoded(value: Any) -> bytes:
    r"""JSON with non-ASCII as lower-case \uXXXX and the slash as \/."""
    data = msgspec.json.encode(value)
    if not data.isascii():
        data = json.dumps(msgspec.json.decode(data), separators=(",", ":")).encode()
    return data.replace(b"/", b"\\/")


def signature(body: bytes, secret: str) -> str:
    """The value of `X-Hub-Signature-256` for these raw bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def envelope(updates: Sequence[Update]) -> bytes:
    """One POST body: an entry for each account, neighbours of one kind and number in one change.

    The `messages` family has no `entry[].time`. Source: 4.4.
    """
    entries: dict[str, list[list[Update]]] = {}
    for update in updates:
        changes = entries.setdefault(update.waba, [])
        if changes and _together(changes[-1][-1], update):
            changes[-1].append(update)
        else:
            changes.append([update])
    return b'{"object":"whatsapp_business_account","entry":[%b]}' % b",".join(
        b'{"id":"%b","changes":[%b]}' % (waba.encode(), b",".join(map(_change, changes)))
        for waba, changes in entries.items()
    )


def _together(last: Update, update: Update) -> bool:
    return last.number == update.number and last.kind == update.kind


def _change(updates: list[Update]) -> bytes:
    contacts = dict.fromkeys(update.contact for update in updates if update.contact)
    return (
        b'{"value":{"messaging_product":"whatsapp","metadata":%b%b,"%b":[%b]},"field":"messages"}'
        % (
            updates[0].metadata,
            b',"contacts":[%b]' % b",".join(contacts) if contacts else b"",
            updates[0].kind.encode(),
            b",".join(update.body for update in updates),
        )
    )
