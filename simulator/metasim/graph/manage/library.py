"""The template library: ready-made utility templates of Meta's, to use as they are.

Source: WhatsApp Cloud API reference, 7.1, 7.7 "Library templates". The texts are metasim's own.
"""

import msgspec

from metasim.graph.access import MANAGEMENT, need
from metasim.graph.errors import missing, no_such, refused
from metasim.graph.paging import page
from metasim.graph.request import Request
from metasim.shapes import Json, as_list, as_object
from metasim.sim import Sim
from metasim.world import Token


class Item(msgspec.Struct):
    """One template of the library."""

    id: str
    name: str
    topic: str
    usecase: str
    body: str
    body_params: list[str]
    body_param_types: list[str]
    industry: list[str] = msgspec.field(default_factory=lambda: ["E_COMMERCE"])
    header: str | None = None
    buttons: list[Json] = msgspec.field(default_factory=list[Json])
    language: str = "en_US"
    category: str = "UTILITY"


TRACK: Json = {"type": "URL", "text": "Track order", "url": "https://www.example.com/{{1}}"}
CALL: Json = {"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+15550100000"}

ITEMS = (
    Item(
        "7147013345418901", "delivery_update_1", "ORDER_MANAGEMENT", "DELIVERY_UPDATE",
        "Good news, {{1}}! Your order {{2}} is on its way and arrives on {{3}}. Thank you.",
        ["Rosa", "P-5512", "June 3"], ["TEXT", "TEXT", "DATE"], buttons=[TRACK],
    ),
    Item(
        "7147013345418902", "order_confirmation_1", "ORDER_MANAGEMENT", "ORDER_CONFIRMATION",
        "Hello {{1}}, we have received your order {{2}} and will tell you when it leaves us.",
        ["Rosa", "P-5512"], ["TEXT", "TEXT"], buttons=[TRACK],
    ),
    Item(
        "7147013345418903", "payment_due_reminder_1", "PAYMENTS", "PAYMENT_DUE_REMINDER",
        "Hi {{1}}, your payment of {{2}} is due on {{3}}. Please pay in time to avoid a fee.",
        ["Rosa", "$50.00", "June 3"], ["TEXT", "AMOUNT", "DATE"],
        industry=["FINANCIAL_SERVICES"], header="Payment reminder", buttons=[CALL],
    ),
    Item(
        "7147013345418904", "fraud_alert_1", "ACCOUNT_UPDATE", "FRAUD_ALERT",
        "Hi {{1}}, we noticed something unusual on your account: {{2}}. Was this you?",
        ["Rosa", "a new device"], ["TEXT", "TEXT"], industry=["FINANCIAL_SERVICES"],
        buttons=[{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "QUICK_REPLY", "text": "No"}],
    ),
    Item(
        "7147013345418905", "low_balance_warning_1", "ACCOUNT_UPDATE", "LOW_BALANCE_WARNING",
        "Hi {{1}}, the balance of your account is now {{2}}, which is below your own limit.",
        ["Rosa", "$9.50"], ["TEXT", "AMOUNT"], industry=["FINANCIAL_SERVICES"],
    ),
    Item(
        "7147013345418906", "feedback_survey_1", "CUSTOMER_FEEDBACK", "FEEDBACK_SURVEY",
        "Hi {{1}}, thank you for visiting us on {{2}}. How was it? Your answer helps us.",
        ["Rosa", "June 3"], ["TEXT", "DATE"],
        buttons=[{"type": "QUICK_REPLY", "text": "Good"}, {"type": "QUICK_REPLY", "text": "Bad"}],
    ),
)  # fmt: skip
FILTERS = ("topic", "usecase", "language", "name")


def listed(_sim: Sim, token: Token, _node: str, request: Request) -> Json:
    """`GET /message_template_library`, also with the account in the path."""
    need(token, MANAGEMENT)
    query = request.query
    found = [item for item in ITEMS if _fits(item, query)]
    return page(request, [_shown(item) for item in found])


def filled(body: Json) -> tuple[Json, bool]:
    """The create body of a library template, and whether it is used as it is. Raises GraphError."""
    name = body["library_template_name"]
    item = next((item for item in ITEMS if item.name == name), None)
    if item is None:
        raise no_such("POST", str(name))
    if str(body.get("category", item.category)).upper() != item.category:
        raise refused("Library templates of category UTILITY keep their category.")
    components: list[Json] = []
    if item.header is not None:
        components.append({"type": "HEADER", "format": "TEXT", "text": item.header})
    example = {"body_text": [item.body_params]}
    components.append({"type": "BODY", "text": item.body, "example": example})
    if item.buttons:
        components.append({"type": "BUTTONS", "buttons": _buttons(item, body)})
    own = body.get("components")
    made = {**body, "category": item.category, "components": own or components}
    return made, not own


def _buttons(item: Item, body: Json) -> list[Json]:
    inputs = as_list(body.get("library_template_button_inputs")) or []
    by_kind = {str((as_object(each) or {}).get("type", "")).upper(): each for each in inputs}
    return [_button(dict(button), by_kind.get(button["type"])) for button in item.buttons]


def _button(button: Json, given: Json | None) -> Json:
    if button["type"] == "URL":
        url = as_object((given or {}).get("url"))
        if url is None or not isinstance(url.get("base_url"), str):
            raise missing("library_template_button_inputs")
        button["url"] = url["base_url"]
        if "{{" in button["url"]:
            button["example"] = [str(url.get("url_suffix_example", ""))]
    elif button["type"] == "PHONE_NUMBER":
        number = (given or {}).get("phone_number")
        if not isinstance(number, str):
            raise missing("library_template_button_inputs")
        button["phone_number"] = number
    return button


def _fits(item: Item, query: dict[str, str]) -> bool:
    wanted = query.get("search", "").casefold()
    if wanted not in item.name and wanted not in item.body.casefold():
        return False
    if query.get("industry") and query["industry"].upper() not in item.industry:
        return False
    return all(
        query[name].casefold() == str(getattr(item, name)).casefold()
        for name in FILTERS
        if query.get(name)
    )


def _shown(item: Item) -> Json:
    shown: Json = msgspec.to_builtins(item)
    return {name: value for name, value in shown.items() if value is not None}
