"""Which webhooks Meta sends the app, and where to.

Source: Graph API, "App subscriptions"; WhatsApp Cloud API, "Webhooks": the app's own callback and
fields, and each account's `subscribed_apps`; both are needed before anything arrives.
"""

from collections.abc import Sequence

from msgspec import Struct

from serai.meta.client import Graph
from serai.meta.management.answers import rows_of
from serai.meta.management.tokens import App
from serai.meta.request import Call

OBJECT = "whatsapp_business_account"
FIELDS = (
    "messages", "message_template_status_update", "message_template_quality_update",
    "message_template_components_update", "template_category_update", "account_update",
    "account_review_update", "account_alerts", "account_settings_update",
    "business_capability_update", "business_username_updates", "phone_number_name_update",
    "phone_number_quality_update", "security", "payment_configuration_update", "user_preferences",
    "calls", "flows", "history", "smb_app_state_sync", "smb_message_echoes",
    "messaging_handovers", "standby", "group_lifecycle_update", "group_participants_update",
    "group_settings_update", "group_status_update",
)  # fmt: skip
"""All that we read."""
INDISPENSABLE = ("messages", "account_update", "message_template_status_update")
"""Without these something would go wrong unseen; the others are a loss of news."""


class Field(Struct, frozen=True):
    name: str
    version: str | None = None


class Subscription(Struct, frozen=True, kw_only=True):
    object: str
    callback_url: str = ""
    active: bool = True
    fields: tuple[Field, ...] = ()


async def subscription(graph: Graph, app: App) -> Subscription | None:
    """The app's own for WhatsApp; None when there is none."""
    call = Call(path=f"{app.id}/subscriptions")
    found = await rows_of(graph, app.token, call, Subscription)
    return next((each for each in found if each.object == OBJECT), None)


async def subscribe(
    graph: Graph, app: App, callback_url: str, verify_token: str, fields: Sequence[str]
) -> None:
    """Set callback and fields; Meta asks the callback for the verify token before it answers."""
    body = {
        "object": OBJECT,
        "callback_url": callback_url,
        "verify_token": verify_token,
        "fields": ",".join(fields),
    }
    await graph.call(Call(method="POST", path=f"{app.id}/subscriptions", body=body), app.token)


def lacking(found: Subscription | None) -> tuple[str, ...]:
    """Fields of ours that the app does not hear of."""
    names = {field.name for field in found.fields} if found and found.active else set[str]()
    return tuple(name for name in FIELDS if name not in names)
