"""Would Meta take this message with something to tap or fill in?

Source: WhatsApp Cloud API, "Interactive messages" and its pages for each kind.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from serai.core.interactive import (
    AddressRequest,
    Buttons,
    CallPermissionRequest,
    Carousel,
    Catalogue,
    ContactInfoRequest,
    FlowMessage,
    Framed,
    LinkButton,
    ListMenu,
    LocationRequest,
    ProductList,
    ProductMessage,
    Section,
    VoiceCallButton,
)
from serai.meta.kind import Problem
from serai.meta.whatsapp import carousel_checks, limits, rules
from serai.meta.whatsapp.rules import Problems

ANY_HEADER = frozenset({"text", "image", "video", "document"})
TEXT_HEADER = frozenset({"text"})
FLOW_MODES = frozenset({"published", "draft"})
FLOW_ACTIONS = frozenset({"navigate", "data_exchange"})


def _frame(
    content: Framed, body: int = limits.BODY, headers: frozenset[str] = ANY_HEADER
) -> Problems:
    yield from rules.header(content.header, headers)
    yield from rules.text("body", content.body, body)
    yield from rules.text("footer", content.footer, limits.FOOTER, needed=False)


def _buttons(content: Buttons) -> Problems:
    yield from _frame(content)
    yield from rules.count("buttons", content.buttons, 1, limits.BUTTONS)
    yield from rules.buttons("buttons", content.buttons, limits.BUTTON_ID)


def _list(content: ListMenu) -> Problems:
    yield from _frame(content, limits.LIST_BODY, TEXT_HEADER)
    yield from rules.text("button", content.button, limits.LIST_BUTTON)
    yield from rules.count("sections", content.sections, 1, limits.SECTIONS)
    needs_title = len(content.sections) > 1
    for number, section in enumerate(content.sections):
        field = f"sections[{number}]"
        yield from rules.text(
            f"{field}.title", section.title, limits.SECTION_TITLE, needed=needs_title
        )
        yield from _rows(f"{field}.rows", section)
    places = [
        (f"sections[{s}].rows[{r}]", row)
        for s, section in enumerate(content.sections)
        for r, row in enumerate(section.rows)
    ]
    if len(places) > limits.ROWS:
        message = f"There may be at most {limits.ROWS} rows in all; these are {len(places)}."
        yield Problem(places[limits.ROWS][0], message)
    yield from rules.unlike((f"{place}.id", row.id) for place, row in places)


def _rows(field: str, section: Section) -> Problems:
    if not section.rows:
        yield Problem(field, "A section needs a row.")
    for number, row in enumerate(section.rows):
        place = f"{field}[{number}]"
        yield from rules.id_(f"{place}.id", row.id, limits.ROW_ID)
        yield from rules.text(f"{place}.title", row.title, limits.ROW_TITLE)
        yield from rules.text(
            f"{place}.description", row.description, limits.ROW_DESCRIPTION, needed=False
        )


def _link(content: LinkButton) -> Problems:
    yield from _frame(content)
    yield from rules.text("label", content.label, limits.LINK_LABEL)
    yield from rules.link("url", content.url)


def _only_body(content: LocationRequest | ContactInfoRequest) -> Problems:
    yield from rules.text("body", content.body, limits.BODY)


def _address(content: AddressRequest) -> Problems:
    yield from rules.text("body", content.body, limits.BODY)
    if content.country not in limits.ADDRESS_COUNTRIES:
        yield Problem("country", "WhatsApp asks for addresses in India (IN) only.")
    for name, value in content.values.items():
        if name not in limits.ADDRESS_FIELDS:
            known = ", ".join(sorted(limits.ADDRESS_FIELDS))
            yield Problem(f"values.{name}", f"There is no such field. Known are: {known}.")
        elif name == "in_pin_code" and not _is_pin(value):
            yield Problem(f"values.{name}", f"At most {limits.PIN_DIGITS} digits.")


def _is_pin(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= limits.PIN_DIGITS


def _flow(content: FlowMessage) -> Problems:
    yield from _frame(content)
    yield from rules.text("cta", content.cta, limits.FLOW_LABEL)
    if bool(content.flow_id) == bool(content.flow_name):
        yield Problem("flow_id", "Name the Flow by `flow_id` or by `flow_name`, one of the two.")
    if content.mode not in FLOW_MODES:
        yield Problem("mode", "It may be published or draft.")
    if content.action not in FLOW_ACTIONS:
        yield Problem("action", "It may be navigate or data_exchange.")
    elif content.action != "navigate" and (content.screen or content.data):
        yield Problem("screen", "Only `navigate` names the first screen; your endpoint does else.")
    elif content.data and not content.screen:
        yield Problem("screen", "Data needs the screen that it is for.")


def _product(content: ProductMessage) -> Problems:
    yield from _catalog(content.catalog_id)
    yield from rules.text("product_id", content.product_id, limits.TEXT)
    yield from rules.text("body", content.body, limits.BODY, needed=False)
    yield from rules.text("footer", content.footer, limits.FOOTER, needed=False)


def _product_list(content: ProductList) -> Problems:
    yield from _catalog(content.catalog_id)
    yield from rules.text("header", content.header, limits.HEADER)
    yield from rules.text("body", content.body, limits.BODY)
    yield from rules.count("sections", content.sections, 1, limits.SECTIONS)
    seen = 0
    for number, section in enumerate(content.sections):
        field = f"sections[{number}]"
        needs_title = len(content.sections) > 1
        yield from rules.text(
            f"{field}.title", section.title, limits.SECTION_TITLE, needed=needs_title
        )
        if not section.product_ids:
            yield Problem(f"{field}.product_ids", "A section needs a product.")
        for place, product_id in enumerate(section.product_ids):
            yield from rules.text(f"{field}.product_ids[{place}]", product_id, limits.TEXT)
        before, seen = seen, seen + len(section.product_ids)
        if before <= limits.PRODUCTS < seen:
            place = f"{field}.product_ids[{limits.PRODUCTS - before}]"
            yield Problem(place, f"There may be at most {limits.PRODUCTS} products in all.")
    yield from rules.text("footer", content.footer, limits.FOOTER, needed=False)


def _catalogue(content: Catalogue) -> Problems:
    yield from rules.text("body", content.body, limits.BODY)
    yield from rules.text("footer", content.footer, limits.FOOTER, needed=False)


def _catalog(catalog_id: str) -> Problems:
    yield from rules.text("catalog_id", catalog_id, limits.TEXT)


def _call_permission(content: CallPermissionRequest) -> Problems:
    yield from rules.text("body", content.body, limits.BODY, needed=False)


def _voice_call(content: VoiceCallButton) -> Problems:
    yield from rules.text("body", content.body, limits.BODY)
    yield from rules.text("label", content.label, limits.CALL_LABEL)
    minutes = content.ttl_minutes
    if minutes is not None and not 1 <= minutes <= limits.CALL_MINUTES:
        yield Problem("ttl_minutes", f"1 to {limits.CALL_MINUTES} minutes.")


CHECKS: dict[type[Struct], Callable[[Any], Problems]] = {
    Buttons: _buttons,
    ListMenu: _list,
    LinkButton: _link,
    LocationRequest: _only_body,
    ContactInfoRequest: _only_body,
    AddressRequest: _address,
    FlowMessage: _flow,
    ProductMessage: _product,
    ProductList: _product_list,
    Catalogue: _catalogue,
    CallPermissionRequest: _call_permission,
    VoiceCallButton: _voice_call,
    Carousel: carousel_checks.check,
}
