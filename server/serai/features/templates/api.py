"""/templates"""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from serai.features.templates import store
from serai.kit.errors import NotFound
from serai.kit.http import Connection, Page

router = APIRouter(tags=["templates"])


class Template(BaseModel):
    id: UUID
    business_id: UUID
    name: str
    language: str
    category: str
    status: str
    header: str | None
    body: str
    parameters: list[str]
    samples: list[str]


@router.get("/templates")
async def list_templates(channel_id: UUID, conn: Connection) -> Page[Template]:
    """The templates that may be sent through a channel, by name; at most one page."""
    business = await store.business_of(conn, channel_id)
    if business is None:
        raise NotFound("channel_not_found", "There is no such channel.", "channel_id")
    rows = await store.of_business(conn, business)
    data = [Template.model_validate(row, from_attributes=True) for row in rows]
    return Page(data=data, next_cursor=None)
