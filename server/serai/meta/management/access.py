"""What lets us in and lets news out: apps, tokens, subscriptions; pure.

Source: Graph API, "Access tokens", "Debug token", "App subscriptions".
"""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

REFRESH_BEFORE = timedelta(days=7)
"""Of a token's end: a token of 60 days is made new on its 53rd."""
MESSAGING = "whatsapp_business_messaging"
MANAGEMENT = "whatsapp_business_management"
NEEDED = (MESSAGING, MANAGEMENT)
"""Permissions without which a number cannot be used."""
FIELDS = (
    "messages", "message_template_status_update", "message_template_quality_update",
    "message_template_components_update", "template_category_update",
    "template_correct_category_detection", "account_update",
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


class App(Struct, frozen=True):
    """What proves that we are the app."""

    id: str
    secret: str

    @property
    def token(self) -> str:
        return f"{self.id}|{self.secret}"


class Granted(Struct, frozen=True):
    scope: str
    target_ids: tuple[str, ...] = ()
    """Accounts that the permission is for; none: all that the owner has."""


class TokenFacts(Struct, frozen=True, kw_only=True):
    """What `debug_token` tells of a token."""

    is_valid: bool = False
    app_id: str | None = None
    type: str | None = None
    expires_at: int = 0
    """Seconds since 1970; 0: never."""
    scopes: tuple[str, ...] = ()
    granular_scopes: tuple[Granted, ...] = ()

    @property
    def ends_at(self) -> datetime | None:
        return datetime.fromtimestamp(self.expires_at, UTC) if self.expires_at else None

    @property
    def lacking(self) -> tuple[str, ...]:
        """Permissions that we need and the token does not have."""
        return tuple(scope for scope in NEEDED if scope not in self.scopes)

    @property
    def accounts(self) -> tuple[str, ...]:
        """WhatsApp Business Accounts that the token may touch, each once, in Meta's order."""
        of_ours = (granted for granted in self.granular_scopes if granted.scope in NEEDED)
        return tuple(dict.fromkeys(id_ for granted in of_ours for id_ in granted.target_ids))


class Token(Struct, frozen=True):
    access_token: str
    expires_in: int | None = None
    """Seconds; None: it does not say, or never expires."""


def is_due_for_renewal(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a token is in its last week, and has not ended yet."""
    return expires_at is not None and now < expires_at <= now + REFRESH_BEFORE


class Field(Struct, frozen=True):
    name: str
    version: str | None = None


class AppSubscription(Struct, frozen=True, kw_only=True):
    object: str
    callback_url: str = ""
    active: bool = True
    fields: tuple[Field, ...] = ()


def lacking(found: AppSubscription | None) -> tuple[str, ...]:
    """Fields of ours that the app does not hear of."""
    names = {field.name for field in found.fields} if found and found.active else set[str]()
    return tuple(name for name in FIELDS if name not in names)
