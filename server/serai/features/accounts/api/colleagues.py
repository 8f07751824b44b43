"""/colleagues: who can be given something to do."""

from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from serai.core.ids import BusinessId
from serai.core.permissions import Permission, Role
from serai.features.accounts.decide.grants import strongest
from serai.features.accounts.store import people
from serai.kit.http import Connection, may

router = APIRouter(tags=["members"], dependencies=[Depends(may(Permission.BUSINESS_READ))])


class Colleague(BaseModel):
    id: UUID
    name: str
    role: Role


class Colleagues(BaseModel):
    data: list[Colleague]


@router.get("/colleagues")
async def list_colleagues(business_id: UUID, conn: Connection) -> Colleagues:
    """Who works at this business, by name; nobody where the caller may not look."""
    rows = await people.colleagues(conn, BusinessId(business_id))
    found = [Colleague(id=row.id, name=row.name, role=strongest(row.roles)) for row in rows]
    return Colleagues(data=found)
