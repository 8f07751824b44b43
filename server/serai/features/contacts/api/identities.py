"""/contacts/{id}/identities: what a person is known by, on every channel."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from psycopg.errors import UniqueViolation

from serai.core.permissions import Permission
from serai.features.contacts.api import shapes
from serai.features.contacts.api.routes import WRITING, ensure_nobodys, get_contact, standing
from serai.features.contacts.api.shapes import Contact, IdentityIn
from serai.features.contacts.store import identities as names
from serai.features.contacts.store import records
from serai.kit.errors import Conflict, NotFound
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_READ))])


@router.post("/contacts/{contact_id}/identities", dependencies=WRITING)
async def add_identity(
    contact_id: UUID, body: IdentityIn, request: Request, conn: Connection, now: Moment
) -> Contact:
    """One more number, address or id. 409 says whose it is; those two may be one person."""
    await records.hold(conn, contact_id)
    row = await standing(conn, contact_id)
    value = shapes.read_identity(body.type, body.value, "value")
    await ensure_nobodys(request, conn, row.business_id, [("value", body.type, value)])
    vault, by = request.app.state.wiring.vault, request.state.principal.name
    whose = (row.business_id, contact_id)
    try:
        await records.add_identities(conn, vault, whose, [(body.type, value)], now, by)
    except UniqueViolation as error:
        raise Conflict("contact_exists", "Somebody has this already.", "value") from error
    return await get_contact(contact_id, request, conn)


@router.delete("/contacts/{contact_id}/identities/{identity_id}", dependencies=WRITING)
async def remove_identity(
    contact_id: UUID, identity_id: UUID, request: Request, conn: Connection
) -> Contact:
    """Not theirs any more. Whoever writes by it next is somebody new."""
    await records.hold(conn, contact_id)
    row = await standing(conn, contact_id)
    _ensure_has(row, identity_id)
    if len(row.identities) == 1:
        words = "This is all that they are known by. Archive the contact instead."
        raise Conflict("identity_is_last", words)
    await names.remove(conn, identity_id)
    return await get_contact(contact_id, request, conn)


@router.put("/contacts/{contact_id}/identities/{identity_id}/verified", dependencies=WRITING)
async def verify_identity(
    contact_id: UUID, identity_id: UUID, request: Request, conn: Connection, now: Moment
) -> Contact:
    """Someone made sure that it is theirs."""
    return await _verified(contact_id, identity_id, request, conn, now)


@router.delete("/contacts/{contact_id}/identities/{identity_id}/verified", dependencies=WRITING)
async def doubt_identity(
    contact_id: UUID, identity_id: UUID, request: Request, conn: Connection
) -> Contact:
    return await _verified(contact_id, identity_id, request, conn, None)


async def _verified(
    contact_id: UUID, identity_id: UUID, request: Request, conn: Connection, at: datetime | None
) -> Contact:
    row = await standing(conn, contact_id)
    _ensure_has(row, identity_id)
    await names.verify(conn, identity_id, at)
    return await get_contact(contact_id, request, conn)


def _ensure_has(row: shapes.ContactRow, identity_id: UUID) -> None:
    if not any(each.id == identity_id for each in row.identities):
        raise NotFound("identity_not_found", "They are not known by that.")
