"""One run through the operations of Meta's OpenAPI that metasim answers.

Each step names its operation; `{name}` in a path or body is something an earlier step kept.
"""

import json
from typing import Any

import msgspec

NUMBER, WABA, APP = "770012340000022", "880", "314"
ROSA = "15551230987"
PHONE = "/{Version}/{Phone-Number-ID}"
ACCOUNT = "/{Version}/{WABA-ID}"
FLOW_JSON = json.dumps(
    {
        "version": "7.3",
        "screens": [
            {
                "id": "START",
                "title": "Hello",
                "terminal": True,
                "layout": {
                    "type": "SingleColumnLayout",
                    "children": [
                        {
                            "type": "Footer",
                            "label": "Done",
                            "on-click-action": {"name": "complete", "payload": {}},
                        }
                    ],
                },
            }
        ],
    }
)


class Step(msgspec.Struct):
    """One call, and what to keep of its answer."""

    operation: str
    path: str
    body: dict[str, Any] | None = None
    keep: dict[str, str] = {}
    """Our name to the member of the answer."""
    form: dict[str, str] = {}
    """Fields of a multipart form; `file` is sent as a file."""
    file: tuple[str, str] = ("flow.json", "application/json")
    control: tuple[str, dict[str, Any]] | None = None
    """A call of the control API that comes before."""


def number(method: str, edge: str, body: dict[str, Any] | None = None, **more: Any) -> Step:
    """A call about the number; what stands behind `?` is no part of the operation."""
    bare = edge.split("?", maxsplit=1)[0]
    return Step(f"{method} {PHONE}{bare}", f"/{NUMBER}{edge}", body, **more)


def account(method: str, edge: str, body: dict[str, Any] | None = None, **more: Any) -> Step:
    bare = edge.split("?", maxsplit=1)[0]
    return Step(f"{method} {ACCOUNT}{bare}", f"/{WABA}{edge}", body, **more)


def template(method: str, body: dict[str, Any] | None = None) -> Step:
    return Step(f"{method} /{{Version}}/{{TEMPLATE_ID}}", "/{template}", body)


def flow(method: str, edge: str = "", body: dict[str, Any] | None = None, **more: Any) -> Step:
    where = f"/{{{more.pop('of', 'flow')}}}{edge}"
    return Step(f"{method} /{{Version}}/{{Flow-ID}}{edge}", where, body, **more)


WHATSAPP = {"messaging_product": "whatsapp"}
TEXT = {"type": "text", "text": {"body": "hello"}, "number": NUMBER}
BODY = {
    "type": "BODY",
    "text": "Hi {{1}}, your parcel comes on {{2}} at last.",
    "example": {"body_text": [["Rosa", "Monday"]]},
}
DAY = {"day_of_week": "MONDAY", "open_time": "0900", "close_time": "1700"}
HOURS = {
    "status": "ENABLED",
    "timezone_id": "Europe/Berlin",
    "weekly_operating_hours": [DAY],
    "holiday_schedule": [],
}
OFFICIAL = {
    "action": "SUBMIT_APPLICATION",
    "application_data": {"business_name": "Acme", "website_url": "https://acme.example"},
}
OFFICER = {
    "name": "Ada Berg",
    "email": "ada@acme.example",
    "mobile_number": "+15557650003",
    "landline_number": "+15557650004",
}
COMPLIANCE = {
    **WHATSAPP,
    "entity_name": "Acme",
    "entity_type": "PARTNERSHIP",
    "is_registered": True,
    "grievance_officer_details": OFFICER,
    "customer_care_details": {name: text for name, text in OFFICER.items() if name != "name"},
}

MARKETING = {
    **WHATSAPP,
    "recipient_type": "individual",
    "to": f"+{ROSA}",
    "type": "template",
    "template": {"name": "offer", "language": {"code": "en_US", "policy": "deterministic"}},
}

STEPS = [
    number("GET", "", None),
    number("POST", "", {"pin": "123456"}),
    number("GET", "/settings"),
    number("POST", "/settings", {"calling": {"status": "ENABLED", "call_hours": HOURS}}),
    number("POST", "/register", {**WHATSAPP, "pin": "123456"}),
    number("GET", "/whatsapp_business_profile?fields=about,vertical,websites"),
    number(
        "POST",
        "/whatsapp_business_profile",
        {**WHATSAPP, "about": "Parcels", "vertical": "RETAIL", "websites": ["https://a.example"]},
    ),
    number("GET", "/whatsapp_business_profile?fields=id", keep={"profile": "data"}),
    Step("GET /{Version}/{WhatsApp-Business-Profile-ID}", "/{profile}"),
    Step(
        "POST /{Version}/{WhatsApp-Business-Profile-ID}",
        "/{profile}",
        {**WHATSAPP, "about": "More parcels"},
    ),
    number("GET", "/whatsapp_commerce_settings"),
    number("POST", "/whatsapp_commerce_settings?is_cart_enabled=true"),
    number(
        "POST",
        "/message_qrdls",
        {"prefilled_message": "Hello", "generate_qr_image": "SVG"},
        keep={"code": "code"},
    ),
    number("GET", "/message_qrdls"),
    Step(f"GET {PHONE}/message_qrdls/{{QR-Code-ID}}", f"/{NUMBER}/message_qrdls/{{code}}"),
    Step(f"DELETE {PHONE}/message_qrdls/{{QR-Code-ID}}", f"/{NUMBER}/message_qrdls/{{code}}"),
    number(
        "POST",
        "/block_users",
        {**WHATSAPP, "block_users": [{"user": f"+{ROSA}"}]},
        control=(f"/people/{ROSA}/messages", TEXT),
    ),
    number("GET", "/block_users"),
    number("DELETE", "/block_users", {**WHATSAPP, "block_users": [{"user": f"+{ROSA}"}]}),
    number(
        "POST",
        "/conversational_automation",
        {
            "enable_welcome_message": True,
            "prompts": ["Open today?"],
            "commands": [{"command_name": "order", "command_description": "Order something"}],
        },
    ),
    number("GET", "/official_business_account"),
    number("POST", "/official_business_account", OFFICIAL),
    number("POST", "/business_compliance_info", COMPLIANCE),
    number("GET", "/business_compliance_info"),
    number("POST", "/whatsapp_business_encryption", {"business_public_key": "{pem}"}),
    number("GET", "/whatsapp_business_encryption"),
    number(
        "POST",
        "/messages",
        {**WHATSAPP, "to": f"+{ROSA}", "type": "text", "text": {"body": "hello"}},
    ),
    number("POST", "/marketing_messages", MARKETING),
    number(
        "POST",
        "/media",
        keep={"media": "id"},
        form={**WHATSAPP, "type": "text/plain", "file": "a few words"},
        file=("words.txt", "text/plain"),
    ),
    Step("GET /{Version}/{Media-ID}", "/{media}", keep={"url": "url"}),
    Step("GET /{Version}/{Media-URL}", "{url}"),
    Step("DELETE /{Version}/{Media-ID}", "/{media}"),
    account(
        "POST",
        "/phone_numbers",
        {"country_code": "1", "phone_number": "5557650009", "verified_name": "Acme Two"},
        keep={"new_number": "id"},
    ),
    account("GET", "/phone_numbers"),
    Step(
        f"POST {PHONE}/request_code",
        "/{new_number}/request_code",
        {"code_method": "SMS", "language": "en_US"},
    ),
    Step(f"POST {PHONE}/verify_code", "/{new_number}/verify_code", {"code": "{sms}"}),
    number("POST", "/deregister"),
    account("GET", ""),
    account("POST", "", {"is_enabled_for_insights": True}),
    account("GET", "/subscribed_apps"),
    account("POST", "/subscribed_apps"),
    account("DELETE", "/subscribed_apps"),
    account(
        "POST",
        "/message_templates",
        {"name": "parcel", "language": "en_US", "category": "UTILITY", "components": [BODY]},
        keep={"template": "id"},
    ),
    account("GET", "/message_templates"),
    template("GET"),
    Step(
        "POST /{Version}/{TEMPLATE_ID}",
        "/{template}",
        {"components": [{"type": "BODY", "text": "Your parcel waits for you."}]},
        control=("/templates/{template}/approve", {}),
    ),
    account("DELETE", "/message_templates?name=parcel"),
    account(
        "POST",
        "/flows",
        keep={"flow": "id"},
        form={"name": "Hello", "categories": '["SURVEY"]'},
    ),
    account("GET", "/flows"),
    flow("GET"),
    flow("POST", "", form={"name": "Hello again", "categories": '["OTHER"]'}),
    flow(
        "POST",
        "/assets",
        form={"name": "flow.json", "asset_type": "FLOW_JSON", "file": FLOW_JSON},
    ),
    flow("GET", "/assets"),
    flow("POST", "/publish"),
    flow("POST", "/deprecate"),
    account("POST", "/flows", keep={"draft": "id"}, form={"name": "D", "categories": "OTHER"}),
    flow("DELETE", of="draft"),
    account("POST", "/migrate_flows", form={"source_waba_id": "881"}),
    Step("GET /{Version}/{Business-ID}", "/920?fields=name"),
    Step(
        "GET /{Version}/{Business-ID}/owned_whatsapp_business_accounts",
        "/920/owned_whatsapp_business_accounts",
    ),
    Step(
        "GET /{Version}/{Business-ID}/client_whatsapp_business_accounts",
        "/920/client_whatsapp_business_accounts",
    ),
    Step(
        "POST /{Version}/{WhatsApp-Business-Account-ID}/assigned_users",
        f"/{WABA}/assigned_users",
        {"user": "555", "tasks": ["MANAGE"]},
    ),
    Step(
        "GET /{Version}/{WhatsApp-Business-Account-ID}/assigned_users",
        f"/{WABA}/assigned_users",
    ),
    Step(
        "DELETE /{Version}/{WhatsApp-Business-Account-ID}/assigned_users",
        f"/{WABA}/assigned_users",
        {"user": "555"},
    ),
]
