"""/contacts/{id}/merges: two records that are one person."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.events import ContactsMerged, MergeUndone
from serai.core.ids import BusinessId, ContactId
from serai.core.permissions import Permission
from serai.engine.handle import handle
from serai.features.contacts.api import shapes
from serai.features.contacts.api.routes import WRITING, get_contact, standing
from serai.features.contacts.api.shapes import Contact
from serai.features.contacts.decide.likeness import Reason
from serai.features.contacts.store import alike, merges, read
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.kit.http import Connection, Moment, Page, may

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_READ))])


class Suggestion(BaseModel):
    contact: Contact
    score: float = Field(description="0 to 1: how likely they are one person.")
    reasons: list[Reason]


class MergeIn(BaseModel):
    gone_id: UUID = Field(description="Whose everything goes to this contact.")


class Merge(BaseModel):
    id: UUID
    gone_id: UUID
    gone_name: str | None
    by: str
    at: datetime
    is_undoable: bool = Field(description="Only the last one is.")


@router.get("/contacts/{contact_id}/suggestions")
async def suggest_merges(contact_id: UUID, request: Request, conn: Connection) -> Page[Suggestion]:
    """Contacts that may be the same person, the likeliest first."""
    vault = request.app.state.wiring.vault
    row = await standing(conn, contact_id)
    found = await alike.find(conn, vault, row)
    rows = {each.id: each for each in await read.find(conn, [each.id for each, _ in found])}
    data = [
        Suggestion(
            contact=shapes.contact(rows[each.id], vault),
            score=likeness.score,
            reasons=list(likeness.reasons),
        )
        for each, likeness in found
    ]
    return Page(data=data, next_cursor=None)


@router.put(
    "/contacts/{contact_id}/suggestions/{other_id}/dismissed",
    dependencies=WRITING,
    status_code=204,
)
async def dismiss_suggestion(
    contact_id: UUID, other_id: UUID, request: Request, conn: Connection, now: Moment
) -> None:
    """They are two people; do not ask again."""
    if other_id == contact_id:
        raise Invalid("merge_with_itself", "Choose another contact.", "other_id")
    await _pair(conn, contact_id, other_id)
    await alike.tell_apart(conn, (contact_id, other_id), request.state.principal.name, now)


@router.get("/contacts/{contact_id}/merges")
async def list_merges(contact_id: UUID, conn: Connection) -> Page[Merge]:
    """Who became part of this contact, the latest first."""
    rows = await merges.standing(conn, contact_id)
    data = [
        Merge(
            id=row.id,
            gone_id=row.gone_id,
            gone_name=row.gone_name,
            by=row.by,
            at=row.at,
            is_undoable=row.is_last,
        )
        for row in rows
    ]
    return Page(data=data, next_cursor=None)


@router.post("/contacts/{contact_id}/merges", dependencies=WRITING)
async def merge_contacts(
    contact_id: UUID, body: MergeIn, request: Request, conn: Connection, now: Moment
) -> Contact:
    """Make one person of two: identities, conversations, consents (the strictest holds), tags."""
    if body.gone_id == contact_id:
        raise Invalid("merge_with_itself", "Choose another contact.", "gone_id")
    business = await _pair(conn, contact_id, body.gone_id)
    event = ContactsMerged(
        key=f"merged:{contact_id}:{body.gone_id}:{now.isoformat()}",
        at=now,
        business_id=business,
        contact_id=ContactId(contact_id),
        gone_id=ContactId(body.gone_id),
        by=request.state.principal.name,
    )
    handled = await handle(conn, request.app.state.wiring, [event], now)
    if event.key in handled.strangers:
        raise Conflict("contact_merged", "One of them was merged meanwhile. Load them again.")
    return await get_contact(contact_id, request, conn)


@router.delete("/contacts/{contact_id}/merges/{merge_id}", dependencies=WRITING)
async def undo_merge(
    contact_id: UUID, merge_id: UUID, request: Request, conn: Connection, now: Moment
) -> Contact:
    """Two contacts again, each with what was theirs. Only the last merge can be undone."""
    rows = [row for row in await merges.standing(conn, contact_id) if row.id == merge_id]
    if not rows:
        raise NotFound("merge_not_found", "There is no such merge, or it is undone.")
    if not rows[0].is_last:
        raise Conflict("merge_not_last", "Undo the later merges of this contact first.")
    event = MergeUndone(
        key=f"parted:{merge_id}",
        at=now,
        business_id=rows[0].business_id,
        contact_id=ContactId(contact_id),
        gone_id=rows[0].gone_id,
        merge_id=merge_id,
        by=request.state.principal.name,
    )
    await handle(conn, request.app.state.wiring, [event], now)
    return await get_contact(contact_id, request, conn)


async def _pair(conn: Connection, one: UUID, other: UUID) -> BusinessId:
    """The business of both. Raises NotFound, Conflict, Invalid."""
    first, second = await standing(conn, one), await standing(conn, other)
    if first.business_id != second.business_id:
        raise Invalid("merge_across_businesses", "They are of different businesses.", "gone_id")
    return first.business_id
