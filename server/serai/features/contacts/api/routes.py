"""/contacts: list, count, look up, add, read, change, archive."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request
from msgspec import UNSET, Struct
from psycopg.errors import UniqueViolation
from pydantic import BaseModel

from serai.core.ids import BusinessId
from serai.core.permissions import Permission
from serai.features.contacts.api import shapes
from serai.features.contacts.api.shapes import Contact, ContactChange, ContactIn
from serai.features.contacts.api.wanted import Asked, ensure_business, read_filter
from serai.features.contacts.decide import attributes as rules
from serai.features.contacts.decide import values
from serai.features.contacts.decide.attributes import Misfit
from serai.features.contacts.model.known_by import NAMES, IdentityType
from serai.features.contacts.store import attributes, listing, read, records, tags
from serai.features.contacts.store.identities import SCOPES, identity
from serai.features.contacts.store.listing import MOST_COUNTED, After, Sort
from serai.features.contacts.store.read import ContactRow
from serai.features.contacts.store.records import Changes, NewContact
from serai.kit.errors import Conflict, Invalid, NotFound, Outdated
from serai.kit.http import (
    Connection,
    CreatingRoute,
    Cursor,
    Limit,
    Moment,
    Page,
    cursor_of,
    may,
    read_cursor,
)

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_READ))])
creating = APIRouter(tags=["contacts"], route_class=CreatingRoute)
WRITING = [Depends(may(Permission.CONTACTS_WRITE))]
IfMatch = Annotated[
    str | None, Header(description="The `etag` that the change was made upon; else 412.")
]


class Count(BaseModel):
    count: int
    is_exact: bool


class Ended(Struct, frozen=True, array_like=True):
    """Where a page ended, inside its cursor."""

    sort: str
    id: UUID
    at: datetime | None
    name: str | None


@router.get("/contacts")
async def list_contacts(
    request: Request,
    conn: Connection,
    wanted: Asked,
    sort: Annotated[
        Sort,
        Query(
            description="`seen`: who wrote last comes first; `seen_asc`: who has been quiet longest."
        ),
    ] = "newest",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[Contact]:
    """Contacts, the newest first unless `sort` says otherwise."""
    vault = request.app.state.wiring.vault
    ended = read_cursor(cursor, Ended)
    after = After(id=ended.id, at=ended.at, name=ended.name) if ended else None
    ids = await listing.page(conn, vault, read_filter(wanted, request), sort, after, limit + 1)
    rows = await read.find(conn, ids[:limit])
    following = _ended(rows[-1], sort) if len(ids) > limit and rows else None
    return Page(data=[shapes.contact(row, vault) for row in rows], next_cursor=following)


@router.get("/contacts/count")
async def count_contacts(request: Request, conn: Connection, wanted: Asked) -> Count:
    """How many there are of them; counted up to 200,000."""
    vault = request.app.state.wiring.vault
    found = await listing.count(conn, vault, read_filter(wanted, request))
    return Count(count=found, is_exact=found < MOST_COUNTED)


@router.get("/contacts/lookup")
async def look_up(
    type: IdentityType,  # noqa: A002 — the name of the parameter in the address
    value: Annotated[str, Query(min_length=1, max_length=254)],
    business_id: UUID,
    request: Request,
    conn: Connection,
) -> Contact:
    """Who is known by this in a business, however it is spelled."""
    vault = request.app.state.wiring.vault
    known_by = identity(vault, type, shapes.read_identity(type, value, "value"))
    owner = await read.owner(conn, business_id, known_by)
    if owner is None:
        raise NotFound("contact_not_found", f"Nobody has this {NAMES[type]}.", "value")
    return await get_contact(owner, request, conn)


@creating.post("/contacts", dependencies=WRITING)
async def add_contact(body: ContactIn, request: Request, conn: Connection, now: Moment) -> Contact:
    """Add a person by a phone number or anything else that they are known by."""
    principal = request.state.principal
    ensure_business(request, body.business_id)
    known_by = _identities(body)
    await ensure_nobodys(request, conn, body.business_id, known_by)
    new = NewContact(
        business_id=BusinessId(body.business_id),
        identities=[(type_, value) for _, type_, value in known_by],
        name=body.name,
        company=body.company,
        language=body.language,
        time_zone=_time_zone(body.time_zone),
        birthday=body.birthday,
        notes=body.notes,
        attributes=await _attributes(conn, body.business_id, body.attributes),
        source="api" if principal.kind == "key" else "person",
    )
    vault = request.app.state.wiring.vault
    try:
        id_ = await records.add(conn, vault, new, now, principal.name)
    except UniqueViolation as error:
        raise Conflict("contact_exists", "Somebody has this number already.", "phone") from error
    await tags.tag(conn, [id_], body.tag_ids, now)
    return await get_contact(id_, request, conn)


@router.get("/contacts/{contact_id}")
async def get_contact(contact_id: UUID, request: Request, conn: Connection) -> Contact:
    return shapes.contact(await found(conn, contact_id), request.app.state.wiring.vault)


@router.patch("/contacts/{contact_id}", dependencies=WRITING)
async def change_contact(
    contact_id: UUID,
    body: ContactChange,
    request: Request,
    conn: Connection,
    if_match: IfMatch = None,
) -> Contact:
    """Change fields of the record. 412 if somebody changed it since you read it."""
    await records.hold(conn, contact_id)
    row = await standing(conn, contact_id)
    if if_match is not None and if_match.strip('"') != shapes.etag(row):
        raise Outdated(
            "contact_changed", "Somebody changed this contact meanwhile. Load it again, then save."
        )
    given = {name: getattr(body, name) for name in body.model_fields_set}
    if given.get("time_zone"):
        given["time_zone"] = _time_zone(body.time_zone)
    if "attributes" in given:
        given["attributes"] = await _attributes(conn, row.business_id, body.attributes or {})
    if "notes" in given:
        given["notes"] = body.notes or ""
    unset = dict.fromkeys(Changes.__struct_fields__, UNSET)
    await records.change(conn, contact_id, Changes(**unset | given))
    return await get_contact(contact_id, request, conn)


@router.delete("/contacts/{contact_id}", dependencies=WRITING, status_code=204)
async def archive_contact(contact_id: UUID, conn: Connection, now: Moment) -> None:
    """Take them out of the lists. What was said stays; if they write again they are back."""
    await standing(conn, contact_id)
    await records.archive(conn, [contact_id], now)


@router.post("/contacts/{contact_id}/restore", dependencies=WRITING)
async def restore_contact(contact_id: UUID, request: Request, conn: Connection) -> Contact:
    """Back into the lists."""
    await standing(conn, contact_id)
    await records.archive(conn, [contact_id], None)
    return await get_contact(contact_id, request, conn)


async def found(conn: Connection, contact_id: UUID) -> ContactRow:
    """Raises NotFound."""
    rows = await read.find(conn, [contact_id])
    if not rows:
        raise NotFound("contact_not_found", "There is no such contact.")
    return rows[0]


async def standing(conn: Connection, contact_id: UUID) -> ContactRow:
    """One who was not merged into another. Raises NotFound, Conflict."""
    row = await found(conn, contact_id)
    if row.merged_into is not None:
        words = f"This contact is part of {row.merged_into} now. Change that one."
        raise Conflict("contact_merged", words)
    return row


async def ensure_nobodys(
    request: Request,
    conn: Connection,
    business: UUID,
    known_by: Sequence[tuple[str, IdentityType, str]],
    but: UUID | None = None,
) -> None:
    """Field, type and value of each. Raises Conflict, which says whose it is."""
    vault = request.app.state.wiring.vault
    for field, type_, value in known_by:
        owner = await read.owner(conn, business, identity(vault, type_, value), SCOPES[type_])
        if owner is not None and owner != but:
            [row] = await read.find(conn, [owner])
            words = f"{row.name or 'Somebody'} has this {NAMES[type_]} already"
            raise Conflict("contact_exists", f"{words}: contact {owner}.", field)


def _identities(body: ContactIn) -> list[tuple[str, IdentityType, str]]:
    """Field, type and value, the phone first. Raises BadRequest, Invalid."""
    known: list[tuple[str, IdentityType, str]] = []
    if body.phone:
        known.append(("phone", "phone", shapes.read_phone(body.phone)))
    for number, each in enumerate(body.identities):
        field = f"identities[{number}].value"
        known.append((field, each.type, shapes.read_identity(each.type, each.value, field)))
    if not known:
        raise Invalid("identity_missing", "Say at least one thing they are known by.", "phone")
    return known


async def _attributes(
    conn: Connection, business: UUID, given: dict[str, shapes.Value]
) -> dict[str, rules.Value | None]:
    checked = rules.check(await attributes.of(conn, business), given) if given else {}
    if isinstance(checked, Misfit):
        raise Invalid("attribute_misfit", checked.words, f"attributes.{checked.key}")
    return checked


def _time_zone(text: str | None) -> str | None:
    if text and values.time_zone(text) is None:
        raise Invalid("time_zone_unknown", "Write it as Asia/Muscat.", "time_zone")
    return text


def _ended(row: ContactRow, sort: Sort) -> str:
    match sort:
        case "name" | "name_desc":
            return cursor_of(sort, row.id, None, (row.name or "").lower())
        case "seen" | "seen_asc":
            return cursor_of(sort, row.id, row.last_seen_at, None)
        case _:
            return cursor_of(sort, row.id, row.created_at, None)


router.include_router(creating)
