"""What became of messages that we sent.

Source: WhatsApp Cloud API, status webhooks: sent, delivered, read, played (voice notes), failed; in
any order, any of them more than once.
"""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from serai.core.events import Status, StatusReported
from serai.core.ids import MessageId, MetaId, Person
from serai.meta.item import UNREADABLE, Item, brief, moment


class ErrorData(Struct, frozen=True):
    details: str = ""


class Failure(Struct, frozen=True):
    code: int
    title: str = ""
    message: str = ""
    error_data: ErrorData = ErrorData()

    @property
    def words(self) -> str:
        """The most precise of Meta's words."""
        return self.error_data.details or self.title or self.message


class StatusItem(Struct, frozen=True):
    id: str
    status: str
    timestamp: str | int
    biz_opaque_callback_data: str | None = None
    recipient_id: str | None = None
    recipient_user_id: str | None = None
    """Missing where a message to a phone number failed."""
    recipient_participant_id: str | None = None
    errors: tuple[Failure, ...] = ()
    pricing: dict[str, Any] | None = None


STATUS = msgspec.json.Decoder(StatusItem)


def read_status(raw: msgspec.Raw, channel: MetaId) -> Item:
    try:
        status = STATUS.decode(raw)
        failure = status.errors[0] if status.errors else None
        event = StatusReported(
            key=f"{channel}:{status.id}:{status.status}",
            at=moment(status.timestamp),
            channel=channel,
            message=MetaId(status.id),
            message_id=_our_id(status.biz_opaque_callback_data),
            status=Status(status.status),
            code=failure.code if failure else None,
            reason=failure.words if failure else None,
            pricing=status.pricing,
            recipient=_recipient(status) if failure else None,
        )
    except UNREADABLE as error:
        return Item(problem=f"status: {brief(error)}")
    return Item(lane_key=f"{channel}:{status.id}", event=event)


def _recipient(status: StatusItem) -> Person | None:
    """The one address that it went to."""
    if status.recipient_user_id:
        return Person(user_id=status.recipient_user_id)
    return Person(phone=status.recipient_id) if status.recipient_id else None


def _our_id(callback_data: str | None) -> MessageId | None:
    """Our message id, if that is what we wrote; other programs write other things."""
    try:
        return MessageId(UUID(callback_data)) if callback_data else None
    except ValueError:
        return None
