"""What a message can carry, whichever channel carries it.

Each kind has a tag that is its name in the database and in the API. Kinds that only a business can
send are in `core.interactive`.
"""

from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from msgspec import Struct


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A piece of content; what is not said is left out."""


class File(Part, frozen=True, kw_only=True):
    """A file that a message refers to; its bytes are kept apart from the message."""

    id: UUID | None = None
    """Ours."""
    meta_id: str | None = None
    """Meta's media id: lives 7 days for what people send, 30 for what we upload."""
    link: str | None = None
    """A public address from which Meta fetches it."""
    url: str | None = None
    """Meta's own address; lives 5 minutes and needs the channel's token."""
    mime_type: str | None = None
    sha256: str | None = None
    """Lower-case hex."""
    name: str | None = None


class Text(Struct, frozen=True, tag="text", omit_defaults=True):
    body: str
    preview_url: bool = False
    """Whether the first link is shown with a preview."""


class Image(Part, frozen=True, kw_only=True, tag="image"):
    file: File
    caption: str | None = None


class Video(Part, frozen=True, kw_only=True, tag="video"):
    file: File
    caption: str | None = None


class Audio(Part, frozen=True, kw_only=True, tag="audio"):
    file: File
    voice: bool = False
    """A voice note rather than a piece of music."""


class Document(Part, frozen=True, kw_only=True, tag="document"):
    file: File
    caption: str | None = None


class Sticker(Part, frozen=True, kw_only=True, tag="sticker"):
    file: File
    animated: bool = False


Media: TypeAlias = Image | Video | Audio | Document | Sticker


class Location(Part, frozen=True, kw_only=True, tag="location"):
    latitude: float
    """Degrees, north is positive."""
    longitude: float
    name: str | None = None
    address: str | None = None
    url: str | None = None


class Phone(Part, frozen=True, kw_only=True):
    phone: str
    type: str | None = None
    wa_id: str | None = None


class Labelled(Part, frozen=True, kw_only=True):
    """An e-mail address or web address on a card."""

    value: str
    type: str | None = None


class PostalAddress(Part, frozen=True, kw_only=True):
    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    country_code: str | None = None
    type: str | None = None


class Card(Part, frozen=True, kw_only=True):
    """Someone's contact card."""

    name: str
    first_name: str | None = None
    last_name: str | None = None
    phones: tuple[Phone, ...] = ()
    emails: tuple[Labelled, ...] = ()
    urls: tuple[Labelled, ...] = ()
    addresses: tuple[PostalAddress, ...] = ()
    company: str | None = None
    department: str | None = None
    title: str | None = None
    birthday: str | None = None
    """YYYY-MM-DD."""


class Contacts(Part, frozen=True, kw_only=True, tag="contacts"):
    cards: tuple[Card, ...]
    shared_own: bool = False
    """They shared their own number because we asked for it."""


class Reaction(Part, frozen=True, kw_only=True, tag="reaction"):
    target: str
    """Meta's id of the message reacted to."""
    emoji: str | None = None
    """None takes an earlier reaction back."""


class Choice(Part, frozen=True, kw_only=True, tag="choice"):
    """They tapped a button or a row of a list."""

    kind: str
    """button, list or template_button."""
    id: str
    title: str
    description: str | None = None


class FlowReply(Part, frozen=True, kw_only=True, tag="flow_reply"):
    """They filled in a form: a Flow, or an address."""

    name: str
    """flow or address_message."""
    body: str = ""
    flow_token: str | None = None
    values: dict[str, Any] = {}


class CallPermissionReply(Part, frozen=True, kw_only=True, tag="call_permission_reply"):
    granted: bool
    permanent: bool = False
    expires_at: int | None = None
    """Seconds since 1970."""


class OrderItem(Part, frozen=True, kw_only=True):
    product_id: str
    """The shop's own id of the product."""
    quantity: int
    price: Decimal
    """Of one piece."""
    currency: str


class Order(Part, frozen=True, kw_only=True, tag="order"):
    catalog_id: str
    items: tuple[OrderItem, ...]
    text: str | None = None
    total: Decimal | None = None
    """Of all items, in their currency; None when they are in several."""


class Call(Part, frozen=True, kw_only=True, tag="call"):
    """A voice call; only that it was, never what was said."""

    direction: str
    """in or out."""
    status: str
    """ringing, accepted, rejected, completed or missed."""
    duration_seconds: int | None = None


class SystemNote(Part, frozen=True, kw_only=True, tag="system"):
    """WhatsApp's own words about the person, such as a new number."""

    kind: str
    body: str = ""


class WelcomeRequest(Part, frozen=True, kw_only=True, tag="welcome_request"):
    """They opened the chat for the first time and have not written yet."""


class Unsupported(Part, frozen=True, kw_only=True, tag="unsupported"):
    """Something a person sent that cannot be shown; kept as such."""

    original: str
    """Meta's name for it."""
    reason: str | None = None
    """Meta's words, if there are any."""


class ProductRef(Part, frozen=True, kw_only=True):
    catalog_id: str
    product_id: str


class Context(Part, frozen=True, kw_only=True):
    """What a message refers to."""

    reply_to: str | None = None
    """Meta's id of the message quoted."""
    forwarded: bool = False
    frequently_forwarded: bool = False
    """More than five times."""
    product: ProductRef | None = None
    """They asked about this product."""
    group_id: str | None = None


class Referral(Part, frozen=True, kw_only=True):
    """The advert or post that led someone to write. Every member may be missing.

    Source: WhatsApp Cloud API, messages webhook, `referral`.
    """

    source_type: str | None = None
    """ad or post."""
    source_id: str | None = None
    source_url: str | None = None
    headline: str | None = None
    body: str | None = None
    media_type: str | None = None
    image_url: str | None = None
    video_url: str | None = None
    thumbnail_url: str | None = None
    ctwa_clid: str | None = None
    """Click id that ties a later sale to the advert."""
    ref: str | None = None


Received: TypeAlias = (
    Text
    | Image
    | Video
    | Audio
    | Document
    | Sticker
    | Location
    | Contacts
    | Reaction
    | Choice
    | FlowReply
    | CallPermissionReply
    | Order
    | Call
    | SystemNote
    | WelcomeRequest
    | Unsupported
)
"""What can come in, or be seen in the chat."""
