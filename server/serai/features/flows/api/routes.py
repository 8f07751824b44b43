"""/channels/{channel_id}/flows"""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from serai.core.permissions import Permission
from serai.features.flows.api import install
from serai.features.flows.api.install import Office
from serai.features.flows.store import rows as store
from serai.features.flows.store.rows import FlowRow
from serai.kit.http import Connection, CreatingRoute, Moment, Page, example, may

router = APIRouter(tags=["flows"], dependencies=[Depends(may(Permission.AUTOMATION_READ))])
creating = APIRouter(
    tags=["flows"],
    route_class=CreatingRoute,
    dependencies=[Depends(may(Permission.AUTOMATION_WRITE))],
)


class Flow(BaseModel):
    """A form of several screens that a number can send."""

    channel_id: UUID
    key: str = Field(description="Ours: which screens.")
    flow_id: str = Field(description="Meta's.")
    published_at: datetime


class FlowIn(BaseModel):
    model_config = ConfigDict(**example({"public_url": "https://serai.example"}))
    public_url: HttpUrl = Field(description="Where Meta reaches this installation.")


@router.get("/channels/{channel_id}/flows")
async def list_flows(channel_id: UUID, conn: Connection) -> Page[Flow]:
    """The forms that are published for a number; at most one page."""
    rows = await store.flows(conn, channel_id)
    return Page(data=[_shape(row) for row in rows], next_cursor=None)


@creating.post("/channels/{channel_id}/flows/{key}")
async def install_flow(
    channel_id: UUID, key: str, body: FlowIn, request: Request, now: Moment
) -> Flow:
    """Publish a form for a number; `booking` asks for a table. Again: nothing more happens."""
    state = request.app.state
    office = Office(state.pool, state.graph, state.wiring.vault, request.state.principal.businesses)
    return _shape(await install.install(office, channel_id, key, str(body.public_url), now))


def _shape(row: FlowRow) -> Flow:
    return Flow(
        channel_id=row.channel_id, key=row.key, flow_id=row.meta_id, published_at=row.published_at
    )


router.include_router(creating)
