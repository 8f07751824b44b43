"""Replies, lists and links: their limits, and what a tap on them sends back.

Source: WhatsApp Cloud API reference, 2.5, column `action`.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Protocol

import msgspec

from metasim.graph.types.shape import Shape, Url
from metasim.shapes import Json

MOST_ROWS = 10
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
ReplyId = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Title24 = Annotated[str, msgspec.Meta(max_length=24)]


class Action(Shape, kw_only=True):
    """What all actions have; an action shows nothing and takes no tap unless it says so."""

    def view(self) -> Json:
        """Members of the phone's view."""
        return {}

    def buttons(self) -> list[Json]:
        """What can be tapped."""
        return []


class Reply(Shape, kw_only=True):
    id: ReplyId
    title: Label

    def __post_init__(self) -> None:
        if self.id != self.id.strip():
            raise ValueError("needs an id without spaces at its ends")


class ReplyButton(Shape, kw_only=True):
    type: Literal["reply"]
    reply: Reply


class ReplyButtons(Action, kw_only=True):
    """One to three replies with different titles and ids."""

    buttons_: Annotated[list[ReplyButton], msgspec.Meta(min_length=1, max_length=3)] = (
        msgspec.field(name="buttons")
    )

    def __post_init__(self) -> None:
        unique([button.reply.id for button in self.buttons_], "button ids")
        unique([button.reply.title for button in self.buttons_], "button titles")

    def buttons(self) -> list[Json]:
        replies = [button.reply for button in self.buttons_]
        return [{"kind": "reply", "text": each.title, "id": each.id} for each in replies]


class Row(Shape, kw_only=True):
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=24)]
    description: Annotated[str, msgspec.Meta(max_length=72)] | None = None


class Section(Shape, kw_only=True):
    title: Title24 | None = None
    rows: Annotated[list[Row], msgspec.Meta(min_length=1)]


class ListAction(Action, kw_only=True):
    """One to ten sections with at most ten rows in all."""

    button: Label
    sections: Annotated[list[Section], msgspec.Meta(min_length=1, max_length=10)]

    def __post_init__(self) -> None:
        rows = [row for section in self.sections for row in section.rows]
        if len(rows) > MOST_ROWS:
            raise ValueError(f"must have at most {MOST_ROWS} rows in all sections together")
        unique([row.id for row in rows], "row ids")
        titled(self.sections)

    def view(self) -> Json:
        return {"list": {"button": self.button, "sections": msgspec.to_builtins(self.sections)}}

    def buttons(self) -> list[Json]:
        rows = [row for section in self.sections for row in section.rows]
        return [
            {"kind": "row", "text": row.title, "id": row.id, "description": row.description}
            for row in rows
        ]


class Link(Shape, kw_only=True):
    display_text: Label
    url: Url


class LinkAction(Action, kw_only=True):
    name: Literal["cta_url"]
    parameters: Link

    def buttons(self) -> list[Json]:
        return [{"kind": "url", "text": self.parameters.display_text, "url": self.parameters.url}]


def unique(values: list[str], what: str) -> None:
    """Raises ValueError when one comes twice."""
    if len(set(values)) != len(values):
        raise ValueError(f"must have different {what}")


class Titled(Protocol):
    """A section of rows or products."""

    title: str | None


def titled(sections: Sequence[Titled]) -> None:
    """Source: 2.5: a section's title is required when there are several."""
    if len(sections) > 1 and not all(section.title for section in sections):
        raise ValueError("must have a title for each section when there are several")
