"""Carousel, limited-time offer and other parts of marketing templates.

Source: WhatsApp Cloud API reference, 2.8 "Limited-time offer", "Carousel", "Tap-target override".
"""

from collections.abc import Callable

from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid
from metasim.graph.template.given import Given, given
from metasim.graph.types.content import Content
from metasim.graph.types.shape import Filled, Shape, Url, read
from metasim.shapes import Json, as_list, as_object

MOST_CARDS = 10
FEWEST_CARDS = 2


class Offer(Shape, kw_only=True):
    expiration_time_ms: int


class TapTarget(Shape, kw_only=True):
    url: Url
    title: Filled


def carousel(component: Json, call: Given, fill: Callable[[list[Json], Given], Content]) -> Content:
    """All cards, each filled like a small template. Raises GraphError."""
    cards = [as_object(card) or {} for card in as_list(component.get("cards")) or []]
    part = call.take("carousel")
    rows = as_list((part or {}).get("cards"))
    if rows is None:
        raise GraphError(131008, "The parameter cards of the carousel is required.")
    whole = Content("[carousel]", {"cards": []})
    for index, (card, row) in enumerate(zip(_wanted(cards, len(rows)), rows, strict=True)):
        where = f"{call.places['carousel']}['cards'][{index}]"
        filled = fill(_components(card), _card(row, index, call.style, where))
        shown = {
            "header": filled.view.get("header"),
            "body": filled.view.get("body", ""),
            "products": filled.view.get("products", []),
            "buttons": filled.buttons,
        }
        whole.view["cards"].append(shown)
        whole.buttons += filled.buttons
        whole.attachments += filled.attachments
    return whole


def offer(component: Json, call: Given) -> Content:
    """When the offer ends, in milliseconds. Raises GraphError."""
    about = as_object(component.get("limited_time_offer")) or {}
    part = call.take("limited_time_offer")
    text = str(about.get("text", ""))
    if part is None and about.get("has_expiration"):
        raise GraphError(131008, "limited_time_offer: expiration_time_ms is required")
    if part is None:
        return Content(text, {"offer": {"text": text}})
    value = _only_parameter(part, "limited_time_offer")
    where = f"{call.places['limited_time_offer']}['parameters'][0]['limited_time_offer']"
    ends = read(Offer, value, where, 132012).expiration_time_ms
    return Content(text, {"offer": {"text": text, "ends_ms": ends}})


def check_tap_target(call: Given) -> None:
    """A link for the picture of the header. Raises GraphError."""
    part = call.take("tap_target_configuration")
    if part is not None:
        value = _only_parameter(part, "tap_target_configuration")
        read(list[TapTarget], value, call.places["tap_target_configuration"], 132012)


def _only_parameter(part: Json, kind: str) -> object:
    rows = as_list(part.get("parameters")) or []
    first = as_object(rows[0]) if rows else None
    if first is None or first.get("type") != kind:
        raise GraphError(132012, f"{kind}: needs one parameter of type {kind!r}")
    return first.get(kind)


def _wanted(cards: list[Json], count: int) -> list[Json]:
    """As many approved cards as were sent; product cards repeat the first."""
    if cards and _is_product(cards[0]):
        if not FEWEST_CARDS <= count <= MOST_CARDS:
            raise GraphError(132000, f"carousel: {count} cards, not {FEWEST_CARDS} to {MOST_CARDS}")
        return [cards[0]] * count
    if count != len(cards):
        raise GraphError(
            132000,
            f"carousel: number of cards ({count}) does not match the expected ({len(cards)})",
        )
    return cards


def _is_product(card: Json) -> bool:
    formats = [str(part.get("format", "")).upper() for part in _components(card)]
    return "PRODUCT" in formats


def _components(card: Json) -> list[Json]:
    return [as_object(part) or {} for part in as_list(card.get("components")) or []]


def _card(row: object, index: int, style: str, where: str) -> Given:
    card = as_object(row)
    if card is None:
        raise invalid(f"Param {where} must be an object.")
    strict(card, {"card_index", "components"}, where)
    if card.get("card_index") != index:
        raise invalid(f"Param {where}['card_index'] must be {index}.")
    return given(card.get("components", []), style, f"{where}['components']")
