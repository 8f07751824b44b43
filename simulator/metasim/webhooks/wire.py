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
    """One message, status or other piece of news on its way to one app."""

    waba: str
    number: str
    person: str
    """Phone digits."""
    kind: str
    """The member of `value` that holds it: messages, statuses, calls and so on."""
    metadata: bytes
    contact: bytes
    """One contact as JSON; empty when the value has none."""
    body: bytes
    """The message or status as JSON."""
    message_id: str
    status: str | None = None
    """Of a status: sent, delivered, read, played or failed."""
    field: str = "messages"
    """The webhook field. Source: 4.9 "Subscribable fields"."""
    value: bytes = b""
    """The whole `value` as JSON, for fields that are not built from the members above."""
    time: int | None = None
    """`entry[].time`; None leaves it out, as the `messages` family does. Source: 4.4."""

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
    entries: dict[tuple[str, int | None], list[list[Update]]] = {}
    for update in updates:
        changes = entries.setdefault((update.waba, update.time), [])
        if changes and _together(changes[-1][-1], update):
            changes[-1].append(update)
        else:
            changes.append([update])
    return b'{"object":"whatsapp_business_account","entry":[%b]}' % b",".join(
        b'{"id":"%b"%b,"changes":[%b]}'
        % (waba.encode(), _time(time), b",".join(map(_change, changes)))
        for (waba, time), changes in entries.items()
    )


def _time(time: int | None) -> bytes:
    return b"" if time is None else b',"time":%d' % time


def _together(last: Update, update: Update) -> bool:
    if last.value or update.value:
        return False
    return (last.number, last.kind, last.field) == (update.number, update.kind, update.field)


def _change(updates: list[Update]) -> bytes:
    return b'{"value":%b,"field":"%b"}' % (
        updates[0].value or _value(updates),
        updates[0].field.encode(),
    )


def _value(updates: list[Update]) -> bytes:
    contacts = dict.fromkeys(update.contact for update in updates if update.contact)
    return b'{"messaging_product":"whatsapp","metadata":%b%b,"%b":[%b]}' % (
        updates[0].metadata,
        b',"contacts":[%b]' % b",".join(contacts) if contacts else b"",
        updates[0].kind.encode(),
        b",".join(update.body for update in updates),
    )
