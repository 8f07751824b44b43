"""/quick-replies: what is said often, by its shortcut, with blanks that are filled in."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from serai.core.ids import derived
from serai.core.permissions import Permission
from serai.features.desk.decide import blanks as decide
from serai.features.desk.decide.blanks import Around
from serai.features.desk.store import replies as store
from serai.features.desk.store.replies import NewReply, ReplyRow, Scene
from serai.kit.errors import Conflict, Forbidden, Invalid, NotFound
from serai.kit.http import Connection, CreatingRoute, Moment, example, may

router = APIRouter(
    tags=["quick replies"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))]
)
creating = APIRouter(route_class=CreatingRoute)
WRITING = [Depends(may(Permission.BUSINESS_WRITE))]

Shortcut = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[\w-]{1,32}$")
]
Language = Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}(_[A-Z]{2})?)?$")]


class QuickReplyIn(BaseModel):
    model_config = ConfigDict(
        **example(
            {
                "shortcut": "hours",
                "title": "Opening hours",
                "body": "Hello {{contact.first_name|there}}, today we are open "
                "{{business.hours_today}}.",
            }
        )
    )
    business_id: UUID | None = Field(None, description="None: of the whole company.")
    shortcut: Shortcut = Field(description="What is typed after the slash.")
    title: str = Field(min_length=1, max_length=80)
    body: str = Field("", max_length=4096, description="Blanks: {{contact.first_name|there}}.")
    language: Language = Field("", description="Such as ar; empty: any.")
    file_ids: list[UUID] = Field([], max_length=10, description="Sent with it.")


class QuickReply(QuickReplyIn):
    id: UUID
    use_count: int
    used_at: datetime | None
    updated_at: datetime


class FilledReply(BaseModel):
    """A reply as it would go to the person of a conversation."""

    id: UUID
    shortcut: str
    title: str
    language: str
    text: str
    missing: list[str] = Field(description="Blanks for which nothing is known.")
    file_ids: list[UUID]
    use_count: int


class PreviewIn(BaseModel):
    body: str = Field(max_length=4096)
    business_id: UUID
    contact_name: str | None = "Dana Rivers"


class Preview(BaseModel):
    text: str
    missing: list[str]


@router.get("/quick-replies")
async def list_replies(conn: Connection, business_id: UUID | None = None) -> list[QuickReply]:
    """By their shortcuts; of one business, with those of the whole company."""
    return [_shape(row) for row in await store.replies(conn, business=business_id)]


@creating.post("/quick-replies", dependencies=WRITING)
async def add_reply(
    body: QuickReplyIn, request: Request, conn: Connection, now: Moment
) -> QuickReply:
    return await _saved(_id(request), body, request, conn, now)


@router.put("/quick-replies/{reply_id}", dependencies=WRITING)
async def change_reply(
    reply_id: UUID, body: QuickReplyIn, request: Request, conn: Connection, now: Moment
) -> QuickReply:
    _ensure_may_write(request, (await _found(conn, reply_id)).business_id)
    return await _saved(reply_id, body, request, conn, now)


@router.delete("/quick-replies/{reply_id}", status_code=204, dependencies=WRITING)
async def remove_reply(reply_id: UUID, request: Request, conn: Connection) -> None:
    _ensure_may_write(request, (await _found(conn, reply_id)).business_id)
    await store.remove(conn, reply_id)


@router.post("/quick-replies/preview")
async def preview(body: PreviewIn, request: Request, conn: Connection, now: Moment) -> Preview:
    """A text with its blanks filled in, before it is saved."""
    scene = await store.scene(conn, business=body.business_id)
    if scene is None:
        raise NotFound("business_not_found", "There is no such business.", "business_id")
    around = _around(scene, request, now)
    values = decide.values(around) | {
        "contact.name": body.contact_name,
        "contact.first_name": (body.contact_name or "").split(" ")[0] or None,
    }
    filled = decide.fill(body.body, values)
    return Preview(text=filled.text, missing=list(filled.missing))


@router.get("/conversations/{conversation_id}/quick-replies")
async def fill_replies(
    conversation_id: UUID, request: Request, conn: Connection, now: Moment
) -> list[FilledReply]:
    """Each as it would go to this person; what is used most comes first."""
    scene = await store.scene(conn, conversation=conversation_id)
    if scene is None:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    rows = await store.replies(conn, business=scene.business_id)
    values = decide.values(_around(scene, request, now))
    own = {(row.shortcut, row.language) for row in rows if row.business_id is not None}
    fitting = [row for row in rows if row.business_id or (row.shortcut, row.language) not in own]
    fitting.sort(key=lambda row: (-row.use_count, row.shortcut, row.language))
    return [_filled(row, values) for row in fitting]


@router.post(
    "/quick-replies/{reply_id}/used",
    status_code=204,
    dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))],
)
async def note_use(reply_id: UUID, conn: Connection, now: Moment) -> None:
    """Somebody put it into an answer: it comes sooner next time."""
    if not await store.note_use(conn, reply_id, now):
        raise NotFound("quick_reply_not_found", "There is no such quick reply.")


def _id(request: Request) -> UUID:
    return derived("quick_reply", request.state.principal.id, request.state.idempotency_key)


async def _saved(
    id_: UUID, body: QuickReplyIn, request: Request, conn: Connection, now: datetime
) -> QuickReply:
    """Raises Invalid, Conflict and Forbidden, each with its field."""
    _ensure_may_write(request, body.business_id)
    wrong = decide.problems(body.body)
    if wrong:
        raise Invalid("blank_unknown", wrong[0], "body")
    if not body.body.strip() and not body.file_ids:
        raise Invalid("nothing_to_say", "Write a text, or attach a file.", "body")
    new = NewReply(
        id=id_,
        organization_id=request.state.principal.organization_id,
        business_id=body.business_id,
        shortcut=body.shortcut,
        language=body.language,
        title=body.title,
        body=body.body,
        file_ids=tuple(body.file_ids),
    )
    if await store.is_taken(conn, new):
        text = f"/{new.shortcut} is another reply's already. Choose another shortcut."
        raise Conflict("shortcut_taken", text, "shortcut")
    if not await store.has_its_files(conn, new):
        text = "Files belong to one business. Choose the business, then attach them to it again."
        raise Invalid("file_of_another", text, "file_ids")
    await store.save(conn, new, now)
    return _shape(await _found(conn, id_))


def _ensure_may_write(request: Request, business: UUID | None) -> None:
    """What is of the whole company is for those who may change all of it."""
    principal = request.state.principal
    allowed = (
        Permission.BUSINESS_WRITE in principal.company
        if business is None
        else business in principal.businesses
    )
    if not allowed:
        text = "You may not change the replies of this place. Choose one of your businesses."
        raise Forbidden("reply_not_yours", text, "business_id")


async def _found(conn: Connection, id_: UUID) -> ReplyRow:
    rows = await store.replies(conn, id_=id_)
    if not rows:
        raise NotFound("quick_reply_not_found", "There is no such quick reply.")
    return rows[0]


def _around(scene: Scene, request: Request, now: datetime) -> Around:
    return Around(
        contact_name=scene.contact_name,
        business_name=scene.business_name,
        address=scene.address,
        website=scene.website,
        agent_name=request.state.principal.name,
        hours=scene.hours,
        language=scene.language,
        now=now,
    )


def _filled(row: ReplyRow, values: dict[str, str | None]) -> FilledReply:
    filled = decide.fill(row.body, values)
    return FilledReply(
        id=row.id,
        shortcut=row.shortcut,
        title=row.title,
        language=row.language,
        text=filled.text,
        missing=list(filled.missing),
        file_ids=list(row.file_ids),
        use_count=row.use_count,
    )


def _shape(row: ReplyRow) -> QuickReply:
    return QuickReply(
        id=row.id,
        business_id=row.business_id,
        shortcut=row.shortcut,
        title=row.title,
        body=row.body,
        language=row.language,
        file_ids=list(row.file_ids),
        use_count=row.use_count,
        used_at=row.used_at,
        updated_at=row.updated_at,
    )


router.include_router(creating)
