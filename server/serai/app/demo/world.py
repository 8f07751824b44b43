"""The demo's world: what the pretend Meta knows, and the same as Serai connects it.

Every id, number and person is invented; 555 numbers belong to nobody.
"""

from typing import Any, NamedTuple

from serai.app import packs
from serai.app.packs import Pack
from serai.meta.management.access import FIELDS

APP = "314000000000777"
APP_SECRET = "demo-app-secret"  # noqa: S105 — of a pretend app on this machine
VERIFY_TOKEN = "demo-verify-token"  # noqa: S105 — the same
PORTFOLIO = "920000000000333"
ORGANIZATION = "Serai Demo Company"


class Number(NamedTuple):
    """One business's WhatsApp number at the pretend Meta."""

    pack: str
    account: str
    id: str
    display: str
    token: str
    address: str
    website: str


NUMBERS = (
    Number("school-catering", "880012340000001", "770012340000001", "+1 212-555-0101", "demo-token-1",
           "14 Orchard Street, New York", "https://catering.example"),
    Number("hawana-cafe", "880012340000002", "770012340000002", "+1 212-555-0102", "demo-token-2",
           "Al Wasl Road 120, Dubai", "https://hawana.example"),
    Number("portfolio-management", "880012340000003", "770012340000003", "+1 212-555-0103", "demo-token-3",
           "8 Cheapside, London", "https://portfolio.example"),
    Number("home-goods", "880012340000004", "770012340000004", "+1 212-555-0104", "demo-token-4",
           "Mombasa Road 31, Nairobi", "https://dar.example"),
)  # fmt: skip

PEOPLE = (
    {"phone": "12125550141", "name": "Amal Haddad"},
    {"phone": "12125550142", "name": "Ben Okoro"},
    {"phone": "12125550143", "name": "Carla Ruiz", "username": "carlaruiz", "shows_phone": False},
)


def world(callback_url: str) -> dict[str, Any]:
    """Everything that the pretend Meta has to know."""
    by_key = {pack.key: pack for pack in packs.shipped()}
    return {
        "portfolios": [
            {"id": PORTFOLIO, "name": ORGANIZATION, "messaging_limit": "TIER_UNLIMITED"}
        ],
        "apps": [
            {
                "id": APP,
                "name": "Serai",
                "secrets": [APP_SECRET],
                "verify_token": VERIFY_TOKEN,
                "callback_url": callback_url,
                "webhook_version": "v25.0",
                "fields": list(FIELDS),
            }
        ],
        "wabas": [_account(number) for number in NUMBERS],
        "numbers": [_number(number, by_key[number.pack]) for number in NUMBERS],
        "tokens": [_token(number) for number in NUMBERS],
        "templates": [
            _template(number, by_key[number.pack], position)
            for number in NUMBERS
            for position in range(len(by_key[number.pack].templates))
        ],
        "people": [dict(person) for person in PEOPLE],
    }


def _account(number: Number) -> dict[str, Any]:
    return {
        "id": number.account,
        "portfolio_id": PORTFOLIO,
        "name": number.pack,
        "currency": "USD",
        "timezone_id": "1",
        "subscribed_apps": [APP],
    }


def _number(number: Number, pack: Pack) -> dict[str, Any]:
    return {
        "id": number.id,
        "waba_id": number.account,
        "display_phone_number": number.display,
        "verified_name": pack.business.name,
        "quality_rating": "GREEN",
        "status": "CONNECTED",
        "messages_per_second": 80,
    }


def _token(number: Number) -> dict[str, Any]:
    scopes = ["whatsapp_business_messaging", "whatsapp_business_management"]
    return {
        "token": number.token,
        "app_id": APP,
        "waba_ids": [number.account],
        "scopes": scopes,
        "expires_at": None,
    }


def _template(number: Number, pack: Pack, position: int) -> dict[str, Any]:
    template = pack.templates[position]
    body: dict[str, Any] = {"type": "BODY", "text": template.body}
    if template.samples:
        body["example"] = {"body_text": [list(template.samples)]}
    header = (
        [{"type": "HEADER", "format": "TEXT", "text": template.header}] if template.header else []
    )
    return {
        "id": f"99{number.account[-4:]}{position:06d}",
        "waba_id": number.account,
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "status": "APPROVED",
        "parameter_format": "POSITIONAL",
        "components": [*header, body],
    }
