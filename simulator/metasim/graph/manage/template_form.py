"""A new or edited template as it is sent in: checked at once, before anybody reviews it.

Source: WhatsApp Cloud API reference, 7.2 "Create body", 7.3 "Components", 7.4, 7.6 "TTL".
"""

import re

from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing, refused
from metasim.graph.manage import template_buttons, template_text
from metasim.shapes import Json, as_list, as_object
from metasim.world import Category

CATEGORIES: dict[str, Category] = {
    "AUTHENTICATION": "AUTHENTICATION",
    "MARKETING": "MARKETING",
    "UTILITY": "UTILITY",
}
STYLES = ("NAMED", "POSITIONAL")
NAME = re.compile(r"[a-z0-9_]{1,512}")
LANGUAGES = {
    "af", "sq", "ar", "ar_EG", "ar_AE", "ar_LB", "ar_MA", "ar_QA", "az", "be_BY", "bn",
    "bn_IN", "bg", "ca", "zh_CN", "zh_HK", "zh_TW", "hr", "cs", "da", "prs_AF", "nl", "nl_BE",
    "en", "en_GB", "en_US", "en_AE", "en_AU", "en_CA", "en_GH", "en_IE", "en_IN", "en_JM",
    "en_MY", "en_NZ", "en_QA", "en_SG", "en_UG", "en_ZA", "et", "fil", "fi", "fr", "fr_BE",
    "fr_CA", "fr_CH", "fr_CI", "fr_MA", "ka", "de", "de_AT", "de_CH", "el", "gu", "ha", "he",
    "hi", "hu", "id", "ga", "it", "ja", "kn", "kk", "rw_RW", "ko", "ky_KG", "lo", "lv", "lt",
    "mk", "ms", "ml", "mr", "nb", "ps_AF", "fa", "pl", "pt_BR", "pt_PT", "pa", "ro", "ru",
    "sr", "si_LK", "sk", "sl", "es", "es_AR", "es_CL", "es_CO", "es_CR", "es_DO", "es_EC",
    "es_HN", "es_MX", "es_PA", "es_PE", "es_ES", "es_UY", "sw", "sv", "ta", "te", "th", "tr",
    "uk", "ur", "uz", "vi", "zu",
}  # fmt: skip
"""Source: 7.2 "language": Meta's list."""
TTL = {"AUTHENTICATION": (30, 900), "UTILITY": (30, 43_200), "MARKETING": (43_200, 2_592_000)}
"""Seconds. Source: 7.6."""
THIRTY_DAYS = -1
MEDIA = ("IMAGE", "VIDEO", "DOCUMENT", "GIF")
IN_CAPITALS = ("type", "otp_type", "flow_action")
PARTS = {
    "HEADER": {"format", "text", "example"},
    "BODY": {"text", "example", "add_security_recommendation"},
    "FOOTER": {"text", "code_expiration_minutes"},
    "BUTTONS": {"buttons"},
    "CAROUSEL": {"cards"},
    "LIMITED_TIME_OFFER": {"limited_time_offer"},
    "CALL_PERMISSION_REQUEST": set[str](),
}
LONGEST_BODY = 1024
SHORT_BODY = 160
OFFER_BODY = 600


def name_of(body: Json) -> str:
    """Lower-case letters, digits and underscores, at most 512. Raises GraphError."""
    name = body.get("name")
    if name is None:
        raise missing("name")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise refused(
            "Message template name can only have lowercase letters, digits and underscores."
        )
    return name


def language_of(body: Json) -> str:
    """Raises GraphError for what is not in Meta's list."""
    language = body.get("language")
    if language is None:
        raise missing("language")
    if str(language) not in LANGUAGES:
        raise invalid("Param language must be one of Meta's language codes.")
    return str(language)


def category_of(body: Json) -> Category:
    """In upper case; any case is taken. Raises GraphError."""
    category = body.get("category")
    if category is None:
        raise missing("category")
    upper = str(category).upper()
    if upper not in CATEGORIES:
        raise invalid(f"Param category must be one of {{{', '.join(CATEGORIES)}}}.")
    return CATEGORIES[upper]


def style_of(body: Json) -> str:
    """POSITIONAL when left out. Raises GraphError."""
    style = str(body.get("parameter_format", "POSITIONAL")).upper()
    if style not in STYLES:
        raise invalid(f"Param parameter_format must be one of {{{', '.join(STYLES)}}}.")
    return style


def ttl_of(body: Json, category: str) -> int | None:
    """Seconds; None when not given. Source: 7.6. Raises GraphError."""
    ttl = body.get("message_send_ttl_seconds")
    if ttl is None:
        return None
    lowest, highest = TTL[category]
    whole = isinstance(ttl, int) and not isinstance(ttl, bool)
    if whole and ttl == THIRTY_DAYS and category != "MARKETING":
        return ttl
    if not whole or not lowest <= ttl <= highest:
        raise invalid(
            f"Param message_send_ttl_seconds must be {lowest} to {highest} for {category}."
        )
    return ttl


def components_of(body: Json, category: str, style: str) -> list[Json]:
    """The checked components, in Meta's spelling. Raises GraphError."""
    rows = as_list(body.get("components"))
    if not rows:
        raise missing("components")
    components = [_component(row, index) for index, row in enumerate(rows)]
    kinds = [component["type"] for component in components]
    double = next((kind for kind in kinds if kinds.count(kind) > 1), None)
    if double is not None:
        raise refused(f"A template has one component of type {double} only.")
    if "BODY" not in kinds:
        raise refused("component of type BODY is required", template_text.BODY)
    for component in components:
        _check(component, category, style, components)
    return components


def _component(row: object, index: int) -> Json:
    given, where = as_object(row), f"components[{index}]"
    kind = "" if given is None else str(given.get("type", "")).upper()
    if given is None or kind not in PARTS:
        raise invalid(f"Param {where}['type'] must be one of {{{', '.join(PARTS)}}}.")
    strict(given, {"type", *PARTS[kind]}, where)
    upper = {**given, "type": kind}
    if kind == "HEADER":
        upper["format"] = str(given.get("format", "TEXT")).upper()
    for each in as_list(upper.get("buttons")) or []:
        button = as_object(each) or {}
        button |= {name: str(button[name]).upper() for name in IN_CAPITALS if name in button}
    return upper


def _check(component: Json, category: str, style: str, others: list[Json]) -> None:
    kind = component["type"]
    if category == "AUTHENTICATION":
        _check_authentication(component)
    elif kind == "HEADER":
        _check_header(component, style)
    elif kind == "BODY":
        template_text.body(component, style, _longest_body(others))
    elif kind == "FOOTER":
        template_text.footer(component)
    elif kind == "BUTTONS":
        template_buttons.check(component, category)
    elif kind == "CAROUSEL":
        _check_carousel(component, category, style)
    elif kind == "LIMITED_TIME_OFFER":
        _check_offer(component, others)


def _longest_body(components: list[Json]) -> int:
    kinds = {component["type"] for component in components}
    product = any(component.get("format") == "PRODUCT" for component in components)
    if "LIMITED_TIME_OFFER" in kinds:
        return OFFER_BODY
    return SHORT_BODY if product else LONGEST_BODY


def _check_authentication(component: Json) -> None:
    """The text is Meta's own. Source: 7.3 "Authentication template"."""
    kind = component["type"]
    if kind == "BUTTONS":
        template_buttons.check(component, "AUTHENTICATION")
    elif kind not in ("BODY", "FOOTER") or "text" in component:
        raise refused("Authentication templates have no header and no text of their own.")
    elif kind == "FOOTER":
        minutes = component.get("code_expiration_minutes")
        if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= 90:
            raise invalid("Param components['code_expiration_minutes'] must be 1 to 90.")


def _check_header(component: Json, style: str) -> None:
    kind = component["format"]
    if kind == "TEXT":
        template_text.header(component, style)
    elif kind in MEDIA:
        example = as_object(component.get("example")) or {}
        handles = as_list(example.get("header_handle")) or []
        if len(handles) != 1 or not isinstance(handles[0], str) or not handles[0]:
            raise template_text.example_missing("HEADER")
    elif kind not in ("LOCATION", "PRODUCT"):
        choices = ", ".join(("TEXT", *MEDIA, "LOCATION", "PRODUCT"))
        raise invalid(f"Param components['format'] must be one of {{{choices}}}.")


def _check_offer(component: Json, others: list[Json]) -> None:
    offer = as_object(component.get("limited_time_offer")) or {}
    text = offer.get("text")
    if not isinstance(text, str) or not 1 <= len(text) <= 16:
        raise refused("The text of a limited-time offer has 1 to 16 characters.")
    formats = [each["format"] for each in others if each["type"] == "HEADER"]
    if not set(formats) <= {"IMAGE", "VIDEO"}:
        raise refused("A limited-time offer has an image or video as header.")
    if any(each["type"] == "FOOTER" for each in others):
        raise refused("A limited-time offer has no footer.")


def _check_carousel(component: Json, category: str, style: str) -> None:
    """2 to 10 cards of one structure. Source: 7.3 "CAROUSEL"."""
    cards = as_list(component.get("cards")) or []
    if category != "MARKETING":
        raise refused("Carousel templates are of category MARKETING.")
    if not 2 <= len(cards) <= 10:
        raise refused("A carousel has 2 to 10 cards.")
    shapes = [_card(card, index, style) for index, card in enumerate(cards)]
    if any(shape != shapes[0] for shape in shapes):
        raise refused("All cards of a carousel have the same structure.")


def _card(card: object, index: int, style: str) -> list[str]:
    rows = as_list((as_object(card) or {}).get("components"))
    if rows is None:
        raise GraphError(100, message=f"(#100) cards[{index}]['components'] is required.")
    shape: list[str] = []
    for place, row in enumerate(rows):
        component = _component(row, place)
        kind = component["type"]
        shape.append(f"{kind} {component.get('format', '')}")
        if kind == "HEADER":
            _check_header(component, style)
        elif kind == "BODY":
            template_text.body(component, style, SHORT_BODY)
        elif kind == "BUTTONS":
            template_buttons.check(component, "MARKETING")
            shape += [button["type"] for button in component["buttons"]]
            if len(component["buttons"]) > 2:
                raise refused("A card of a carousel has at most two buttons.")
    if not shape or not shape[0].startswith("HEADER"):
        raise refused("Every card of a carousel begins with a header.")
    return shape
