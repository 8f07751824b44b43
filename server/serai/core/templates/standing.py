"""Whether Meta lets a template go, and in which words people are told that it does not.

Source: WhatsApp Cloud API, "Template status" and "Template pausing".
"""

from datetime import datetime, timedelta

from msgspec import Struct

USABLE = frozenset({"APPROVED", "FLAGGED", "REINSTATED", "UNARCHIVED", "LOCKED"})
"""LOCKED keeps it from being edited, FLAGGED warns; both still go."""

PAUSES = {"FIRST_PAUSE": timedelta(hours=3), "SECOND_PAUSE": timedelta(hours=6)}
"""How long Meta pauses a template for its quality. Source: "Template pausing"."""

REASONS = {
    "ABUSIVE_CONTENT": "Meta finds its words abusive",
    "INVALID_FORMAT": "its form is not what Meta accepts",
    "INCORRECT_CATEGORY": "it belongs to another category",
    "PROMOTIONAL": "it promotes something, which its category forbids",
    "TAG_CONTENT_MISMATCH": "its words do not fit its category or language",
    "SCAM": "Meta takes it for a fraud",
}

WORDS = {
    "DRAFT": "The template is a draft. Submit it to Meta first.",
    "PENDING": "Meta has not approved the template yet. Choose another until then.",
    "IN_APPEAL": "Meta is looking at the template again. Choose another until then.",
    "DISABLED": "Meta disabled the template for good. Choose another one.",
    "DELETED": "The template was deleted at Meta. Choose another one.",
    "PENDING_DELETION": "The template is being deleted at Meta. Choose another one.",
    "ABSENT": "Meta has no approved template of this name and language. Choose another one.",
    "LIMIT_EXCEEDED": "The account has too many templates at Meta. Delete some, then submit it again.",
    "ARCHIVED": "Meta archived the template. Unarchive it, or choose another one.",
}
OTHER = "Meta does not allow this template now. Choose another one."


class Standing(Struct, frozen=True, kw_only=True):
    """What Meta says of a template that may not simply be sent."""

    status: str
    category: str
    reason: str | None = None
    """Meta's name for why it was rejected, or its own words."""
    paused_until: datetime | None = None

    @property
    def is_usable(self) -> bool:
        return self.status in USABLE


def words(standing: Standing) -> str:
    """Why it cannot be sent, and what to do, for people."""
    if standing.status == "PAUSED":
        return _paused(standing.paused_until)
    if standing.status == "REJECTED":
        reason = REASONS.get(standing.reason or "", standing.reason)
        because = f" because {reason}" if reason and reason != "NONE" else ""
        return f"Meta rejected the template{because}. Change it and submit it again."
    return WORDS.get(standing.status, OTHER)


def _paused(until: datetime | None) -> str:
    if until is None:
        return "Meta paused the template for its quality. Choose another one."
    moment = f"{until:%-d %B %Y, %H:%M} UTC"
    return f"Meta paused the template until {moment} for its quality. Choose another until then."
