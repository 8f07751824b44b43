"""The map of the house: who has a say about an event, and who writes each effect."""

from collections.abc import Mapping, Sequence

from serai.core.effects import (
    AddLine,
    AddMessageEvent,
    AssignConversation,
    DeferSend,
    Effect,
    FetchFile,
    FinishSend,
    ForgetUpload,
    JoinContacts,
    KeepCallPermission,
    LiftSuppression,
    MarkWelcomed,
    NoteActivity,
    NoteChannel,
    NotePlace,
    OpenConversation,
    OpenWindow,
    PartContacts,
    PauseChannel,
    PostNotice,
    React,
    RecordCharge,
    RecordConsent,
    RecordMessage,
    RecordResponse,
    RefreshTemplates,
    RefuseMessage,
    RestrictChannel,
    ResumeChannel,
    ReviseMessage,
    SendMessage,
    SnoozeConversation,
    SuppressContact,
    TagConversation,
    UndoMessage,
    UpdateTemplate,
    WatchUnknown,
    WriteNote,
)
from serai.core.events import MessageReceived
from serai.engine import due, outbox
from serai.engine.wiring import Decider, Wiring, Writer, nothing
from serai.features.automation import decide as automation
from serai.features.automation import store as automation_store
from serai.features.channels.decide import account as channels
from serai.features.channels.store import facts as channels_store
from serai.features.contacts import decide as contacts
from serai.features.contacts.store import addresses, meet, merges, states
from serai.features.contacts.store import write as contacts_store
from serai.features.follow_ups import store as follow_ups
from serai.features.inbox import decide as inbox
from serai.features.inbox.store import merges as inbox_merges
from serai.features.inbox.store import undoing, whose
from serai.features.inbox.store import write as inbox_store
from serai.features.media import decide as media
from serai.features.media.store import incoming as incoming_files
from serai.features.media.store import outgoing as outgoing_files
from serai.features.reports.store import write as reports_store
from serai.features.teamwork import decide as teamwork
from serai.features.teamwork.store import lines as teamwork_store
from serai.features.templates import decide as templates
from serai.features.templates.store import write as templates_store
from serai.kit.db import Conn
from serai.kit.secrets import BlindIndex, KeyRing, Vault
from serai.kit.settings import Settings


def vault_of(settings: Settings) -> Vault:
    """The keys of this installation. Raises BadKey."""
    return Vault(KeyRing.parse(settings.keys), BlindIndex.parse(settings.index_key))


async def queue(conn: Conn, effects: Sequence[SendMessage]) -> None:
    """The message that people see, the parcel, and the files that must be at Meta before it goes."""
    await inbox_store.queue(conn, effects)
    await outgoing_files.need(conn, effects)


async def join(conn: Conn, vault: Vault, effects: Sequence[JoinContacts]) -> None:
    """What was said, what waits, and who they are, from one contact to the other."""
    await inbox_merges.join(conn, effects)
    await outbox.hand_over(conn, effects)
    await follow_ups.hand_over(conn, effects)
    await merges.join(conn, vault, effects)


async def part(conn: Conn, vault: Vault, effects: Sequence[PartContacts]) -> None:
    """Who they are, and what was said."""
    await merges.part(conn, vault, effects)
    await inbox_merges.part(conn, effects)


async def undo(conn: Conn, effects: Sequence[UndoMessage]) -> None:
    """Nothing was said, and whoever waited waits on."""
    await undoing.undo(conn, effects)
    await teamwork_store.forget(conn, effects)
    await reports_store.forget(conn, effects)


WRITERS: Mapping[type[Effect], Writer] = {
    OpenConversation: inbox_store.open_conversations,
    RecordMessage: inbox_store.record,
    ReviseMessage: inbox_store.revise,
    React: inbox_store.react,
    KeepCallPermission: inbox_store.keep_permissions,
    FetchFile: incoming_files.wait,
    OpenWindow: inbox_store.open_windows,
    MarkWelcomed: contacts_store.mark_welcomed,
    RecordConsent: contacts_store.record_consent,
    NotePlace: contacts_store.note_places,
    UpdateTemplate: templates_store.update,
    RefreshTemplates: templates_store.refresh,
    PauseChannel: channels_store.pause,
    ResumeChannel: channels_store.resume,
    RestrictChannel: channels_store.restrict,
    NoteChannel: channels_store.note,
    PostNotice: channels_store.post,
    SendMessage: queue,
    RefuseMessage: inbox_store.refuse,
    UndoMessage: undo,
    RecordResponse: reports_store.record,
    AddMessageEvent: inbox_store.add_events,
    RecordCharge: inbox_store.charge,
    FinishSend: outbox.finish,
    ForgetUpload: outgoing_files.forget,
    DeferSend: outbox.defer,
    WatchUnknown: due.watch,
    NoteActivity: inbox_store.note,
    AssignConversation: whose.assign,
    SnoozeConversation: whose.snooze,
    TagConversation: teamwork_store.tag,
    WriteNote: teamwork_store.write_notes,
    AddLine: teamwork_store.add,
}
"""One for each kind of effect, in the order in which they write."""


def wired(vault: Vault) -> Wiring:
    return Wiring(
        vault=vault,
        meet=meet.meet,
        look=states.look,
        find_addresses=addresses.find,
        find_files=outgoing_files.at_meta,
        deciders=(
            Decider(nothing, teamwork.decide),  # whose it is, and what is told of it
            Decider(nothing, inbox.decide),  # keep what was said, follow what was sent
            Decider(nothing, media.decide),  # fetch what came with it
            Decider(nothing, contacts.decide),  # consent
            Decider(nothing, templates.decide),  # what Meta says about templates
            Decider(nothing, channels.decide),  # what Meta says about numbers and accounts
            Decider(
                automation_store.enabled, automation.decide, MessageReceived
            ),  # at most one answer
        ),
        writers={
            **WRITERS,
            SuppressContact: lambda conn, effects: contacts_store.suppress(conn, vault, effects),
            LiftSuppression: contacts_store.lift_suppressions,
            JoinContacts: lambda conn, effects: join(conn, vault, effects),
            PartContacts: lambda conn, effects: part(conn, vault, effects),
        },
    )


REPLAY_WIPES = (
    reports_store.wipe,
    teamwork_store.wipe,
    inbox_store.wipe,
    contacts_store.forget_welcomes,
)
"""What a replay of the event log builds anew."""
