"""Files that wait are rows: each is taken once, and what needs a file waits for it."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from serai.app.wiring import REPLAY_WIPES
from serai.core.content import File, FlowReply, Image, Text
from serai.core.events import MessageAsked
from serai.core.ids import BusinessId, ContactId, ConversationId, MessageId, dated
from serai.core.message import Author, Content, Purpose
from serai.engine import outbox
from serai.engine.claim import claim
from serai.engine.handle import handle
from serai.engine.replay import replay
from serai.features.inbox.store import read
from serai.features.media.model import LEASE, UPLOAD_LIVES, Blob, blob_id
from serai.features.media.store import blobs, incoming, outgoing, uploads
from serai.kit.db import API, ENGINE, Conn, connect
from tests.given import NOON, NUMBER, WIRING, a_business, a_channel, message, rows

PICTURE = Image(file=File(meta_id="554", mime_type="image/jpeg"))
MINUTE = timedelta(minutes=1)
WHO = """SELECT messages.contact_id, conversation_id, messages.business_id FROM messages
         WHERE direction = 'in' LIMIT 1"""


def blob(business: BusinessId, number: int = 1) -> Blob:
    sha256 = bytes([number]) * 32
    return Blob(
        id=blob_id(business, sha256),
        business_id=business,
        sha256=sha256,
        size_bytes=9,
        mime_type="image/jpeg",
    )


async def an_upload(conn: Conn, business: BusinessId, number: int = 1) -> UUID:
    file = UUID(int=number)
    await blobs.add(conn, blob(business, number), NOON)
    await uploads.add(conn, file, blob(business, number), "menu.jpg", NOON)
    return file


async def a_talk(conn: Conn) -> BusinessId:
    """A number that has written with Ada."""
    business = await a_business(conn)
    await a_channel(conn, business)
    await handle(conn, WIRING, [message("hello")], NOON)
    return business


async def ask(conn: Conn, content: Content, key: str, at: datetime = NOON) -> MessageId:
    [who] = await rows(conn, WHO)
    asked = MessageAsked(
        key=key,
        at=at,
        business_id=BusinessId(who["business_id"]),
        conversation_id=ConversationId(who["conversation_id"]),
        contact_id=ContactId(who["contact_id"]),
        channel=NUMBER,
        content=content,
        purpose=Purpose.SERVICE,
        author=Author.AGENT,
        by="test",
    )
    await handle(conn, WIRING, [asked], at)
    return MessageId(dated(at, "send", key))


async def claimed(conn: Conn, at: datetime = NOON + MINUTE) -> list[MessageId]:
    """What goes now; asked twice, for the bucket of a new number is empty at first."""
    async with conn.transaction():
        parcels = [*await claim(conn, at - timedelta(seconds=5), 10), *await claim(conn, at, 10)]
        return [parcel.message_id for parcel in parcels]


async def test_a_file_that_comes_waits_once_however_often_it_is_told(conn: Conn):
    await a_channel(conn, await a_business(conn))
    event = message("", content=PICTURE)
    await handle(conn, WIRING, [event], NOON)
    await handle(conn, WIRING, [event], NOON + MINUTE)

    [file] = await rows(conn, "SELECT state, attempt_count, due_at FROM files")
    assert file == {"state": "waiting", "attempt_count": 0, "due_at": NOON}
    [kept] = await rows(conn, "SELECT content #>> '{file,id}' AS id FROM messages")
    assert await rows(conn, f"SELECT 1 AS found FROM files WHERE id = '{kept['id']}'")


async def test_two_workers_do_not_fetch_the_same_file(conn: Conn, db_url: str):
    await a_channel(conn, await a_business(conn))
    pictures = [Image(file=File(meta_id=str(n))) for n in range(6)]
    await handle(conn, WIRING, [message("", content=each) for each in pictures], NOON)

    async with await connect(db_url, ENGINE) as other, conn.transaction(), other.transaction():
        mine = await incoming.claim(conn, NOON, LEASE, 3)
        theirs = await incoming.claim(other, NOON, LEASE, 6)

    assert (len(mine), len(theirs)) == (3, 3)
    assert not {file.id for file in mine} & {file.id for file in theirs}


async def test_a_file_whose_worker_died_is_taken_over_when_its_lease_is_over(conn: Conn):
    await a_channel(conn, await a_business(conn))
    await handle(conn, WIRING, [message("", content=PICTURE)], NOON)
    [first] = await incoming.claim(conn, NOON, LEASE, 10)

    assert await incoming.claim(conn, NOON + LEASE - MINUTE, LEASE, 10) == []
    [again] = await incoming.claim(conn, NOON + LEASE, LEASE, 10)
    assert (again.id, again.attempt_count) == (first.id, 2)


async def test_a_settled_file_does_not_settle_anew(conn: Conn):
    business = await a_business(conn)
    await a_channel(conn, business)
    await handle(conn, WIRING, [message("", content=PICTURE)], NOON)
    [file] = await incoming.claim(conn, NOON, LEASE, 10)
    await blobs.add(conn, blob(business), NOON)
    await incoming.settle(conn, file.id, blob(business))
    await incoming.postpone(conn, file.id, NOON)

    assert await incoming.claim(conn, NOON + 10 * LEASE, LEASE, 10) == []
    assert await incoming.message_of(conn, file.id) is not None


async def test_a_message_shows_its_files_also_those_of_a_form(conn: Conn):
    await a_channel(conn, await a_business(conn))
    photo = {"id": "555", "mime_type": "image/jpeg", "file_name": "door.jpg"}
    form = FlowReply(name="flow", values={"photos": [photo]})
    events = [message("", content=each) for each in (PICTURE, form, Text("no file"))]
    await handle(conn, WIRING, events, NOON)

    shown = [row.files for row in await read.messages(conn)]
    assert sorted(len(files) for files in shown) == [0, 1, 1]
    names = {(file.name, file.state, file.mime_type) for files in shown for file in files}
    assert names == {(None, "waiting", "image/jpeg"), ("door.jpg", "waiting", "image/jpeg")}


async def test_the_same_bytes_are_one_blob_in_a_business_and_another_in_the_next(conn: Conn):
    one, two = await a_business(conn, "one"), await a_business(conn, "two")
    for business in (one, one, two):
        await blobs.add(conn, blob(business), NOON)

    assert len(await rows(conn, "SELECT 1 AS found FROM blobs")) == 2
    found = await blobs.find(conn, one, blob(one).sha256)
    assert found == blob(one)


async def test_a_message_goes_when_its_file_is_at_meta_and_the_words_behind_it_after_it(conn: Conn):
    business = await a_talk(conn)
    file = await an_upload(conn, business)
    picture = await ask(conn, Image(file=File(id=file)), "picture")
    words = await ask(conn, Text("see above"), "words", NOON + timedelta(seconds=1))

    assert await claimed(conn) == []
    [upload] = await outgoing.claim(conn, NOON, LEASE, 10)
    assert await outgoing.claim(conn, NOON, LEASE, 10) == [], "one worker has it"
    await outgoing.done(conn, upload, "7", NOON)
    ready = await outgoing.complete(conn, NOON)
    await outbox.release(conn, ready)

    assert ready == [picture]
    assert await outgoing.at_meta(conn, [picture, words]) == {picture: {file: "7"}}
    assert await claimed(conn) == [picture], "one at a time for one person"


async def test_words_wait_five_minutes_for_a_file_and_no_longer(conn: Conn):
    business = await a_talk(conn)
    file = await an_upload(conn, business)
    await ask(conn, Image(file=File(id=file)), "picture")
    words = await ask(conn, Text("see above"), "words", NOON + timedelta(seconds=1))

    assert await claimed(conn, NOON + 4 * MINUTE) == []
    assert await claimed(conn, NOON + 6 * MINUTE) == [words]


async def test_what_is_at_meta_is_used_again_until_it_is_old(conn: Conn):
    business = await a_talk(conn)
    file = await an_upload(conn, business)
    await ask(conn, Image(file=File(id=file)), "first")
    [upload] = await outgoing.claim(conn, NOON, LEASE, 10)
    await outgoing.done(conn, upload, "7", NOON)
    second = await ask(conn, Image(file=File(id=file)), "second")

    assert second in await outgoing.complete(conn, NOON)
    assert await outgoing.claim(conn, NOON, LEASE, 10) == []
    late = NOON + UPLOAD_LIVES + MINUTE
    assert second not in await outgoing.complete(conn, late)
    assert len(await outgoing.claim(conn, late, LEASE, 10)) == 1


async def test_an_upload_that_is_given_up_names_the_messages_that_needed_it(conn: Conn):
    business = await a_talk(conn)
    file = await an_upload(conn, business)
    wanting = {await ask(conn, Image(file=File(id=file)), key) for key in ("a", "b")}
    [upload] = await outgoing.claim(conn, NOON, LEASE, 10)

    assert set(await outgoing.drop(conn, upload)) == wanting


async def test_nothing_is_uploaded_for_a_paused_number(conn: Conn):
    business = await a_talk(conn)
    file = await an_upload(conn, business)
    await ask(conn, Image(file=File(id=file)), "picture")
    await conn.execute("UPDATE channels SET state = 'paused'")

    assert await outgoing.claim(conn, NOON, LEASE, 10) == []


async def test_a_replay_leaves_files_and_what_waits_for_them_as_they_are(conn: Conn):
    business = await a_talk(conn)
    file = await an_upload(conn, business)
    await handle(conn, WIRING, [message("", content=PICTURE)], NOON)
    await ask(conn, Image(file=File(id=file)), "picture")
    files = await rows(conn, "SELECT * FROM files ORDER BY id")
    needs = await rows(conn, "SELECT * FROM media_needs")

    await replay(conn, WIRING, REPLAY_WIPES)

    assert len(files) == 2
    assert await rows(conn, "SELECT * FROM files ORDER BY id") == files
    assert await rows(conn, "SELECT * FROM media_needs") == needs


@pytest.mark.parametrize("sees", [True, False])
async def test_a_file_is_seen_by_whoever_sees_its_business(conn: Conn, db_url: str, sees: bool):
    mine, other = await a_business(conn, "mine"), await a_business(conn, "other")
    file = await an_upload(conn, mine)
    async with await connect(db_url, API) as api, api.transaction():
        await api.execute(
            "SELECT set_config('serai.businesses', %s, true)", (str(mine if sees else other),)
        )
        found = await blobs.of_file(api, file)

    assert (found is not None) is sees
