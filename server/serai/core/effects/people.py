"""What is kept of a person."""

from datetime import datetime
from uuid import UUID

from serai.core.effects.effect import Effect
from serai.core.ids import ChannelId, ContactId, Person


class KeepCallPermission(Effect, frozen=True, kw_only=True):
    """Whether we may call the person."""

    channel_id: ChannelId
    contact_id: ContactId
    granted: bool
    expires_at: datetime | None
    at: datetime


class MarkWelcomed(Effect, frozen=True, kw_only=True):
    contact_id: ContactId
    at: datetime


class NotePlace(Effect, frozen=True, kw_only=True):
    """The person shared where they are; the latest counts."""

    contact_id: ContactId
    latitude: float
    longitude: float
    at: datetime


class RecordConsent(Effect, frozen=True, kw_only=True):
    """They allowed or stopped messages of a purpose; kept for good, with what says so."""

    contact_id: ContactId
    purpose: str
    granted: bool
    at: datetime
    evidence: str
    """Key of the event that says so; of a message, it names the message."""
    channel_kind: str | None = None
    """None: through every channel."""
    method: str | None = None
    """None: they wrote it to us themselves."""
    actor: str | None = None
    wording: str | None = None
    note: str | None = None


class JoinContacts(Effect, frozen=True, kw_only=True):
    """All that one contact has goes to another; kept so that it can be put back."""

    merge_id: UUID
    kept_id: ContactId
    gone_id: ContactId
    by: str
    at: datetime


class PartContacts(Effect, frozen=True, kw_only=True):
    """What was joined is two contacts again."""

    merge_id: UUID
    kept_id: ContactId
    gone_id: ContactId
    at: datetime


class SuppressContact(Effect, frozen=True, kw_only=True):
    """A technical block: Meta says that this person is not to be, or cannot be, reached."""

    contact_id: ContactId
    scope: str
    """all or marketing."""
    reason: str
    since: datetime
    until: datetime | None = None
    recipient: Person | None = None
    """The address that this is true of; None: of all that they have."""
    channel_kind: str = "whatsapp"
    """Where that address is one."""


class LiftSuppression(Effect, frozen=True, kw_only=True):
    """Meta says that the person may be reached again."""

    contact_id: ContactId
    scope: str
