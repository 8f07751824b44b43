"""What Meta would refuse is refused here, and the field is named."""

from typing import Any

import pytest
from msgspec.structs import replace
from serai.core.content import (
    Audio,
    Card,
    Choice,
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
from serai.meta.whatsapp.checks import check

PICTURE = File(meta_id="1", mime_type="image/jpeg")
CLIP = File(meta_id="2", mime_type="video/mp4")
LINK = "https://shop.example/menu"
BUTTON = Button(id="a", title="A")
ROWS = tuple(Row(id=f"r{n}", title=f"Row {n}") for n in range(12))
CARD = Card(name="Ines Moura", first_name="Ines")
MENU = ListMenu(body="Menu", button="Open", sections=(Section(rows=ROWS[:10]),))
QUESTION = Buttons(body="When?", buttons=(BUTTON,))
FLOW = FlowMessage(body="Book", cta="Book", flow_id="9")
VIEW = CarouselCard(
    header=Header(kind="image", file=PICTURE), body="Sea view", label="Book", url=LINK
)
ANSWER = CarouselCard(header=Header(kind="image", file=PICTURE), buttons=(BUTTON,))
LONG_ANSWER = replace(ANSWER, buttons=(Button(id="x" * 21, title="A"),))
ROOMS = Carousel(body="Rooms", cards=(VIEW, VIEW))
LAMPS = ProductList(
    catalog_id="7",
    header="Lamps",
    body="All",
    sections=(ProductSection(title="", product_ids=("a",)),),
)


def buttons(*pairs: tuple[str, str]) -> Buttons:
    return replace(QUESTION, buttons=tuple(Button(id=id_, title=title) for id_, title in pairs))


def several(count: int) -> Buttons:
    return buttons(*((f"b{n}", f"Button {n}") for n in range(count)))


def menu(*sections: Section) -> ListMenu:
    return replace(MENU, sections=sections)


def products(*counts: int) -> ProductList:
    sections = tuple(
        ProductSection(title=f"S{number}", product_ids=tuple(f"p{n}" for n in range(count)))
        for number, count in enumerate(counts)
    )
    return replace(LAMPS, sections=sections)


REFUSED: list[tuple[Content, str]] = [
    (Text(""), "body"),
    (Text(" \n"), "body"),
    (Text("x" * 4097), "body"),
    (Image(file=File()), "file"),
    (Image(file=File(meta_id="1", link=LINK)), "file"),
    (Image(file=File(link="ftp://cdn.example/a.jpg")), "file.link"),
    (Image(file=File(link="https://")), "file.link"),
    (Image(file=File(link="https://cdn.example/a b.jpg")), "file.link"),
    (Image(file=File(link="https://[cdn")), "file.link"),
    (Image(file=PICTURE, caption="x" * 1025), "caption"),
    (Image(file=CLIP), "file"),
    (Video(file=PICTURE), "file"),
    (Video(file=CLIP, caption="x" * 1025), "caption"),
    (Sticker(file=PICTURE), "file"),
    (Document(file=PICTURE, caption="x" * 1025), "caption"),
    (Audio(file=CLIP), "file"),
    (Audio(file=File(meta_id="1", mime_type="audio/mpeg"), voice=True), "file"),
    (Location(latitude=90.1, longitude=0), "latitude"),
    (Location(latitude=0, longitude=-181), "longitude"),
    (Location(latitude=0, longitude=0, address="Moll 4"), "name"),
    (Contacts(cards=()), "cards"),
    (Contacts(cards=(CARD,) * 258), "cards[257]"),
    (Contacts(cards=(CARD, Card(name="Ines"))), "cards[1].first_name"),
    (Contacts(cards=(replace(CARD, name=""),)), "cards[0].name"),
    (Contacts(cards=(replace(CARD, birthday="17.4.1990"),)), "cards[0].birthday"),
    (Contacts(cards=(replace(CARD, birthday="1990-02-30"),)), "cards[0].birthday"),
    (Contacts(cards=(replace(CARD, phones=(Phone(phone=""),)),)), "cards[0].phones[0].phone"),
    (
        Contacts(cards=(replace(CARD, emails=(Labelled(value="a@b"), Labelled(value="ab"))),)),
        "cards[0].emails[1].value",
    ),
    (
        Contacts(cards=(replace(CARD, urls=(Labelled(value="firm.example"),)),)),
        "cards[0].urls[0].value",
    ),
    (
        Contacts(cards=(replace(CARD, addresses=(PostalAddress(country_code="PRT"),)),)),
        "cards[0].addresses[0].country_code",
    ),
    (Reaction(target="", emoji="👍"), "target"),
    (Reaction(target="wamid.1", emoji="ok"), "emoji"),
    (Reaction(target="wamid.1", emoji="👍 👍"), "emoji"),
    (Reaction(target="wamid.1", emoji="!"), "emoji"),
    (buttons(), "buttons"),
    (several(4), "buttons[3]"),
    (buttons(("a", "x" * 21)), "buttons[0].title"),
    (buttons(("a", "Yes"), ("b", " ")), "buttons[1].title"),
    (buttons(("a", "Yes"), ("a", "No")), "buttons[1].id"),
    (buttons(("a", "Yes"), ("b", "Yes")), "buttons[1].title"),
    (buttons((" a", "Yes")), "buttons[0].id"),
    (buttons(("x" * 257, "Yes")), "buttons[0].id"),
    (replace(QUESTION, body=""), "body"),
    (replace(QUESTION, body="x" * 1025), "body"),
    (replace(QUESTION, footer="x" * 61), "footer"),
    (replace(QUESTION, header=Header(kind="audio", file=CLIP)), "header.kind"),
    (replace(QUESTION, header=Header(kind="text", text="x" * 61)), "header.text"),
    (replace(QUESTION, header=Header(kind="text", text="Hi", file=PICTURE)), "header.file"),
    (replace(QUESTION, header=Header(kind="image")), "header.file"),
    (replace(QUESTION, header=Header(kind="image", file=CLIP)), "header.file"),
    (replace(QUESTION, header=Header(kind="video", file=CLIP, text="Hi")), "header.text"),
    (replace(MENU, body="x" * 4097), "body"),
    (replace(MENU, button="x" * 21), "button"),
    (replace(MENU, header=Header(kind="image", file=PICTURE)), "header.kind"),
    (menu(), "sections"),
    (menu(Section(rows=ROWS[:11])), "sections[0].rows[10]"),
    (menu(Section(title="A", rows=ROWS[:6]), Section(title="B", rows=ROWS[6:])), "sections[1].rows[4]"),
    (menu(Section(title="A", rows=ROWS[:1]), Section(rows=ROWS[1:2])), "sections[1].title"),
    (menu(Section(title="x" * 25, rows=ROWS[:1])), "sections[0].title"),
    (menu(Section(rows=())), "sections[0].rows"),
    (menu(*(Section(title=f"S{n}", rows=(ROWS[n % 10],)) for n in range(11))), "sections[10]"),
    (menu(Section(rows=(ROWS[0], ROWS[0]))), "sections[0].rows[1].id"),
    (menu(Section(rows=(Row(id="x" * 201, title="A"),))), "sections[0].rows[0].id"),
    (menu(Section(rows=(Row(id="a", title="x" * 25),))), "sections[0].rows[0].title"),
    (
        menu(Section(rows=(Row(id="a", title="A", description="x" * 73),))),
        "sections[0].rows[0].description",
    ),
    (LinkButton(body="Menu", label="x" * 21, url=LINK), "label"),
    (LinkButton(body="Menu", label="Open", url="shop.example"), "url"),
    (LinkButton(body="Menu", label="Open", url=LINK + "x" * 2000), "url"),
    (LinkButton(body="Menu", label="Open", url="javascript:alert(1)"), "url"),
    (LocationRequest(body="x" * 1025), "body"),
    (ContactInfoRequest(body=""), "body"),
    (AddressRequest(body="Where?", country="PT"), "country"),
    (AddressRequest(body="Where?", values={"planet": "Mars"}), "values.planet"),
    (AddressRequest(body="Where?", values={"in_pin_code": "4110011"}), "values.in_pin_code"),
    (AddressRequest(body="Where?", values={"in_pin_code": "41100a"}), "values.in_pin_code"),
    (replace(FLOW, cta="x" * 31), "cta"),
    (replace(FLOW, flow_id=None), "flow_id"),
    (replace(FLOW, flow_name="table"), "flow_id"),
    (replace(FLOW, mode="test"), "mode"),
    (replace(FLOW, action="open"), "action"),
    (replace(FLOW, action="data_exchange", screen="DAY"), "screen"),
    (replace(FLOW, data={"people": 2}), "screen"),
    (ProductMessage(catalog_id="", product_id="a"), "catalog_id"),
    (ProductMessage(catalog_id="7", product_id=""), "product_id"),
    (ProductMessage(catalog_id="7", product_id="a", body="x" * 1025), "body"),
    (replace(LAMPS, header=""), "header"),
    (replace(LAMPS, header="x" * 61), "header"),
    (replace(LAMPS, sections=()), "sections"),
    (products(*[1] * 11), "sections[10]"),
    (products(31), "sections[0].product_ids[30]"),
    (products(20, 11), "sections[1].product_ids[10]"),
    (products(0), "sections[0].product_ids"),
    (
        replace(LAMPS, sections=(*products(1).sections, ProductSection(title="", product_ids=("b",)))),
        "sections[1].title",
    ),
    (Catalogue(body=""), "body"),
    (Catalogue(body="All", footer="x" * 61), "footer"),
    (CallPermissionRequest(body="x" * 1025), "body"),
    (VoiceCallButton(body="Talk", label="x" * 21), "label"),
    (VoiceCallButton(body="Talk", label="Call", ttl_minutes=43_201), "ttl_minutes"),
    (VoiceCallButton(body="Talk", label="Call", ttl_minutes=0), "ttl_minutes"),
    (replace(ROOMS, body=""), "body"),
    (replace(ROOMS, cards=(VIEW,)), "cards"),
    (replace(ROOMS, cards=(VIEW,) * 11), "cards[10]"),
    (replace(ROOMS, cards=(VIEW, replace(VIEW, header=None))), "cards[1].header"),
    (replace(ROOMS, cards=(VIEW, replace(VIEW, body="x" * 161))), "cards[1].body"),
    (replace(ROOMS, cards=(VIEW, replace(VIEW, body="a\nb\nc\nd"))), "cards[1].body"),
    (replace(ROOMS, cards=(VIEW, replace(VIEW, body=None))), "cards[1]"),
    (replace(ROOMS, cards=(VIEW, ANSWER)), "cards[1]"),
    (
        replace(ROOMS, cards=(VIEW, replace(VIEW, header=Header(kind="video", file=CLIP)))),
        "cards[1]",
    ),
    (
        replace(ROOMS, cards=(VIEW, replace(VIEW, header=Header(kind="text", text="Hi")))),
        "cards[1].header.kind",
    ),
    (replace(ROOMS, cards=(VIEW, replace(VIEW, label="x" * 21))), "cards[1].label"),
    (replace(ROOMS, cards=(VIEW, replace(VIEW, url="x"))), "cards[1].url"),
    (replace(ROOMS, cards=(VIEW, replace(VIEW, buttons=(BUTTON,)))), "cards[1]"),
    (replace(ROOMS, cards=(ANSWER, LONG_ANSWER)), "cards[1].buttons[0].id"),
    (replace(ROOMS, cards=(ANSWER, ANSWER)), "cards[1].buttons[0].id"),
    (replace(ROOMS, cards=(CarouselCard(product_id="a"),) * 2), "catalog_id"),
    (
        replace(ROOMS, catalog_id="7", cards=(CarouselCard(product_id="a", body="A"),) * 2),
        "cards[0]",
    ),
    (Choice(kind="button", id="a", title="A"), "type"),
]  # fmt: skip

TAKEN: list[Content] = [
    Text("x" * 4096),
    Image(file=PICTURE, caption="x" * 1024),
    Reaction(target="wamid.1"),
    *(
        Reaction(target="wamid.1", emoji=emoji)
        for emoji in ("❤️", "1️⃣", "🇵🇹", "👩🏽‍🚀", "‼️", "👨‍👩‍👧‍👦")
    ),
    several(3),
    buttons(("x" * 256, "x" * 20)),
    replace(QUESTION, body="x" * 1024, footer="x" * 60, header=Header(kind="text", text="x" * 60)),
    replace(MENU, body="x" * 4096, button="x" * 20),
    menu(Section(title="x" * 24, rows=(Row(id="x" * 200, title="x" * 24, description="x" * 72),))),
    menu(*(Section(title=f"S{n}", rows=(ROWS[n],)) for n in range(10))),
    replace(LAMPS, header="x" * 60),
    products(15, 15),
    VoiceCallButton(body="Talk", label="Call", ttl_minutes=43_200),
    replace(ROOMS, cards=(VIEW,) * 10),
    replace(ROOMS, cards=(replace(VIEW, body="a\nb\nc"),) * 2),
    Contacts(cards=(CARD,) * 257),
]


@pytest.mark.parametrize(("content", "field"), REFUSED)
def test_what_meta_would_refuse_is_refused_at_its_field(content: Content, field: str):
    problems = check(content)
    assert problems
    assert problems[0].field == field
    assert problems[0].message.endswith((".", "others without `voice`."))


@pytest.mark.parametrize("content", TAKEN)
def test_what_just_fits_is_let_through(content: Content):
    assert check(content) == []


def test_every_problem_of_a_message_is_named():
    content: Any = buttons(("a", "x" * 21), ("a", "No"), ("c", ""), ("d", "D"))
    assert [problem.field for problem in check(content)] == [
        "buttons[3]", "buttons[0].title", "buttons[2].title", "buttons[1].id",
    ]  # fmt: skip


def test_what_may_be_left_out_has_its_limit_even_where_it_is_blank():
    blank = Catalogue(body="Our goods", footer=" " * 61)

    assert [each.field for each in check(blank)] == ["footer"]
    assert not check(replace(blank, footer=" " * 60))
