"""What people chose when they answered a message with something to tap or fill in."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from serai.core.permissions import Permission
from serai.features.inbox.store import answers as store
from serai.features.inbox.store.answers import Told
from serai.kit.errors import NotFound
from serai.kit.http import Connection, example, may

router = APIRouter(tags=["inbox"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])


class ChoiceCount(BaseModel):
    id: str
    title: str | None
    count: int = Field(description="Taps; one person may tap several times.")
    people_count: int


class FieldCount(BaseModel):
    name: str
    value: str | None
    count: int
    people_count: int


class Answers(BaseModel):
    model_config = ConfigDict(
        **example(
            {
                "message_id": "0b6ff1c6-0e1e-5a53-9d67-5a2f7d2e8c11",
                "choices": [
                    {"id": "noon", "title": "At noon", "count": 2, "people_count": 2},
                    {"id": "evening", "title": "In the evening", "count": 0, "people_count": 0},
                ],
                "fields": [],
            }
        )
    )
    message_id: UUID
    choices: list[ChoiceCount] = Field(description="Buttons and rows; those nobody tapped too.")
    fields: list[FieldCount] = Field(description="What was filled into a Flow or an address.")


@router.get("/messages/{message_id}/answers")
async def count_answers(message_id: UUID, conn: Connection) -> Answers:
    """How often each button, row or value of a form was chosen in answer to a message."""
    asked = await store.asked(conn, message_id)
    if asked is None:
        raise NotFound("message_not_found", "There is no such message.")
    told = await store.count(conn, message_id)
    return Answers(
        message_id=message_id,
        choices=_choices(told, dict(offered(asked.content))),
        fields=[
            FieldCount(
                name=row.name, value=row.value, count=row.count, people_count=row.people_count
            )
            for row in told
            if row.kind == "field"
        ],
    )


def _choices(told: list[Told], titles: dict[str, str]) -> list[ChoiceCount]:
    """In the order in which they were offered; then those that are not known to have been."""
    counted = {row.name: row for row in told if row.kind == "choice"}
    unknown = [name for name in counted if name not in titles]
    return [
        ChoiceCount(
            id=name,
            title=titles.get(name) or counted[name].value,
            count=counted[name].count if name in counted else 0,
            people_count=counted[name].people_count if name in counted else 0,
        )
        for name in (*titles, *unknown)
    ]


def offered(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Id and title of everything in a content that can be tapped and comes back."""
    for holder in (content, *content.get("cards", ())):
        yield from ((button["id"], button["title"]) for button in _buttons(holder))
    for section in content.get("sections", ()):
        yield from ((row["id"], row["title"]) for row in section.get("rows", ()))


def _buttons(holder: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for button in holder.get("buttons", ()) if "id" in button]
