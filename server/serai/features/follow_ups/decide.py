"""What a follow-up says when its time comes: the template outside a service window if there is one,
else what was written, which policy then lets through or refuses where everybody sees it.
"""

from datetime import datetime

from serai.core.events import MessageAsked
from serai.core.message import Author, Content, Purpose
from serai.core.rules import MARGIN
from serai.core.template import TemplateRef
from serai.features.follow_ups.model import Due, Ended


def ended(due: Due) -> Ended:
    if due.is_answered:
        return Ended(due.id, "cancelled", "answered")
    return Ended(due.id, "done", "due")


def asked(due: Due, now: datetime) -> MessageAsked | None:
    """The message that is to be sent, if any; the same follow-up is always the same message."""
    if due.is_answered:
        return None
    said = content(due, now)
    is_marketing = isinstance(said, TemplateRef) and said.category == "MARKETING"
    return MessageAsked(
        key=f"follow_up:{due.id}",
        at=now,
        business_id=due.business_id,
        conversation_id=due.conversation_id,
        contact_id=due.contact_id,
        channel=due.channel,
        content=said,
        purpose=Purpose.MARKETING if is_marketing else Purpose.SERVICE,
        author=Author.AGENT,
        by=due.asked_by,
    )


def content(due: Due, now: datetime) -> Content:
    """What was written wherever it may go, for it was written for this person."""
    if due.content is not None and (due.template is None or is_open(due.window_closes_at, now)):
        return due.content
    assert due.template is not None  # noqa: S101 — the table holds one or the other
    return due.template


def is_open(closes_at: datetime | None, at: datetime) -> bool:
    """Whether a service window that closes then lets anything through at a time."""
    return closes_at is not None and closes_at - at >= MARGIN
