"""One incoming message of any type, as our content.

A kind that we know but whose inside cannot be read is kept as unsupported, so that people see that
something came. Source: WhatsApp Cloud API, messages webhook.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from serai.core.content import (
    Audio,
    Context,
    Document,
    File,
    Image,
    ProductRef,
    Referral,
    Sticker,
    Text,
    Unsupported,
    Video,
    WelcomeRequest,
)
from serai.core.ids import MetaId
from serai.core.message import Content
from serai.meta.item import UNREADABLE
from serai.meta.whatsapp.shared import choice, contacts, interactive, location, order
from serai.meta.whatsapp.statuses import Failure


class Product(Struct, frozen=True):
    catalog_id: str = ""
    product_retailer_id: str = ""


class RawContext(Struct, frozen=True):
    id: str | None = None
    forwarded: bool = False
    frequently_forwarded: bool = False
    referred_product: Product | None = None


class Incoming(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """What all types have; `payload` is the member named after the type."""

    id: str
    timestamp: str | int
    type: str = "unknown"
    from_: str | None = None
    from_user_id: str | None = None
    group_id: str | None = None
    context: msgspec.Raw = msgspec.Raw()
    referral: msgspec.Raw = msgspec.Raw()
    errors: tuple[Failure, ...] = ()
    payload: bytes | None = None

    def member_id(self, name: str) -> MetaId:
        """Raises what is UNREADABLE when the payload names no message."""
        return MetaId(str(OBJECT.decode(self.payload or b"")[name]))

    def reaction_emoji(self) -> str | None:
        """None when the reaction was taken back: no emoji, or an empty one."""
        return OBJECT.decode(self.payload or b"").get("emoji") or None


class RawFile(Struct, frozen=True):
    id: str
    mime_type: str | None = None
    sha256: str | None = None
    url: str | None = None
    caption: str | None = None
    filename: str | None = None
    voice: bool = False
    animated: bool = False


class Body(Struct, frozen=True):
    body: str


class Tapped(Struct, frozen=True):
    text: str = ""
    payload: str | None = None


class Edited(Struct, frozen=True):
    original_message_id: str
    message: msgspec.Raw


class Foreign(Struct, frozen=True):
    type: str | None = None


MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
OBJECT = msgspec.json.Decoder(dict[str, Any])
INCOMING = msgspec.json.Decoder(Incoming)
CONTEXT = msgspec.json.Decoder(RawContext)
REFERRAL = msgspec.json.Decoder(Referral)
EDITED = msgspec.json.Decoder(Edited)
FILE = msgspec.json.Decoder(RawFile)
FOREIGN = msgspec.json.Decoder(Foreign)


def incoming(raw: bytes) -> Incoming:
    """Raises what is UNREADABLE when it is no message at all."""
    message = INCOMING.decode(raw)
    payload = MEMBERS.decode(raw).get(message.type)
    return msgspec.structs.replace(message, payload=bytes(payload) if payload else None)


def content_of(message: Incoming) -> Content:
    """Never raises for what a message says, only for bugs of ours."""
    reader = READERS.get(message.type)
    try:
        if reader is not None and message.payload is not None:
            return reader(message.payload)
    except UNREADABLE:
        return Unsupported(original=message.type, reason="It could not be read.")
    if message.type == "request_welcome":
        return WelcomeRequest()
    return _unsupported(message)


def edited_of(message: Incoming) -> tuple[MetaId, Content]:
    """Which message was changed, and what it says now. Raises what is UNREADABLE."""
    edited = EDITED.decode(message.payload or b"")
    inner = {"id": message.id, "timestamp": message.timestamp, **OBJECT.decode(edited.message)}
    return MetaId(edited.original_message_id), content_of(incoming(msgspec.json.encode(inner)))


def context_of(message: Incoming) -> Context | None:
    """What the message refers to; what cannot be read is as good as not there."""
    raw = _lenient(CONTEXT, message.context) or RawContext()
    product = raw.referred_product
    context = Context(
        reply_to=raw.id,
        forwarded=raw.forwarded,
        frequently_forwarded=raw.frequently_forwarded,
        product=ProductRef(catalog_id=product.catalog_id, product_id=product.product_retailer_id)
        if product
        else None,
        group_id=message.group_id,
    )
    return None if context == Context() else context


def referral_of(message: Incoming) -> Referral | None:
    return _lenient(REFERRAL, message.referral)


def _lenient(decoder: msgspec.json.Decoder[Any], raw: bytes | msgspec.Raw | None) -> Any:
    try:
        return decoder.decode(raw) if raw else None
    except UNREADABLE:
        return None


def _unsupported(message: Incoming) -> Unsupported:
    """Meta may say what it was that it does not support."""
    foreign: Foreign = _lenient(FOREIGN, message.payload) or Foreign()
    original = foreign.type if message.type == "unsupported" and foreign.type else message.type
    reason = message.errors[0].words if message.errors else None
    return Unsupported(original=original[:60], reason=reason)


def _file(raw: RawFile) -> File:
    return File(
        meta_id=raw.id,
        mime_type=raw.mime_type,
        sha256=_hex(raw.sha256),
        url=raw.url,
        name=raw.filename,
    )


def _hex(digest: str | None) -> str | None:
    """A SHA-256 as lower-case hex. Source: media webhooks give base64, media reads give hex."""
    if digest is None or len(digest) == 64:
        return digest.lower() if digest else None
    try:
        return base64.b64decode(digest, validate=True).hex()
    except binascii.Error:
        return None


def _text(payload: bytes) -> Content:
    return Text(msgspec.json.decode(payload, type=Body).body)


def _image(payload: bytes) -> Content:
    raw = FILE.decode(payload)
    return Image(file=_file(raw), caption=raw.caption)


def _video(payload: bytes) -> Content:
    raw = FILE.decode(payload)
    return Video(file=_file(raw), caption=raw.caption)


def _audio(payload: bytes) -> Content:
    raw = FILE.decode(payload)
    return Audio(file=_file(raw), voice=raw.voice)


def _document(payload: bytes) -> Content:
    raw = FILE.decode(payload)
    return Document(file=_file(raw), caption=raw.caption)


def _sticker(payload: bytes) -> Content:
    raw = FILE.decode(payload)
    return Sticker(file=_file(raw), animated=raw.animated)


def _tapped(payload: bytes) -> Content:
    tapped = msgspec.json.decode(payload, type=Tapped)
    return choice("template_button", tapped.payload or tapped.text, tapped.text)


READERS: Mapping[str, Callable[[bytes], Content]] = {
    "text": _text,
    "image": _image,
    "video": _video,
    "audio": _audio,
    "document": _document,
    "sticker": _sticker,
    "location": location,
    "contacts": contacts,
    "order": order,
    "button": _tapped,
    "interactive": interactive,
}
