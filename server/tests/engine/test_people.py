"""Who people are, as WhatsApp tells it: spellings, hidden numbers, new numbers, the phone app."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from serai.app.wiring import REPLAY_WIPES
from serai.core.content import Call, CallPermissionReply, Context, Location, Text
from serai.core.events import (
    CallReported,
    ContactSynced,
    EchoReceived,
    Event,
    IdentityChanged,
    MessageEdited,
    MessageRevoked,
    PastReceived,
    PreferenceReported,
    Reacted,
)
from serai.core.ids import MetaId, Person
from serai.engine.handle import handle
from serai.engine.replay import replay
from serai.features.contacts.store import addresses, records
from serai.features.contacts.store.records import NewContact
from serai.features.inbox.store import read as inbox
from serai.kit.db import Conn
from tests.given import (
    ADA,
    NOON,
    NUMBER,
    VAULT,
    WIRING,
    a_business,
    a_channel,
    contacts,
    message,
    rows,
)

LATER = NOON + timedelta(hours=1)


async def tell(conn: Conn, *events: Event, now: datetime | None = None) -> None:
    for event in events:
        await handle(conn, WIRING, [event], now or event.at)


async def dialled(conn: Conn) -> list[str | None]:
    """Where each message in the outbox would go."""
    waiting = await rows(conn, "SELECT id, channel_id, contact_id FROM sends ORDER BY created_at")
    wanted = [(row["id"], row["channel_id"], row["contact_id"]) for row in waiting]
    found = await addresses.find(conn, VAULT, wanted)
    people = [found[message].who.person for message, _, _ in wanted]
    return [person.phone or person.user_id for person in people]


@pytest.mark.promise("MSG-19")
async def test_a_contact_saved_with_the_ninth_digit_is_the_one_who_writes_without_it(conn: Conn):
    business = await a_business(conn, welcome="Hi!")
    await a_channel(conn, business)
    saved = NewContact(business_id=business, identities=[("phone", "5511998765432")], name="Bia")
    contact = await records.add(conn, VAULT, saved, NOON)

    await tell(conn, message("oi", person=Person(phone="551198765432")))
    await tell(conn, message("oi", person=Person(phone="5511998765432"), at=LATER))

    assert await rows(conn, "SELECT id FROM contacts") == [{"id": contact}]
    assert len(await rows(conn, "SELECT FROM conversations")) == 1
    assert await dialled(conn) == ["5511998765432"], "as WhatsApp spelled it last"


@pytest.mark.promise("MSG-19")
async def test_an_answer_goes_to_the_number_as_whatsapp_itself_reports_it(conn: Conn):
    business = await a_business(conn, welcome="Hi!")
    await a_channel(conn, business)
    saved = NewContact(business_id=business, identities=[("phone", "5511998765432")], name="Bia")
    await records.add(conn, VAULT, saved, NOON)
    await tell(conn, message("oi", person=Person(phone="551198765432")))
    assert await dialled(conn) == ["551198765432"]


@pytest.mark.promise("PLT-01")
async def test_someone_without_a_phone_is_answered_and_stays_the_same_when_it_shows(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Hi!"))
    hidden = Person(user_id="US.77", username="rosaq", name="Rosa")

    await tell(conn, message("first", person=hidden))
    assert await dialled(conn) == ["US.77"]
    await tell(conn, message("second", person=Person(user_id="US.77", phone="15550100777")))

    assert len(await rows(conn, "SELECT FROM contacts")) == 1
    assert len(await rows(conn, "SELECT FROM conversations")) == 1
    assert await dialled(conn) == ["15550100777"]


async def test_a_username_is_shown_joins_nobody_and_may_pass_to_someone_else(conn: Conn):
    await a_channel(conn, await a_business(conn))
    rosa = Person(user_id="US.77", username="rosaq")
    await tell(conn, message("hi", person=rosa), message("me too", person=rosa))
    await tell(
        conn, message("new name", person=Person(user_id="US.77", username="Rosa_Q"), at=LATER)
    )
    await tell(conn, message("hi", person=Person(user_id="US.88", username="rosaq"), at=LATER))

    names = [
        {each.type: value for each, value in contact.known_by(VAULT)}
        for contact in await contacts(conn)
    ]
    assert sorted(names, key=lambda each: each["wa_user_id"]) == [
        {"wa_user_id": "US.77", "username": "rosa_q"},
        {"wa_user_id": "US.88", "username": "rosaq"},
    ]


@pytest.mark.promise("PLT-04")
async def test_a_new_number_moves_the_address_and_keeps_the_contact(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Hi!"))
    await tell(conn, message("hello"))
    moved = Person(phone="15550109999", user_id="US.2002")
    change = IdentityChanged(
        key=f"{NUMBER}:wamid.sys",
        at=LATER,
        channel=NUMBER,
        person=ADA,
        message=MetaId("wamid.sys"),
        kind="user_changed_number",
        now_known_by=moved,
        body="Ada changed their number",
    )
    await tell(conn, change, message("me again", person=moved, at=LATER))
    stranger = Person(phone=ADA.phone, user_id="US.3003", name="Someone else")
    await tell(conn, message("who is this?", person=stranger, at=LATER))

    assert await dialled(conn) == ["15550109999", ADA.phone]
    said = await rows(
        conn,
        "SELECT contacts.name, array_agg(messages.content ->> 'type') AS kinds"
        "  FROM messages JOIN contacts ON contacts.id = contact_id"
        " WHERE direction = 'in' GROUP BY 1 ORDER BY 1",
    )
    assert [row["name"] for row in said] == ["Ada", "Someone else"]
    assert sorted(said[0]["kinds"]) == ["system", "text", "text"]


@pytest.mark.promise("PLT-02")
async def test_what_is_typed_on_the_phone_counts_as_an_answer_and_starts_nothing(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Hi!"))
    echo = EchoReceived(
        key=f"{NUMBER}:wamid.echo",
        at=NOON,
        channel=NUMBER,
        person=ADA,
        message=MetaId("wamid.echo"),
        content=Text("From the phone"),
    )
    await tell(conn, echo, echo)
    assert await rows(conn, "SELECT direction, author_kind FROM messages") == [
        {"direction": "out", "author_kind": "native_app"}
    ]
    assert await rows(conn, "SELECT FROM messaging_windows") == []
    assert await rows(conn, "SELECT FROM sends") == []
    [conversation] = await rows(
        conn, "SELECT handled_by, waiting_since, answered_at FROM conversations"
    )
    assert conversation == {"handled_by": "people", "waiting_since": None, "answered_at": NOON}

    await tell(conn, message("thanks", at=LATER))
    assert await rows(conn, "SELECT FROM sends") == [], "a person has taken over"


@pytest.mark.promise("PLT-03")
async def test_an_edit_shows_the_new_text_with_its_history_and_a_revocation_a_tombstone(conn: Conn):
    await a_channel(conn, await a_business(conn))
    target = MetaId("wamid.typo")

    def edit(number: int, text: str) -> MessageEdited:
        return MessageEdited(
            key=f"{NUMBER}:wamid.e{number}",
            at=NOON + timedelta(minutes=number),
            channel=NUMBER,
            person=ADA,
            target=target,
            content=Text(text),
        )

    await tell(conn, edit(2, "two tables"), message("to tables", id=target), edit(1, "too tables"))
    [row] = await inbox.messages(conn)
    assert row.content == {"type": "text", "body": "two tables"}, "the latest, in whatever order"
    history = await inbox.revisions(conn, row.id)
    said = [each.content["body"] for each in history if each.content]
    assert said == ["to tables", "too tables", "two tables"]

    gone = MessageRevoked(
        key=f"{NUMBER}:wamid.gone", at=LATER, channel=NUMBER, person=ADA, target=target
    )
    await tell(conn, gone)
    [row] = await inbox.messages(conn)
    assert (row.content, row.deleted_at) == (None, LATER)
    assert len(await rows(conn, "SELECT FROM messages")) == 1
    assert await rows(conn, "SELECT unread_count FROM conversations") == [{"unread_count": 1}]


async def test_the_latest_reaction_of_each_side_counts(conn: Conn):
    await a_channel(conn, await a_business(conn))
    await tell(conn, message("hello", id="wamid.liked"))

    def reaction(number: int, emoji: str | None, *, by_us: bool = False) -> Reacted:
        return Reacted(
            key=f"{NUMBER}:wamid.r{number}",
            at=NOON + timedelta(minutes=number),
            channel=NUMBER,
            person=ADA,
            target=MetaId("wamid.liked"),
            emoji=emoji,
            by_us=by_us,
        )

    await tell(conn, reaction(2, "❤️"), reaction(1, "👍"), reaction(3, "🙏", by_us=True))
    [row] = await inbox.messages(conn)
    assert [(each.emoji, each.by_us) for each in row.reactions] == [("❤️", False), ("🙏", True)]
    await tell(conn, reaction(4, None))
    [row] = await inbox.messages(conn)
    assert [each.emoji for each in row.reactions] == ["🙏"]


async def test_a_quoted_message_is_shown_with_the_answer_unless_it_was_taken_back(conn: Conn):
    await a_channel(conn, await a_business(conn))
    answer = replace(message("yes, that one"), context=Context(reply_to="wamid.q"), at=LATER)
    await tell(conn, message("which one?", id="wamid.q"), answer)
    latest, _ = await inbox.messages(conn)
    assert latest.quoted_content == {"type": "text", "body": "which one?"}

    gone = MessageRevoked(
        key=f"{NUMBER}:wamid.g", at=LATER, channel=NUMBER, person=ADA, target=MetaId("wamid.q")
    )
    await tell(conn, gone)
    latest, _ = await inbox.messages(conn)
    assert latest.quoted_content is None


async def test_one_person_on_two_numbers_of_a_business_has_one_history(conn: Conn):
    business = await a_business(conn)
    await a_channel(conn, business)
    await a_channel(conn, business, "770012340000002")
    await tell(conn, message("to the first"))
    await tell(conn, message("to the second", channel="770012340000002", at=LATER))

    [contact] = await contacts(conn)
    history = await inbox.messages(conn, contact_id=contact.id)
    texts = [row.content["body"] for row in history if row.content]
    assert texts == ["to the second", "to the first"]
    assert len({row.channel_id for row in history}) == 2


async def test_people_are_found_around_the_place_that_they_shared_last(conn: Conn):
    await a_channel(conn, await a_business(conn))
    cafe = {"latitude": 23.5880, "longitude": 58.3829, "kilometres": 5}
    bob = Person(user_id="US.55", name="Bob")
    here, there = (
        message("", content=Location(latitude=lat, longitude=58.3829), person=person, at=at)
        for lat, person, at in ((23.6300, ADA, NOON), (23.6400, bob, NOON))
    )
    await tell(conn, here, there)
    assert [c.name for c in await contacts(conn, **cafe)] == ["Ada"], "4.7 km, not 5.8 km"

    moved = Location(latitude=23.5881, longitude=58.3829)
    await tell(conn, message("", content=moved, person=bob, at=LATER))
    assert {c.name for c in await contacts(conn, **cafe)} == {"Ada", "Bob"}
    nowhere = message("", content=Location(latitude=400, longitude=0.0), person=bob, at=LATER)
    await tell(conn, nowhere)
    assert {c.name for c in await contacts(conn, **cafe)} == {"Ada", "Bob"}


async def test_history_is_shown_and_nobody_has_to_work_it_off(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Hi!"))
    before = NOON - timedelta(days=30)

    def past(number: int, text: str, *, by_us: bool) -> PastReceived:
        return PastReceived(
            key=f"{NUMBER}:wamid.h{number}",
            at=before + timedelta(minutes=number),
            channel=NUMBER,
            person=ADA,
            message=MetaId(f"wamid.h{number}"),
            content=Text(text),
            by_us=by_us,
            status="read" if by_us else None,
        )

    await tell(conn, past(2, "answer", by_us=True), past(1, "question", by_us=False), now=NOON)
    await tell(conn, past(2, "answer", by_us=True), now=LATER)

    assert await rows(conn, "SELECT status, unread_count FROM conversations") == [
        {"status": "resolved", "unread_count": 0}
    ]
    kinds = await rows(conn, "SELECT direction, author_kind FROM messages ORDER BY sent_at")
    assert [row["author_kind"] for row in kinds] == ["contact", "native_app"]
    assert await rows(conn, "SELECT FROM sends") == []
    assert await rows(conn, "SELECT FROM messaging_windows") == [], "the day is long over"


async def test_the_phones_address_book_names_someone_before_they_write(conn: Conn):
    await a_channel(conn, await a_business(conn))
    known = ContactSynced(
        key="sync", at=NOON, channel=NUMBER, person=Person(phone="15550100123", name="Ada Book")
    )
    await tell(conn, known, message("hello", person=Person(phone="15550100123", user_id="US.1001")))
    assert await rows(conn, "SELECT name FROM contacts") == [{"name": "Ada Book"}]


@pytest.mark.promise("CON-05")
async def test_who_stops_marketing_in_whatsapp_gets_none_until_they_resume(conn: Conn):
    business = await a_business(conn)
    await a_channel(conn, business)
    await tell(conn, message("hello"))

    async def prefer(value: str, number: int) -> bool:
        told = PreferenceReported(
            key=f"p{number}",
            at=NOON + timedelta(minutes=number),
            channel=NUMBER,
            person=ADA,
            value=value,
        )
        await tell(conn, told)
        [pair] = await rows(conn, "SELECT channel_id, contact_id FROM conversations")
        states = await WIRING.look(conn, [(pair["channel_id"], pair["contact_id"])], LATER)
        [state] = states.values()
        return state.contact.marketing_suppressed and not state.contact.suppressed

    assert await prefer("stop", 1)
    assert not await prefer("resume", 2)
    assert await prefer("stop", 3)


@pytest.mark.promise("MSG-36")
async def test_a_call_is_one_line_with_its_end_and_opens_the_window(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Hi!"))

    def call(event: str, at: int, **call: object) -> CallReported:
        return CallReported(
            key=f"{NUMBER}:wacid.1:{event}",
            at=NOON + timedelta(seconds=at),
            channel=NUMBER,
            person=ADA,
            message=MetaId("wacid.1"),
            call=Call(direction="in", **call),  # pyright: ignore[reportArgumentType]
        )

    ends = call("terminate", 130, status="completed", duration_seconds=120)
    await tell(conn, call("connect", 0, status="ringing"), ends)

    [row] = await inbox.messages(conn)
    assert row.content == {
        "type": "call", "direction": "in", "status": "completed", "duration_seconds": 120
    }  # fmt: skip
    assert row.edited_at is None
    [window] = await rows(conn, "SELECT closes_at FROM messaging_windows")
    assert window["closes_at"] > NOON + timedelta(hours=24)
    assert await rows(conn, "SELECT FROM sends") == [], "a call is answered by nobody's rule"


@pytest.mark.promise("MSG-36")
async def test_whether_we_may_call_is_kept_with_its_end(conn: Conn):
    await a_channel(conn, await a_business(conn))
    allowed = CallPermissionReply(granted=True, expires_at=1_797_000_000)
    await tell(conn, message("", content=allowed))
    [kept] = await rows(conn, "SELECT granted, expires_at FROM call_permissions")
    assert kept == {"granted": True, "expires_at": datetime.fromtimestamp(1_797_000_000, UTC)}
    forever = CallPermissionReply(granted=True, permanent=True)
    await tell(conn, message("", content=forever, at=LATER))
    assert await rows(conn, "SELECT granted, expires_at FROM call_permissions") == [
        {"granted": True, "expires_at": None}
    ]


async def test_replay_rebuilds_edits_reactions_and_the_past_as_they_were(conn: Conn):
    await a_channel(conn, await a_business(conn))
    await tell(
        conn,
        message("to tables", id="wamid.x"),
        MessageEdited(
            key="e", at=LATER, channel=NUMBER, person=ADA, target=MetaId("wamid.x"),
            content=Text("two tables"),
        ),
        Reacted(key="r", at=LATER, channel=NUMBER, person=ADA, target=MetaId("wamid.x"), emoji="👍"),
        PastReceived(
            key="h", at=NOON - timedelta(days=9), channel=NUMBER, person=ADA,
            message=MetaId("wamid.h"), content=Text("long ago"), by_us=True,
        ),
    )  # fmt: skip
    before = [replace(row, seq=0) for row in await inbox.messages(conn)]
    await replay(conn, WIRING, REPLAY_WIPES)
    assert [replace(row, seq=0) for row in await inbox.messages(conn)] == before


@pytest.mark.parametrize("revoked", ["wamid.a", "wamid.z"])
async def test_what_is_changed_and_deleted_within_one_second_of_metas_is_deleted(
    conn: Conn, revoked: str
):
    await a_channel(conn, await a_business(conn))
    target = MetaId("wamid.typo")
    edit = MessageEdited(
        key=f"{NUMBER}:wamid.m", at=LATER, channel=NUMBER, person=ADA, target=target,
        content=Text("two tables"),
    )  # fmt: skip
    gone = MessageRevoked(
        key=f"{NUMBER}:{revoked}", at=LATER, channel=NUMBER, person=ADA, target=target
    )

    await tell(conn, message("to tables", id=target), edit)
    await tell(conn, gone)

    [row] = await inbox.messages(conn)
    assert row.content is None


@pytest.mark.parametrize(("first", "second"), [("wamid.a", "wamid.z"), ("wamid.z", "wamid.a")])
async def test_of_two_changes_within_one_second_of_metas_the_one_told_last_counts_and_is_found(
    conn: Conn, first: str, second: str
):
    await a_channel(conn, await a_business(conn))
    target = MetaId("wamid.typo")
    await tell(conn, message("to tables", id=target))
    for key, text in ((first, "too tables"), (second, "two tables")):
        edit = MessageEdited(
            key=f"{NUMBER}:{key}", at=LATER, channel=NUMBER, person=ADA, target=target,
            content=Text(text),
        )  # fmt: skip
        await tell(conn, edit)

    for _ in ("as it was told", "after a replay"):
        [row] = await inbox.messages(conn)
        assert row.content == {"type": "text", "body": "two tables"}
        assert [await found(conn, word) for word in ("two", "too")] == [1, 0]
        await replay(conn, WIRING, REPLAY_WIPES)


async def found(conn: Conn, word: str) -> int:
    """How many messages a search finds by it."""
    see = "SELECT set_config('serai.businesses', (SELECT string_agg(id::text, ',') FROM businesses), false)"
    await rows(conn, see)
    nothing = "NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL"
    return len(await rows(conn, f"SELECT id FROM find_messages(ARRAY['%{word}%'], {nothing}, 9)"))
