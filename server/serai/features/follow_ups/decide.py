"""What a follow-up says when its time comes: nothing to someone who has written, free text inside
the service window, the template outside.
"""

from datetime import datetime

from serai.core.content import Text
from serai.core.events import MessageAsked
from serai.core.message import Author, Content, Purpose
from serai.core.policy import MARGIN
from serai.core.template import TemplateRef
from serai.features.follow_ups.model import Due, Ended


def ended(due: Due, now: datetime) -> Ended:
    if due.is_answered:
        return Ended(due.id, "cancelled", "answered")
    if content(due, now) is None:
        return Ended(due.id, "cancelled", "window_closed")
    return Ended(due.id, "done", "due")


def asked(due: Due, now: datetime) -> MessageAsked | None:
    """The message that is to be sent, if any; the same follow-up is always the same message."""
    said = content(due, now)
    if due.is_answered or said is None:
        return None
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


def content(due: Due, now: datetime) -> Content | None:
    """Free text wherever it may go, for it was written for this person."""
    closes_at = due.window_closes_at
    if due.text is not None and closes_at is not None and closes_at - now >= MARGIN:
        return Text(due.text)
    return due.template
