"""News about accounts, numbers and templates: one change with its time.

Source: WhatsApp Cloud API reference, 4.4 "Envelope", 4.7 "Templates", 4.8 "Account, business,
number".
"""

from metasim.ids import media_like
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.webhooks.dispatch import dispatch
from metasim.webhooks.wire import Update, encoded
from metasim.world import Number, Template

FIELDS = (
    "account_alerts", "account_review_update", "account_settings_update", "account_update",
    "automatic_events", "business_capability_update", "business_status_update",
    "business_username_updates", "calls", "flows", "group_lifecycle_update",
    "group_participants_update", "group_settings_update", "group_status_update", "history",
    "message_echoes", "message_template_components_update", "message_template_quality_update",
    "message_template_status_update", "messages", "messaging_handovers", "partner_solutions",
    "payment_configuration_update", "phone_number_name_update", "phone_number_quality_update",
    "security", "smb_app_state_sync", "smb_message_echoes", "standby", "template_category_update",
    "template_correct_category_detection", "tracking_events", "user_preferences",
)  # fmt: skip
"""Source: 4.9 "Subscribable fields seen live"."""


def tell(sim: Sim, waba_id: str, field: str, value: Json, entry_id: str | None = None) -> int:
    """Send this change to every app that subscribed the field; returns how many get it.

    `entry_id` replaces the account's id where Meta puts the partner's business there. Source: 4.4.
    """
    update = Update(
        waba=entry_id or waba_id,
        number="",
        person=waba_id,
        kind=field,
        metadata=b"",
        contact=b"",
        body=b"",
        message_id="",
        field=field,
        value=encoded(value),
        time=int(sim.clock.now()),
    )
    listeners = sim.account_listeners(waba_id, field)
    dispatch(sim, [(app, update) for app in listeners], ())
    return len(listeners)


def tell_of_template(sim: Sim, template: Template, field: str, value: Json) -> None:
    """The same about a template, whose id is a JSON integer here. Source: 1.1 "Ids"."""
    number = template.id if template.id.isdecimal() else media_like(template.id)
    about = {
        "message_template_id": int(number),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
    event = {"event": value["event"]} if "event" in value else {}
    tell(sim, template.waba_id, field, {**event, **about, **value})


def tell_of_number(sim: Sim, number: Number, field: str, value: Json) -> None:
    """The same about a number, which is named by its digits. Source: 4.8."""
    tell(sim, number.waba_id, field, {"display_phone_number": number.digits, **value})
