"""The way to going live, business by business."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.channels.decide import golive as decisions
from serai.features.channels.decide.golive import Known
from serai.features.channels.model.documents import documents_of
from serai.features.channels.store import golive
from serai.kit.errors import NotFound
from serai.kit.http import Connection, Moment, may

router = APIRouter(
    tags=["channels"],
    prefix="/businesses/{business_id}/go-live",
    dependencies=[Depends(may(Permission.CHANNELS_READ))],
)


class GoLiveStep(BaseModel):
    key: str
    title: str
    state: Literal["done", "current", "locked"]
    blocker: str | None = Field(description="Why it is not done.")
    next_step: str | None


class Paper(BaseModel):
    key: str
    title: str
    why: str
    is_ready: bool


class GoLive(BaseModel):
    is_live: bool = Field(description="Every step is done.")
    steps: list[GoLiveStep]
    documents: list[Paper]


class PaperChange(BaseModel):
    is_ready: bool


@router.get("")
async def get_go_live(business_id: UUID, conn: Connection) -> GoLive:
    """Which steps are done, which is next, and what stands in its way."""
    return _shape(await _known(conn, business_id))


@router.put("/documents/{key}", dependencies=[Depends(may(Permission.CHANNELS_WRITE))])
async def mark_document(
    business_id: UUID, key: str, body: PaperChange, conn: Connection, now: Moment
) -> GoLive:
    """Say that a paper is ready, or is not."""
    known = await _known(conn, business_id)
    if key not in {each.key for each in documents_of(known.sector)}:
        raise NotFound("document_not_found", "A business of this sector needs no such paper.")
    await golive.mark(conn, business_id, key, now, is_ready=body.is_ready)
    return _shape(await _known(conn, business_id))


async def _known(conn: Connection, business_id: UUID) -> Known:
    known = await golive.known(conn, business_id)
    if known is None:
        raise NotFound("business_not_found", "There is no such business.")
    return known


def _shape(known: Known) -> GoLive:
    steps = decisions.steps(known)
    papers = [
        Paper(
            key=each.key,
            title=each.title,
            why=each.why,
            is_ready=each.key in known.documents_done,
        )
        for each in documents_of(known.sector)
    ]
    return GoLive(
        is_live=all(step.state == "done" for step in steps),
        steps=[
            GoLiveStep(
                key=step.key,
                title=step.title,
                state=step.state,
                blocker=step.blocker,
                next_step=step.next_step,
            )
            for step in steps
        ],
        documents=papers,
    )
