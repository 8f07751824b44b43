"""Interactive messages: header, body, footer, and an action that people can take.

Source: WhatsApp Cloud API reference, 2.5 "Interactive".
"""

from typing import Annotated, Literal, TypeAlias

import msgspec

from metasim.graph.types import actions, products, requests
from metasim.graph.types.carousel import Carousel
from metasim.graph.types.content import Attachment, Content, MediaKind
from metasim.graph.types.media import Source
from metasim.graph.types.shape import Filled, Shape, read, wrong
from metasim.shapes import Json, as_object

INVALID_VALUE = 131009
"""Source: 1.3, the example of a button title that is too long."""
MEDIA_HEADERS = ("image", "video", "document")


class Body1024(Shape, kw_only=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]


class Body4096(Shape, kw_only=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]


class Footer(Shape, kw_only=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class TextHeader(Shape, kw_only=True):
    type: Literal["text"]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    sub_text: Annotated[str, msgspec.Meta(max_length=60)] | None = None


class HeaderFile(Source, kw_only=True):
    filename: str | None = None


class Header(Shape, kw_only=True):
    """Text or one media file, named by `type`."""

    type: Literal["text", "image", "video", "document"]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=60)] | None = None
    sub_text: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    image: Source | None = None
    video: Source | None = None
    document: HeaderFile | None = None

    def __post_init__(self) -> None:
        given = [name for name in ("text", *MEDIA_HEADERS) if getattr(self, name) is not None]
        if given != [self.type]:
            raise ValueError(f"needs exactly the member {self.type!r} that its type names")


class Buttons(Shape, kw_only=True):
    type: Literal["button"]
    header: Header | None = None
    body: Body1024
    footer: Footer | None = None
    action: actions.ReplyButtons


class List(Shape, kw_only=True):
    type: Literal["list"]
    header: TextHeader | None = None
    body: Body4096
    footer: Footer | None = None
    action: actions.ListAction


class LinkButton(Shape, kw_only=True):
    type: Literal["cta_url"]
    header: Header | None = None
    body: Body1024
    footer: Footer | None = None
    action: actions.LinkAction


class AskLocation(Shape, kw_only=True):
    type: Literal["location_request_message"]
    body: Body1024
    action: requests.AskLocation


class AskAddress(Shape, kw_only=True):
    type: Literal["address_message"]
    header: TextHeader | None = None
    body: Body1024
    footer: Footer | None = None
    action: requests.AskAddress


class Flow(Shape, kw_only=True):
    type: Literal["flow"]
    header: Header | None = None
    body: Body1024
    footer: Footer | None = None
    action: requests.FlowAction


class Product(Shape, kw_only=True):
    type: Literal["product"]
    body: Body1024 | None = None
    footer: Footer | None = None
    action: products.ProductAction


class ProductList(Shape, kw_only=True):
    type: Literal["product_list"]
    header: TextHeader
    body: Body1024
    footer: Footer | None = None
    action: products.ProductListAction


class Catalog(Shape, kw_only=True):
    type: Literal["catalog_message"]
    body: Body1024
    footer: Footer | None = None
    action: products.CatalogAction


class CallPermission(Shape, kw_only=True):
    type: Literal["call_permission_request"]
    body: Body1024 | None = None
    action: requests.AskCallPermission


class VoiceCall(Shape, kw_only=True):
    type: Literal["voice_call"]
    body: Body1024
    action: requests.VoiceCallAction


class AskContact(Shape, kw_only=True):
    type: Literal["request_contact_info"]
    body: Body1024
    action: requests.AskContact


class Cards(Shape, kw_only=True):
    type: Literal["carousel"]
    body: Body1024
    action: Carousel


AnyInteractive: TypeAlias = (
    Buttons | List | LinkButton | AskLocation | AskAddress | Flow | Product | ProductList
    | Catalog | CallPermission | VoiceCall | AskContact | Cards
)  # fmt: skip
SHAPES: dict[str, type[AnyInteractive]] = {
    "button": Buttons, "list": List, "cta_url": LinkButton,
    "location_request_message": AskLocation, "address_message": AskAddress, "flow": Flow,
    "product": Product, "product_list": ProductList, "catalog_message": Catalog,
    "call_permission_request": CallPermission, "voice_call": VoiceCall,
    "request_contact_info": AskContact, "carousel": Cards,
}  # fmt: skip


class Named(msgspec.Struct):
    """Only what says which shape the rest has."""

    type: Filled


def content(given: object) -> Content:
    """An interactive message of any kind. Raises GraphError."""
    kind = read(Named, given, "interactive", INVALID_VALUE).type
    if kind not in SHAPES:
        raise wrong(
            f"Param interactive['type'] must be one of {{{', '.join(sorted(SHAPES))}}}.",
            INVALID_VALUE,
        )
    message = read(SHAPES[kind], given, "interactive", INVALID_VALUE)
    return _content(message, as_object(given) or {})


def _content(message: AnyInteractive, given: Json) -> Content:
    """What the phone shows: the words as they came, the files by id."""
    view: Json = {"interactive": message.type}
    attachments: list[Attachment] = []
    for name in ("header", "body", "footer"):
        part = as_object(given.get(name))
        if part is not None:
            view[name] = part if name == "header" else part["text"]
    header = getattr(message, "header", None)
    if isinstance(header, Header) and header.type != "text":
        view["header"] = shown = {"type": header.type, "media": None}
        attachments.append(_file(header, shown))
    view |= message.action.view()
    if isinstance(message.action, Carousel):
        attachments += message.action.attachments(view["cards"])
    body = getattr(message, "body", None)
    words = body.text if body is not None else f"[{message.type}]"
    return Content(words, view, message.action.buttons(), attachments)


def _file(header: Header, shown: Json) -> Attachment:
    kind: MediaKind = (
        "image" if header.type == "image" else "video" if header.type == "video" else "document"
    )
    source: Source = getattr(header, kind)
    if isinstance(source, HeaderFile) and source.filename:
        shown["filename"] = source.filename
    return source.attachment(kind, f"interactive['header']['{kind}']", shown)
