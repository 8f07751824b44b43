"""The packs that come with Serai: sound, complete, and word for word what was agreed."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from serai.app.packs import find, shipped
from serai.app.packs.model import Pack, ReplyPart, RulePart, TemplatePart, problems, read
from serai.core.hours import Hours, is_open
from serai.core.keywords import Exact, Word, matches
from serai.kit.errors import NotFound

MENU = """🍽️ *School Catering Menu Update*

Today's healthy lunch options:
• Grilled chicken with vegetables
• Vegetarian pasta
• Fresh fruit salad

To place an order, reply with "ORDER" followed by your choice."""
RESERVATION = """☕ *Hawana Cafe Reservation*

Thank you for your interest! To make a reservation:

*Available Times:*
• Breakfast: 7:00 AM - 11:00 AM
• Lunch: 12:00 PM - 3:00 PM
• Dinner: 6:00 PM - 10:00 PM

Reply with your preferred date, time, and party size."""
TEMPLATES = [
    (
        "school-catering",
        "education_order_confirmation",
        "School Catering Order Confirmation",
        "Your order has been confirmed! Order #{{1}} will be delivered at {{2}} to {{3}}.",
        ("order_number", "delivery_time", "location"),
    ),
    (
        "hawana-cafe",
        "cafe_reservation_confirmation",
        "Hawana Cafe Reservation Confirmed",
        "Your reservation is confirmed for {{1}} at {{2}} for {{3}} people."
        " Table will be held for 15 minutes.",
        ("date", "time", "party_size"),
    ),
    (
        "portfolio-management",
        "investment_portfolio_update",
        "Portfolio Performance Update",
        "Your portfolio value: ${{1}}. Monthly return: {{2}}%. YTD return: {{3}}%."
        " Schedule a review meeting.",
        ("portfolio_value", "monthly_return", "ytd_return"),
    ),
]
PACKS = {pack.key: pack for pack in shipped()}


def replies(pack: Pack, text: str, hours: str) -> list[str]:
    """Answers to `text` from the rules that speak in or out of hours, best first."""
    fitting = [r for r in pack.rules if r.hours in {"any", hours} and matches(r.match, text)]
    return [rule.reply for rule in sorted(fitting, key=lambda rule: -rule.priority)]


def hours_of(pack: Pack) -> Hours:
    return Hours(time_zone=pack.business.time_zone, weekly=pack.hours, exceptions=pack.exceptions)


@pytest.mark.parametrize("key", sorted(PACKS))
def test_a_pack_has_nothing_that_serai_or_meta_would_refuse(key: str):
    assert problems(PACKS[key]) == []


def test_there_are_four_businesses_of_four_sectors_in_four_time_zones():
    assert len({pack.business.sector for pack in PACKS.values()}) == 4
    assert len({pack.business.time_zone for pack in PACKS.values()}) == 4


@pytest.mark.parametrize(
    ("key", "text", "reply"),
    [
        ("school-catering", "menu", MENU),
        ("school-catering", "What is on the MENU today?", MENU),
        ("hawana-cafe", "reservation", RESERVATION),
        ("hawana-cafe", "I'd like to make a reservation!", RESERVATION),
    ],
)
def test_a_sector_gives_its_text_word_for_word(key: str, text: str, reply: str):
    assert replies(PACKS[key], text, "open")[0] == reply


@pytest.mark.parametrize(("key", "name", "header", "body", "parameters"), TEMPLATES)
def test_the_agreed_templates_are_there_word_for_word(
    key: str, name: str, header: str, body: str, parameters: tuple[str, ...]
):
    template = next(each for each in PACKS[key].templates if each.name == name)

    assert (template.header, template.body, template.parameters) == (header, body, parameters)
    assert (template.category, template.language) == ("UTILITY", "en_US")


@pytest.mark.parametrize(
    ("key", "name"),
    [("hawana-cafe", "cafe_special_offer"), ("portfolio-management", "investment_market_alert")],
)
def test_offers_and_alerts_are_marketing(key: str, name: str):
    assert next(t for t in PACKS[key].templates if t.name == name).category == "MARKETING"


@pytest.mark.parametrize(
    ("key", "text"), [("hawana-cafe", "are you open?"), ("home-goods", "delivery")]
)
def test_a_keyword_has_another_answer_out_of_hours(key: str, text: str):
    (inside, *_), (outside, *_) = (replies(PACKS[key], text, when) for when in ("open", "closed"))
    assert inside != outside


@pytest.mark.parametrize(
    ("key", "text"), [("school-catering", "ما هي قائمة الطعام؟"), ("hawana-cafe", "أريد حجز طاولة")]
)
def test_who_writes_arabic_is_answered_in_arabic(key: str, text: str):
    (reply, *_) = replies(PACKS[key], text, "open")
    assert any("\u0600" <= char <= "\u06ff" for char in reply)


def test_an_adviser_s_business_says_nothing_by_itself_but_that_a_message_arrived():
    pack = PACKS["portfolio-management"]

    assert (pack.business.always_human, pack.business.team) == (True, "advisers")
    assert (pack.rules, pack.texts.welcome, pack.texts.away) == ((), None, None)
    assert pack.texts.acknowledgement


@pytest.mark.parametrize(
    ("local", "expected"),
    [("06:59", False), ("07:00", True), ("11:30", True), ("15:30", True), ("18:00", True),
     ("21:59", True), ("22:00", False)],
)  # fmt: skip
def test_the_cafe_is_open_from_breakfast_through_happy_hour_to_dinner(local: str, expected: bool):
    in_dubai = datetime.fromisoformat(f"2026-11-23T{local}+04:00")
    assert is_open(hours_of(PACKS["hawana-cafe"]), in_dubai) is expected


def test_every_business_keeps_its_holidays():
    christmas = datetime(2026, 12, 25, 15, tzinfo=UTC)  # within weekly hours from London to Dubai
    closed = {key for key, pack in PACKS.items() if not is_open(hours_of(pack), christmas)}
    assert closed >= {"school-catering", "portfolio-management", "home-goods"}


def test_a_pack_that_is_not_there_is_said_with_those_that_are():
    with pytest.raises(NotFound, match=r"no pack bakery\. There are: hawana-cafe, home-goods"):
        find("bakery")
    assert find("home-goods") == PACKS["home-goods"]


def test_a_misspelt_field_is_named(tmp_path: Path):
    text = 'key = "x"\nversion = 1\ntextes = {}\n[business]\nname = "X"\n'
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(msgspec.ValidationError, match="textes"):
        read(tmp_path / "x.toml")


def test_every_business_begins_with_quick_replies_that_tell_its_hours_its_name_and_its_address():
    for pack in PACKS.values():
        said = " ".join(reply.body for reply in pack.replies)
        for blank in ("business.hours_today", "business.name", "business.address"):
            assert f"{{{{{blank}" in said, (pack.key, blank)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"shortcut": "Our Menu"}, "its shortcut"),
        ({"title": ""}, "its name"),
        ({"body": "Hi {{contact.nickname}}"}, "is no blank"),
        ({"body": "x" * 4097}, "1 to 4096"),
    ],
)
def test_a_quick_reply_that_could_not_be_used_is_named(changed: dict[str, object], says: str):
    bad = replace(ReplyPart(shortcut="menu", title="Menu", body="Soup"), **changed)
    [found] = problems(replace(PACKS["home-goods"], replies=(bad,)))
    assert says in found


GOOD = TemplatePart(
    name="ready", category="UTILITY", body="Your order {{1}} is ready now.",
    parameters=("number",), samples=("7",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": "Ready Now"}, "its name"),
        ({"category": "SERVICE"}, "its category"),
        ({"body": "Your order {{2}} is ready now."}, "do not fit the names"),
        ({"body": "{{1}} is the order that is ready."}, "at the start or the end"),
        ({"body": "Ready is now your order {{1}}"}, "at the start or the end"),
        ({"body": "Order {{1}} now."}, "too few words"),
        ({"body": "Your order {{1}}\n\n\n\nis ready now."}, "in a row"),
        ({"body": "Your order {{1}} is ready now." + "x" * 1024}, "longer than 1024"),
        ({"samples": ()}, "needs a sample"),
        ({"header": "🎉 Ready"}, "its header"),
        ({"header": "x" * 61}, "its header"),
        ({"header": "*Ready*"}, "its header"),
    ],
)
def test_a_template_that_meta_would_refuse_is_named(changed: dict[str, object], says: str):
    bad = replace(PACKS["home-goods"], templates=(replace(GOOD, **changed),))
    found = problems(bad)

    assert len(found) == 1
    assert says in found[0]


def test_variables_side_by_side_are_named():
    two = replace(
        GOOD,
        body="All of your orders {{1}} {{2}} are ready now.",
        parameters=("a", "b"),
        samples=("1", "2"),
    )
    found = problems(replace(PACKS["home-goods"], templates=(two,)))
    assert [text for text in found if "side by side" in text] == found != []


def test_what_contradicts_itself_is_named():
    shop, advisers = PACKS["home-goods"], PACKS["portfolio-management"]
    rule = RulePart(key="a", priority=1, match=Word(("a",)), reply="b")
    odd = RulePart(key="odd", priority=1, match=Exact(()), reply="b", hours="night")

    assert "same key" in problems(replace(shop, rules=(rule, rule)))[0]
    assert "same name and language" in problems(replace(shop, templates=(GOOD, GOOD)))[0]
    assert len(problems(replace(shop, rules=(odd,)))) == 2
    assert "nothing but the acknowledgement" in problems(replace(advisers, rules=(rule,)))[0]
    silent = replace(advisers, texts=replace(advisers.texts, acknowledgement=None))
    assert "acknowledgement is needed" in problems(silent)[0]
    twice = (ReplyPart(shortcut="a", title="A", body="a"),) * 2
    assert "same shortcut" in problems(replace(shop, replies=twice))[0]
    farm = replace(shop, business=replace(shop.business, sector="farming", time_zone="Mars/Base"))
    assert len(problems(farm)) == 2
