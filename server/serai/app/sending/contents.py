"""From what a caller wants sent to the content that is sent; whatever is wrong is named."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.app.sending import files, templates
from serai.app.sending.shapes import ContentIn, TemplateIn
from serai.core.content import Reaction
from serai.core.ids import BusinessId, ChannelId, ContactId, MetaId
from serai.core.message import Content
from serai.features.inbox.api.sendable import ReactionIn, content_of
from serai.features.inbox.store.quotes import quotable
from serai.kit.db import Conn
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.meta.capabilities import KINDS, check


class Chat(Struct, frozen=True):
    """Whom a message goes to, and by which number."""

    business_id: BusinessId
    channel_id: ChannelId
    contact_id: ContactId
    kind: str
    """Of the channel."""


async def content(conn: Conn, chat: Chat, wanted: ContentIn, now: datetime) -> Content:
    """Checked and complete. Raises Invalid, NotFound and Conflict, each with its field."""
    match wanted:
        case TemplateIn():
            found: Content = await templates.filled(
                conn, chat.channel_id, chat.contact_id, wanted, now
            )
            return await files.with_ours(conn, chat.business_id, found)
        case ReactionIn():
            target = await meta_id(conn, chat, wanted.message_id, "content.message_id")
            found = Reaction(target=target, emoji=wanted.emoji or None)
        case _:
            found = content_of(wanted)
    ensure_taken(chat.kind, found)
    return await files.with_ours(conn, chat.business_id, found)


def ensure_taken(channel_kind: str, found: Content) -> None:
    """Raises Invalid, which names every field that Meta would not take."""
    problems = check(channel_kind, found)
    if problems:
        faults = [(f"content.{each.field}", each.message) for each in problems]
        field, text = faults[0]
        raise Invalid("content_not_taken", text, field, faults)


async def meta_id(conn: Conn, chat: Chat, message_id: UUID, field: str) -> MetaId:
    """By what Meta knows a message of the same chat. Raises NotFound and Conflict.

    There is one chat for a person and a channel, whatever conversations it is parted into.
    """
    found = await quotable(conn, message_id)
    if found is None:
        raise NotFound("message_not_found", "There is no such message.", field)
    if (found.channel_id, found.contact_id) != (chat.channel_id, chat.contact_id):
        raise Conflict("message_elsewhere", "That message is in another chat.", field)
    if found.meta_id is None:
        text = f"{KINDS[chat.kind].name} does not know that message yet. Try again once it is sent."
        raise Conflict("message_not_sent", text, field)
    return found.meta_id
