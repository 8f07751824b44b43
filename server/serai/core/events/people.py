"""What people do on a channel, and what someone of ours finds out about them."""

from uuid import UUID

from serai.core.content import Call, Context, Referral
from serai.core.events.event import Event
from serai.core.ids import BusinessId, ContactId, MetaId, Person
from serai.core.message import Content


class PersonEvent(Event, frozen=True, kw_only=True):
    """Something between a person and one of our numbers; the base of those below."""

    channel: MetaId
    person: Person


class MessageReceived(PersonEvent, frozen=True, kw_only=True):
    """A person wrote to one of our numbers."""

    message: MetaId
    content: Content
    context: Context | None = None
    referral: Referral | None = None
    standby: bool = False
    """Another program owns the conversation: kept, but nothing of ours answers."""


class EchoReceived(PersonEvent, frozen=True, kw_only=True):
    """Someone of ours wrote to the person from WhatsApp's own app."""

    message: MetaId
    content: Content
    context: Context | None = None


class PastReceived(PersonEvent, frozen=True, kw_only=True):
    """A message from before the number was connected, from the phone app's history."""

    message: MetaId
    content: Content
    context: Context | None = None
    by_us: bool = False
    status: str | None = None
    """sent, delivered, read or failed, of a message of ours."""


class ContactSynced(PersonEvent, frozen=True, kw_only=True):
    """The phone app's address book knows this person; the name is in `person`."""


class MessageEdited(PersonEvent, frozen=True, kw_only=True):
    """Whoever wrote a message changed it."""

    target: MetaId
    content: Content


class MessageRevoked(PersonEvent, frozen=True, kw_only=True):
    """Whoever wrote a message took it back."""

    target: MetaId


class Reacted(PersonEvent, frozen=True, kw_only=True):
    """A reaction was set, changed or, with no emoji, taken back."""

    target: MetaId
    emoji: str | None = None
    by_us: bool = False


class IdentityChanged(PersonEvent, frozen=True, kw_only=True):
    """A person is known by something else now, or WhatsApp tells something else about who they are;
    `person` is who they were.
    """

    message: MetaId
    kind: str
    """Meta's name, such as user_changed_number."""
    now_known_by: Person
    body: str = ""


class PreferenceReported(PersonEvent, frozen=True, kw_only=True):
    """A person told WhatsApp what they want from us.

    Source: WhatsApp Cloud API, `user_preferences` webhook.
    """

    value: str
    """stop, resume or signup."""
    category: str = "marketing_messages"


class CallReported(PersonEvent, frozen=True, kw_only=True):
    """A voice call began, or ended."""

    message: MetaId
    """The call's id."""
    call: Call


class ContactEvent(Event, frozen=True, kw_only=True):
    """Something that someone of ours found out about a person; the base of those below."""

    business_id: BusinessId
    contact_id: ContactId
    by: str
    """Who says so, as others see them."""


class ConsentStated(ContactEvent, frozen=True, kw_only=True):
    """A person allowed or stopped messages of a purpose, and told someone of ours."""

    purpose: str
    granted: bool
    method: str
    """How they said it: form, spoken, paper or imported."""
    channel_kind: str | None = None
    """None: through every channel."""
    wording: str | None = None
    """What they were asked, and in which version."""
    note: str | None = None


class ContactsMerged(ContactEvent, frozen=True, kw_only=True):
    """Two contacts turned out to be one person."""

    gone_id: ContactId
    """Stands for nobody any more; all of it goes to `contact_id`."""


class MergeUndone(ContactEvent, frozen=True, kw_only=True):
    """They were two people after all."""

    gone_id: ContactId
    merge_id: UUID
