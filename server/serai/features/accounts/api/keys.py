"""/keys: what programs show to be let in."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from serai.core.ids import BusinessId
from serai.core.permissions import SCOPES, Permission, granted
from serai.core.principal import Principal
from serai.features.accounts.store import keys
from serai.features.accounts.store.keys import ListedKey, NewKey
from serai.kit.errors import Conflict, Forbidden, Invalid, NotFound
from serai.kit.http import Connection, Moment, Page, example, may

router = APIRouter(prefix="/keys", tags=["keys"], dependencies=[Depends(may(Permission.KEYS_READ))])
writing = [Depends(may(Permission.KEYS_WRITE))]
GRACE_HOURS = 24


class Key(BaseModel):
    id: UUID
    name: str
    hint: str = Field(description="The first characters of the key, to know it again.")
    scopes: list[str]
    business_ids: list[UUID] | None = Field(
        description="What it opens; null: every business, and the company itself."
    )
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
    last_used_from: str | None = Field(description="The address it was last used from.")
    revoked_at: datetime | None
    previous_until: datetime | None = Field(
        description="Until then the key that it replaced opens as well."
    )


class NewlyMade(Key):
    secret: str = Field(description="The key itself. It is shown now and never again.")


class KeyIn(BaseModel):
    model_config = ConfigDict(
        **example({"name": "Website", "scopes": ["contacts:write", "contacts:read"]})
    )
    name: Annotated[str, Field(min_length=1, max_length=120)]
    scopes: list[str] = Field(
        min_length=1,
        max_length=60,
        description="Permissions, or `read`, `write`, `admin`.",
    )
    business_ids: list[UUID] | None = Field(
        None, min_length=1, max_length=200, description="Null: the whole company."
    )
    expires_at: AwareDatetime | None = Field(None, description="Null: it does not end.")


class Rotation(BaseModel):
    hours: int = Field(
        GRACE_HOURS, ge=0, le=24 * 30, description="How long the old key still opens."
    )


@router.get("")
async def list_keys(conn: Connection, now: Moment) -> Page[Key]:
    """Keys that open, the newest first; then those that were revoked."""
    rows = await keys.listed(conn, now)
    return Page(data=[Key(**_values(row)) for row in rows], next_cursor=None)


@router.post("", dependencies=writing)
async def add_key(body: KeyIn, request: Request, conn: Connection, now: Moment) -> NewlyMade:
    """Make a key. It can do nothing that whoever makes it may not do.

    Not repeatable by an Idempotency-Key: the answer holds the secret, which is not kept.
    """
    asking: Principal = request.state.principal
    _ensure_scopes(asking, body.scopes)
    if body.expires_at is not None and body.expires_at <= now:
        raise Invalid("expiry_past", "Choose an end that is still to come.", "expires_at")
    if body.business_ids is not None:
        unknown = set(body.business_ids) - await keys.known_businesses(conn, body.business_ids)
        if unknown:
            raise Invalid("business_not_found", "There is no such business.", "business_ids")
    secret = keys.new_secret()
    new = NewKey(
        organization_id=asking.organization_id,
        name=body.name,
        scopes=tuple(sorted(set(body.scopes))),
        business_ids=_businesses(body.business_ids),
        expires_at=body.expires_at,
        created_by=asking.name,
    )
    id_ = await keys.add(conn, new, secret)
    return NewlyMade(secret=secret, **_values(await _found(conn, id_, now)))


@router.post("/{key_id}/rotate", dependencies=writing)
async def rotate_key(key_id: UUID, body: Rotation, conn: Connection, now: Moment) -> NewlyMade:
    """Give it a new secret; the old one opens for some hours more, so that nothing stops."""
    _ensure_open(await _found(conn, key_id, now))
    secret = keys.new_secret()
    await keys.rotate(conn, key_id, secret, now + timedelta(hours=body.hours))
    return NewlyMade(secret=secret, **_values(await _found(conn, key_id, now)))


@router.delete("/{key_id}", status_code=204, dependencies=writing)
async def revoke_key(key_id: UUID, conn: Connection, now: Moment) -> Response:
    """It opens nothing from the next request on, at whichever process that arrives."""
    row = await _found(conn, key_id, now)
    if row.revoked_at is None:
        await keys.revoke(conn, key_id, now)
    return Response(status_code=204)


async def _found(conn: Connection, id_: UUID, now: datetime) -> ListedKey:
    rows = await keys.listed(conn, now, id_)
    if not rows:
        raise NotFound("key_not_found", "There is no such key.")
    return rows[0]


def _ensure_open(row: ListedKey) -> None:
    if row.revoked_at is not None:
        raise Conflict("key_revoked", "This key was revoked. Make a new one.")


def _ensure_scopes(asking: Principal, scopes: list[str]) -> None:
    known = SCOPES.keys() | {each.value for each in Permission}
    for number, scope in enumerate(scopes):
        if scope not in known:
            raise Invalid("scope_unknown", f"There is no scope {scope}.", f"scopes[{number}]")
    beyond = sorted(granted(scopes) - asking.company)
    if beyond:
        raise Forbidden(
            "scope_beyond",
            f"You may not do {beyond[0]} yourself, so no key of yours may.",
            "scopes",
        )


def _businesses(ids: list[UUID] | None) -> tuple[BusinessId, ...] | None:
    return None if ids is None else tuple(BusinessId(each) for each in ids)


def _values(row: ListedKey) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "hint": row.hint,
        "scopes": row.scopes,
        "business_ids": row.business_ids,
        "created_at": row.created_at,
        "created_by": row.created_by,
        "expires_at": row.expires_at,
        "last_used_at": row.used_at,
        "last_used_from": row.used_from,
        "revoked_at": row.revoked_at,
        "previous_until": row.previous_until,
    }
