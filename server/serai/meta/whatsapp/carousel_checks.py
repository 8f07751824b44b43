"""Would Meta take this carousel? Its cards are all alike: links, or answers to tap, or products.

Source: WhatsApp Cloud API, "Interactive media carousel messages" and "Product carousel messages".
"""

from serai.core.interactive import Carousel, CarouselCard
from serai.meta.kind import Problem
from serai.meta.whatsapp import limits, rules
from serai.meta.whatsapp.rules import Problems

CARD_HEADER = frozenset({"image", "video"})


def check(content: Carousel) -> Problems:
    yield from rules.text("body", content.body, limits.BODY)
    yield from rules.count("cards", content.cards, limits.CARDS_LEAST, limits.CARDS_MOST)
    for number, card in enumerate(content.cards):
        yield from _card(f"cards[{number}]", card)
    yield from _alike(content)
    ids = [
        (f"cards[{n}].buttons[{place}].id", button.id)
        for n, card in enumerate(content.cards)
        for place, button in enumerate(card.buttons)
    ]
    yield from rules.unlike(ids)
    if any(card.product_id for card in content.cards):
        yield from rules.text("catalog_id", content.catalog_id, limits.TEXT)


def kind_of(card: CarouselCard) -> str:
    """link, buttons, product, or none of these or several: empty."""
    kinds = [
        name
        for name, is_there in (
            ("link", card.url is not None or card.label is not None),
            ("buttons", bool(card.buttons)),
            ("product", card.product_id is not None),
        )
        if is_there
    ]
    return kinds[0] if len(kinds) == 1 else ""


def _card(field: str, card: CarouselCard) -> Problems:
    match kind_of(card):
        case "link":
            yield from _media(field, card)
            yield from rules.text(f"{field}.label", card.label, limits.LINK_LABEL)
            yield from rules.link(f"{field}.url", card.url)
        case "buttons":
            yield from _media(field, card)
            yield from rules.count(f"{field}.buttons", card.buttons, 1, limits.BUTTONS)
            yield from rules.buttons(f"{field}.buttons", card.buttons, limits.CARD_BUTTON_ID)
        case "product":
            yield from rules.text(f"{field}.product_id", card.product_id, limits.TEXT)
            if card.header is not None or card.body is not None:
                yield Problem(field, "A product shows itself: no header and no body.")
        case _:
            yield Problem(
                field, "Give a link with its label, or buttons, or a product: one of these."
            )


def _media(field: str, card: CarouselCard) -> Problems:
    if card.header is None:
        yield Problem(f"{field}.header", "A card needs a picture or a video.")
    yield from rules.header(card.header, CARD_HEADER, f"{field}.header")
    yield from rules.text(f"{field}.body", card.body, limits.CARD_BODY, needed=False)
    if (card.body or "").count("\n") > limits.CARD_BREAKS:
        yield Problem(f"{field}.body", f"At most {limits.CARD_BREAKS} line breaks.")


def _alike(content: Carousel) -> Problems:
    """What the first card has, the others have."""
    first, *others = [_form(card) for card in content.cards] or [()]
    for number, form in enumerate(others, 1):
        if form != first:
            yield Problem(
                f"cards[{number}]",
                "All cards are alike: the same kind of header, a body or none, as many buttons.",
            )
            return


def _form(card: CarouselCard) -> tuple[object, ...]:
    header = card.header.kind if card.header else None
    return kind_of(card), header, bool(card.body), len(card.buttons)
