"""What Meta tells of accounts and numbers."""

from datetime import datetime

import msgspec

from serai.core.events.event import Event
from serai.core.template import TemplateTexts


class AccountEvent(Event, frozen=True, kw_only=True):
    """Something about an account or a number rather than a person; the base of such events."""

    account: str
    """WhatsApp Business Account."""
    display_phone_number: str | None = None
    """Digits, when it is about one number."""


class AccountReported(AccountEvent, frozen=True, kw_only=True):
    """What no other event stands for; kept, and shown to the owner."""

    field: str
    value: dict[str, object] = msgspec.field(default_factory=dict)


class LimitReported(AccountEvent, frozen=True, kw_only=True):
    """How many people the portfolio may write to first, in 24 hours."""

    limit: int
    """2147483647: as many as it likes."""


class PaceReported(AccountEvent, frozen=True, kw_only=True):
    """How fast a number may send now."""

    messages_per_second: int
    limit: int | None = None
    """People that the portfolio may write to first, if that was told as well."""


class QualityReported(AccountEvent, frozen=True, kw_only=True):
    """How people took what a number sent: GREEN, YELLOW, RED or UNKNOWN."""

    rating: str


class NameReviewed(AccountEvent, frozen=True, kw_only=True):
    """Meta decided about a display name."""

    decision: str
    """APPROVED, DECLINED, DEFERRED and so on."""
    name: str
    reason: str = ""


class SecurityReported(AccountEvent, frozen=True, kw_only=True):
    """Someone changed, or wants to change, a number's two-step PIN."""

    what: str


class AlertReported(AccountEvent, frozen=True, kw_only=True):
    """Meta warns the owner."""

    severity: str
    """CRITICAL, WARNING or INFORMATIONAL."""
    is_active: bool
    kind: str
    words: str = ""


class AccountRestricted(AccountEvent, frozen=True, kw_only=True):
    """Meta takes no messages of these kinds for a while."""

    kinds: dict[str, datetime | None]
    """Our names, and Meta's where we have none, each with its end if that is known."""


class AccountBanned(AccountEvent, frozen=True, kw_only=True):
    """The account is disabled, will be, or is no longer."""

    stage: str
    """disabled, scheduled or reinstated."""
    on: str = ""
    """Meta's prose for the day."""


class AccountViolated(AccountEvent, frozen=True, kw_only=True):
    violation: str


class AccountReviewed(AccountEvent, frozen=True, kw_only=True):
    """APPROVED, REJECTED, PENDING or DEFERRED."""

    decision: str


class AccountLeft(AccountEvent, frozen=True, kw_only=True):
    """The account was deleted, or is not shared with our app any more."""

    how: str
    """Meta's name for it."""


class AccountReturned(AccountEvent, frozen=True, kw_only=True):
    """The account is shared with our app, perhaps again."""


class UsernameReported(AccountEvent, frozen=True, kw_only=True):
    username: str
    status: str
    """approved, reserved or deleted."""


class TemplateReported(AccountEvent, frozen=True, kw_only=True):
    """Meta decided something about a template; what is None was not said."""

    template: str
    name: str
    language: str
    status: str | None = None
    reason: str | None = None
    paused_until: datetime | None = None
    quality: str | None = None
    previous_category: str | None = None
    category: str | None = None
    correct_category: str | None = None
    texts: TemplateTexts | None = None
