"""Random contents that may be sent, many of them just at a limit."""

from typing import Any, TypeVar

from hypothesis import strategies as some
from serai.core.content import (
    Audio,
    Card,
    Contacts,
    Document,
    File,
    Image,
    Labelled,
    Location,
    Phone,
    PostalAddress,
    Reaction,
    Sticker,
    Text,
    Video,
)
from serai.core.interactive import (
    AddressRequest,
    Button,
    Buttons,
    CallPermissionRequest,
    Carousel,
    CarouselCard,
    Catalogue,
    ContactInfoRequest,
    FlowMessage,
    Header,
    LinkButton,
    ListMenu,
    LocationRequest,
    ProductList,
    ProductMessage,
    ProductSection,
    Row,
    Section,
    VoiceCallButton,
)
from serai.core.message import Content
from serai.meta.whatsapp import limits

Value = TypeVar("Value")

LINK = "http://127.0.0.1:9/nothing"
"""Nobody answers there; a file that cannot be fetched fails later, not at once."""
LETTERS = some.characters(exclude_categories=("Cs", "Cc"))


def texts(most: int) -> some.SearchStrategy[str]:
    """From one character to just as many as may be, and one more."""
    short = some.text(LETTERS, min_size=1, max_size=min(most, 12))
    full = some.builds(str.__mul__, LETTERS, some.sampled_from((most, most + 1)))
    return short | full


def perhaps(strategy: some.SearchStrategy[Value]) -> some.SearchStrategy[Value | None]:
    return some.none() | strategy


def several(strategy: some.SearchStrategy[Value], most: int) -> some.SearchStrategy[Any]:
    return some.lists(strategy, min_size=1, max_size=most + 1).map(tuple)


FILES = some.builds(File, link=some.just(LINK), name=perhaps(texts(20)))
CAPTIONS = perhaps(texts(limits.CAPTION))
BODIES = texts(limits.BODY)
FOOTERS = perhaps(texts(limits.FOOTER))
TEXT_HEADERS = some.builds(Header, kind=some.just("text"), text=texts(limits.HEADER))
FILE_HEADERS = some.builds(
    Header, kind=some.sampled_from(("image", "video", "document")), file=FILES
)
HEADERS = perhaps(TEXT_HEADERS | FILE_HEADERS)
FRAME: dict[str, Any] = {"body": BODIES, "header": HEADERS, "footer": FOOTERS}
BUTTONS = some.builds(Button, id=texts(limits.BUTTON_ID), title=texts(limits.BUTTON_TITLE))
CARD_BUTTONS = some.builds(
    Button, id=texts(limits.CARD_BUTTON_ID), title=texts(limits.BUTTON_TITLE)
)
ROWS = some.builds(
    Row,
    id=texts(limits.ROW_ID),
    title=texts(limits.ROW_TITLE),
    description=perhaps(texts(limits.ROW_DESCRIPTION)),
)
SECTIONS = some.builds(Section, rows=several(ROWS, 4), title=perhaps(texts(limits.SECTION_TITLE)))
PRODUCTS = some.builds(
    ProductSection, title=texts(limits.SECTION_TITLE), product_ids=several(texts(30), 16)
)
URLS = some.just("https://shop.example/a?b=c#d") | texts(30)
CARDS = some.builds(
    Card,
    name=texts(60),
    first_name=perhaps(texts(30)),
    last_name=perhaps(texts(30)),
    phones=several(some.builds(Phone, phone=texts(20), wa_id=perhaps(texts(15))), 3),
    emails=several(some.builds(Labelled, value=some.just("a@b.example") | texts(9)), 2),
    urls=several(some.builds(Labelled, value=URLS, type=perhaps(some.just("WORK"))), 2),
    addresses=several(
        some.builds(PostalAddress, city=perhaps(texts(20)), country_code=some.just("PT")), 2
    ),
    birthday=perhaps(some.dates().map(str) | texts(9)),
)


def alike(card: CarouselCard) -> some.SearchStrategy[Any]:
    """A carousel whose cards are all like this one, each with ids of its own."""

    def numbered(count: int) -> tuple[CarouselCard, ...]:
        return tuple(_renamed(card, number) for number in range(count))

    return some.integers(limits.CARDS_LEAST - 1, limits.CARDS_MOST + 1).map(numbered)


def _renamed(card: CarouselCard, number: int) -> CarouselCard:
    buttons = tuple(
        Button(id=f"{number}{each.id}"[: limits.CARD_BUTTON_ID], title=each.title)
        for each in card.buttons
    )
    return CarouselCard(
        header=card.header,
        body=card.body,
        label=card.label,
        url=card.url,
        buttons=buttons,
        product_id=card.product_id,
    )


CARD_HEADERS = some.builds(Header, kind=some.sampled_from(("image", "video")), file=FILES)
CARD_BODIES = perhaps(texts(limits.CARD_BODY))
CAROUSEL_CARDS = (
    some.builds(
        CarouselCard,
        header=CARD_HEADERS,
        body=CARD_BODIES,
        label=texts(limits.LINK_LABEL),
        url=URLS,
    )
    | some.builds(
        CarouselCard, header=CARD_HEADERS, body=CARD_BODIES, buttons=several(CARD_BUTTONS, 2)
    )
    | some.builds(CarouselCard, product_id=texts(30))
)

KINDS: tuple[some.SearchStrategy[Any], ...] = (
    some.builds(Text, texts(limits.TEXT), some.booleans()),
    some.builds(Image, file=FILES, caption=CAPTIONS),
    some.builds(Video, file=FILES, caption=CAPTIONS),
    some.builds(Audio, file=FILES, voice=some.booleans()),
    some.builds(Document, file=FILES, caption=CAPTIONS),
    some.builds(Sticker, file=FILES),
    some.builds(
        Location,
        latitude=some.floats(-91, 91),
        longitude=some.floats(-181, 181),
        name=perhaps(texts(40)),
        address=perhaps(texts(40)),
    ),
    some.builds(Contacts, cards=several(CARDS, 3)),
    some.builds(
        Reaction, target=texts(40), emoji=perhaps(some.sampled_from("👍❤🎉ab!") | texts(2))
    ),
    some.builds(Buttons, buttons=several(BUTTONS, limits.BUTTONS), **FRAME),
    some.builds(
        ListMenu,
        body=texts(limits.LIST_BODY),
        header=perhaps(TEXT_HEADERS | FILE_HEADERS),
        footer=FOOTERS,
        button=texts(limits.LIST_BUTTON),
        sections=several(SECTIONS, 3),
    ),
    some.builds(LinkButton, label=texts(limits.LINK_LABEL), url=URLS, **FRAME),
    some.builds(LocationRequest, body=BODIES),
    some.builds(
        AddressRequest,
        body=BODIES,
        values=some.dictionaries(
            some.sampled_from(sorted(limits.ADDRESS_FIELDS)) | texts(5), texts(6), max_size=3
        ),
    ),
    some.builds(
        FlowMessage,
        cta=texts(limits.FLOW_LABEL),
        flow_id=perhaps(some.just("1")),
        flow_name=perhaps(texts(10)),
        flow_token=perhaps(texts(20)),
        action=some.sampled_from(("navigate", "data_exchange")),
        screen=perhaps(texts(10)),
        data=some.dictionaries(texts(5), texts(5), max_size=2),
        **FRAME,
    ),
    some.builds(
        ProductMessage,
        catalog_id=texts(20),
        product_id=texts(20),
        body=perhaps(BODIES),
        footer=FOOTERS,
    ),
    some.builds(
        ProductList,
        catalog_id=texts(20),
        header=texts(limits.HEADER),
        body=BODIES,
        sections=several(PRODUCTS, 3),
        footer=FOOTERS,
    ),
    some.builds(Catalogue, body=BODIES, thumbnail_product_id=perhaps(texts(20)), footer=FOOTERS),
    some.builds(CallPermissionRequest, body=perhaps(BODIES)),
    some.builds(
        VoiceCallButton,
        body=BODIES,
        label=texts(limits.CALL_LABEL),
        ttl_minutes=perhaps(some.integers(0, limits.CALL_MINUTES + 1)),
        payload=perhaps(texts(20)),
    ),
    some.builds(ContactInfoRequest, body=BODIES),
    some.builds(
        Carousel,
        body=BODIES,
        cards=CAROUSEL_CARDS.flatmap(alike),
        catalog_id=perhaps(some.just("7")),
    ),
)
"""One for each kind but templates, whose rules are tested where they are."""

CONTENTS: some.SearchStrategy[Content] = some.one_of(KINDS)
