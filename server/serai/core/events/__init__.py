"""What happened. Past tense; an event is never changed after it is read.

Every event has a `key` that names the fact, so that a fact told twice is handled once.
"""

from typing import TypeAlias

from serai.core.events.accounts import (
    AccountBanned,
    AccountEvent,
    AccountLeft,
    AccountReported,
    AccountRestricted,
    AccountReturned,
    AccountReviewed,
    AccountViolated,
    AlertReported,
    LimitReported,
    NameReviewed,
    PaceReported,
    QualityReported,
    SecurityReported,
    TemplateReported,
    UsernameReported,
)
from serai.core.events.conversations import (
    ConversationAssigned,
    ConversationEvent,
    ConversationHanded,
    ConversationMarked,
    ConversationSnoozed,
    ConversationTagged,
    ConversationWoken,
    NoteWritten,
)
from serai.core.events.event import Event
from serai.core.events.people import (
    CallReported,
    ConsentStated,
    ContactEvent,
    ContactsMerged,
    ContactSynced,
    EchoReceived,
    IdentityChanged,
    MergeUndone,
    MessageEdited,
    MessageReceived,
    MessageRevoked,
    PastReceived,
    PersonEvent,
    PreferenceReported,
    Reacted,
)
from serai.core.events.sending import (
    Carried,
    FileSettled,
    FilesLost,
    MessageAccepted,
    MessageAsked,
    MessageFailed,
    MessageRefused,
    MessageUndone,
    MessageUnknown,
    Refusal,
    SendingStopped,
    Status,
    StatusReported,
    UnknownFlagged,
)

AnyEvent: TypeAlias = (
    MessageReceived
    | EchoReceived
    | PastReceived
    | ContactSynced
    | MessageEdited
    | MessageRevoked
    | Reacted
    | IdentityChanged
    | PreferenceReported
    | CallReported
    | ConsentStated
    | ContactsMerged
    | MergeUndone
    | AccountReported
    | LimitReported
    | PaceReported
    | QualityReported
    | NameReviewed
    | SecurityReported
    | AlertReported
    | AccountRestricted
    | AccountBanned
    | AccountViolated
    | AccountReviewed
    | AccountLeft
    | AccountReturned
    | UsernameReported
    | TemplateReported
    | StatusReported
    | MessageAsked
    | MessageAccepted
    | MessageRefused
    | MessageFailed
    | SendingStopped
    | MessageUnknown
    | UnknownFlagged
    | MessageUndone
    | FilesLost
    | FileSettled
    | ConversationMarked
    | ConversationAssigned
    | ConversationHanded
    | ConversationSnoozed
    | ConversationTagged
    | ConversationWoken
    | NoteWritten
)

__all__ = [
    "AccountBanned",
    "AccountEvent",
    "AccountLeft",
    "AccountReported",
    "AccountRestricted",
    "AccountReturned",
    "AccountReviewed",
    "AccountViolated",
    "AlertReported",
    "AnyEvent",
    "CallReported",
    "Carried",
    "ConsentStated",
    "ContactEvent",
    "ContactSynced",
    "ContactsMerged",
    "ConversationAssigned",
    "ConversationEvent",
    "ConversationHanded",
    "ConversationMarked",
    "ConversationSnoozed",
    "ConversationTagged",
    "ConversationWoken",
    "EchoReceived",
    "Event",
    "FileSettled",
    "FilesLost",
    "IdentityChanged",
    "LimitReported",
    "MergeUndone",
    "MessageAccepted",
    "MessageAsked",
    "MessageEdited",
    "MessageFailed",
    "MessageReceived",
    "MessageRefused",
    "MessageRevoked",
    "MessageUndone",
    "MessageUnknown",
    "NameReviewed",
    "NoteWritten",
    "PaceReported",
    "PastReceived",
    "PersonEvent",
    "PreferenceReported",
    "QualityReported",
    "Reacted",
    "Refusal",
    "SecurityReported",
    "SendingStopped",
    "Status",
    "StatusReported",
    "TemplateReported",
    "UnknownFlagged",
    "UsernameReported",
]
