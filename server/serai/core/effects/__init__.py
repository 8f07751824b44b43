"""What shall be done about it. Imperative; an effect is data until `engine.commit` writes it."""

from typing import TypeAlias

from serai.core.effects.channels import (
    NoteChannel,
    PauseChannel,
    PostNotice,
    RefreshTemplates,
    RestrictChannel,
    ResumeChannel,
    UpdateTemplate,
)
from serai.core.effects.conversations import (
    AddLine,
    AssignConversation,
    NoteActivity,
    OpenConversation,
    OpenWindow,
    RecordResponse,
    SnoozeConversation,
    TagConversation,
    WriteNote,
)
from serai.core.effects.effect import Effect
from serai.core.effects.messages import (
    AddMessageEvent,
    FetchFile,
    React,
    RecordCharge,
    RecordMessage,
    ReviseMessage,
)
from serai.core.effects.people import (
    JoinContacts,
    KeepCallPermission,
    LiftSuppression,
    MarkWelcomed,
    NotePlace,
    PartContacts,
    RecordConsent,
    SuppressContact,
)
from serai.core.effects.sending import (
    DeferSend,
    FinishSend,
    ForgetUpload,
    RefuseMessage,
    SendMessage,
    UndoMessage,
    WatchUnknown,
)

AnyEffect: TypeAlias = (
    OpenConversation
    | RecordMessage
    | ReviseMessage
    | React
    | KeepCallPermission
    | FetchFile
    | ForgetUpload
    | OpenWindow
    | SendMessage
    | RefuseMessage
    | UndoMessage
    | RecordResponse
    | AddMessageEvent
    | FinishSend
    | DeferSend
    | RecordCharge
    | WatchUnknown
    | NoteActivity
    | MarkWelcomed
    | NotePlace
    | RecordConsent
    | JoinContacts
    | PartContacts
    | SuppressContact
    | LiftSuppression
    | UpdateTemplate
    | RefreshTemplates
    | PauseChannel
    | ResumeChannel
    | RestrictChannel
    | NoteChannel
    | PostNotice
    | AddLine
    | AssignConversation
    | SnoozeConversation
    | TagConversation
    | WriteNote
)

__all__ = [
    "AddLine",
    "AddMessageEvent",
    "AnyEffect",
    "AssignConversation",
    "DeferSend",
    "Effect",
    "FetchFile",
    "FinishSend",
    "ForgetUpload",
    "JoinContacts",
    "KeepCallPermission",
    "LiftSuppression",
    "MarkWelcomed",
    "NoteActivity",
    "NoteChannel",
    "NotePlace",
    "OpenConversation",
    "OpenWindow",
    "PartContacts",
    "PauseChannel",
    "PostNotice",
    "React",
    "RecordCharge",
    "RecordConsent",
    "RecordMessage",
    "RecordResponse",
    "RefreshTemplates",
    "RefuseMessage",
    "RestrictChannel",
    "ResumeChannel",
    "ReviseMessage",
    "SendMessage",
    "SnoozeConversation",
    "SuppressContact",
    "TagConversation",
    "UndoMessage",
    "UpdateTemplate",
    "WatchUnknown",
    "WriteNote",
]
