"""A kind of channel that nobody has: people write by pigeon post. It shows that a kind joins by adding.

Its rules are those of a page: an answer within a day, a person's within a week, no templates.
"""

from collections.abc import Iterator
from datetime import timedelta

import msgspec
from msgspec import Struct
from serai.core.content import Image, Text
from serai.core.events import MessageReceived
from serai.core.ids import MetaId, Person
from serai.core.message import Content
from serai.core.rules import Rules, WindowWords
from serai.meta.item import UNREADABLE, Item, brief, moment
from serai.meta.kind import Ids, Kind, Outgoing, Problem
from serai.meta.request import Request


class Letter(Struct, frozen=True):
    id: str
    by: str
    at: int
    says: str


class Entry(Struct, frozen=True):
    id: str
    letters: tuple[Letter, ...] = ()


def read_entry(raw: bytes) -> Iterator[Item]:
    try:
        entry = msgspec.json.decode(raw, type=Entry)
        for each in entry.letters:
            event = MessageReceived(
                key=f"{entry.id}:{each.id}",
                at=moment(each.at),
                channel=MetaId(entry.id),
                person=Person(user_id=each.by, name="Ada"),
                message=MetaId(each.id),
                content=Text(each.says),
            )
            yield Item(f"{entry.id}:{each.by}", event)
    except UNREADABLE as error:
        yield Item(problem=brief(error))


def check(content: Content) -> list[Problem]:
    is_heavy = isinstance(content, Text) and len(content.body) > 200
    return [Problem("body", "A pigeon carries 200 characters.")] if is_heavy else []


def request(it: Outgoing) -> Request:
    body = {"to": it.who.person.user_id, "tag": "HUMAN_AGENT" if it.is_late else "RESPONSE"}
    return Request(path=f"{it.who.channel}/letters", body=msgspec.json.encode(body))


PIGEON = Kind(
    key="pigeon",
    name="Pigeon post",
    webhook_object="loft",
    read_entry=read_entry,
    contents=frozenset({Text, Image}),
    check=check,
    request=request,
    rules=Rules(
        window=timedelta(hours=24),
        person_window=timedelta(days=7),
        words=WindowWords(closed="A week has passed. Wait for their next pigeon."),
    ),
    ids=Ids("loft_id"),
    identity="page_user_id",
)
