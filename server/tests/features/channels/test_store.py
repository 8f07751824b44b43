"""What is kept of Meta's news and answers, in a real database."""

from datetime import timedelta
from typing import Any

from serai.core.effects import (
    NoteChannel,
    PauseChannel,
    PostNotice,
    RestrictChannel,
    ResumeChannel,
)
from serai.core.ids import BusinessId, ChannelId
from serai.engine import due
from serai.features.channels.model.reading import Kept
from serai.features.channels.store import cards, facts, targets
from serai.features.channels.store.targets import Renewed
from serai.kit.db import Conn
from serai.meta.management.access import Token
from tests.given import NOON, VAULT, a_business, a_channel, rows

LATER = NOON + timedelta(hours=1)


async def a_number(
    conn: Conn, number: str = "771", key: str = "cafe"
) -> tuple[BusinessId, ChannelId]:
    owner = await a_business(conn, key)
    return owner, await a_channel(conn, owner, number)


def notice(ids: dict[str, Any], code: str, **values: Any) -> PostNotice:
    words: dict[str, Any] = {
        "at": NOON,
        "level": "warning",
        "words": "It is so.",
        "next_step": "Mend it.",
    }
    return PostNotice(**ids, code=code, **(words | values))


async def test_a_notice_told_again_is_one_notice_with_its_first_time_and_its_last_words(conn: Conn):
    business, channel = await a_number(conn)
    ids = {"business_id": business, "channel_id": channel}

    await facts.post(conn, [notice(ids, "silent")])
    await facts.post(conn, [notice(ids, "silent", at=LATER, level="critical", words="Still so.")])

    [held] = await facts.notices(conn, [channel])
    assert (held.at, held.level, held.words) == (NOON, "critical", "Still so.")


async def test_news_show_their_last_time_and_are_over_after_two_weeks_unlike_troubles(conn: Conn):
    business, channel = await a_number(conn)
    ids = {"business_id": business, "channel_id": channel}
    for at in (NOON, LATER):
        await facts.post(conn, [notice(ids, "limit_changed", level="informational", at=at)])
    await facts.post(conn, [notice(ids, "pin_changed")])

    await facts.retire(conn, [channel], LATER + timedelta(days=14))
    assert {each.at for each in await facts.notices(conn, [channel])} == {NOON, LATER}
    await facts.retire(conn, [channel], LATER + timedelta(days=14, seconds=1))
    assert [each.code for each in await facts.notices(conn, [channel])] == ["pin_changed"]


async def test_an_ended_notice_may_come_back_as_another(conn: Conn):
    business, channel = await a_number(conn)
    ids = {"business_id": business, "channel_id": channel}

    for at in (NOON, LATER):
        await facts.post(conn, [notice(ids, "silent", at=at)])
        await facts.post(conn, [notice(ids, "silent", at=at, holds=False)])

    assert await facts.notices(conn, [channel]) == []
    ended = await facts.notices(conn, [channel], with_ended=True)
    assert [each.at for each in ended] == [LATER, NOON]


async def test_the_end_of_a_code_ends_its_parts_and_no_other(conn: Conn):
    business, channel = await a_number(conn)
    ids = {"business_id": business, "channel_id": channel}
    codes = ["health:1", "health:2", "healthy", "silent"]
    await facts.post(conn, [notice(ids, code) for code in codes])

    await facts.post(conn, [notice(ids, "health", holds=False)])

    assert {each.code for each in await facts.notices(conn, [channel])} == {"healthy", "silent"}


async def test_of_news_in_one_batch_the_last_counts(conn: Conn):
    business, channel = await a_number(conn)
    ids: dict[str, Any] = {"business_id": business, "channel_id": channel}

    await facts.post(conn, [notice(ids, "a"), notice(ids, "a", holds=False)])
    await facts.restrict(
        conn,
        [
            RestrictChannel(**ids, kinds={"marketing": None, "replies": LATER}),
            RestrictChannel(**ids, allowed=("marketing",)),
            RestrictChannel(**ids, allowed=("utility",), kinds={"utility": None}),
        ],
    )
    await facts.note(
        conn,
        [
            NoteChannel(**ids, facts={"a": 1, "b": 1}, messaging_limit=250),
            NoteChannel(**ids, facts={"b": 2}, messages_per_second=1000),
        ],
    )

    assert await facts.notices(conn, [channel]) == []
    [card] = await cards.cards(conn)
    assert card.restrictions == {"replies": LATER, "utility": None}
    assert card.number == {"a": 1, "b": 2}
    assert (card.messaging_limit, card.messages_per_second) == (250, 1000)


async def test_all_numbers_of_a_portfolio_share_a_limit_that_is_told_of_one(conn: Conn):
    business, first = await a_number(conn, "771", "cafe")
    other, second = await a_number(conn, "772", "shop")
    _, stranger = await a_number(conn, "773", "school")
    owners = [Kept(channel_id=first, business_id=business, portfolio_id="92"),
              Kept(channel_id=second, business_id=other, portfolio_id="92")]  # fmt: skip
    await facts.keep(conn, owners)

    told = NoteChannel(business_id=business, channel_id=first, messaging_limit=2000)
    await facts.note(conn, [told])

    limits = {card.id: card.messaging_limit for card in await cards.cards(conn)}
    assert limits == {first: 2000, second: 2000, stranger: None}


async def test_a_pause_keeps_its_first_reason_and_ends_by_its_own_cause_only(conn: Conn):
    business, channel = await a_number(conn)
    ids: dict[str, Any] = {"business_id": business, "channel_id": channel}

    await facts.pause(conn, [PauseChannel(**ids, reason="Expired.", code=190)])
    await facts.pause(conn, [PauseChannel(**ids, reason="Banned.", cause="account")])
    await facts.resume(conn, [ResumeChannel(**ids, causes=("account", "number"))])
    [card] = await cards.cards(conn)
    assert (card.state, card.paused_by, card.paused_reason) == ("paused", "token", "Expired.")

    await facts.resume(conn, [ResumeChannel(**ids, causes=("token",))])
    [card] = await cards.cards(conn)
    assert (card.state, card.paused_by, card.paused_reason) == ("active", None, None)


async def test_sections_that_were_not_read_stay_and_a_healed_number_is_healthy(conn: Conn):
    business, channel = await a_number(conn)
    ids: dict[str, Any] = {"channel_id": channel, "business_id": business}

    await facts.keep(conn, [Kept(**ids, number={"a": 1}, health={"entities": [1]}, read_at=NOON)])
    await facts.keep(
        conn, [Kept(**ids, account={"b": 2}, health={"can_send_message": "AVAILABLE"})]
    )

    found = (await facts.facts(conn, [channel]))[channel]
    assert (found.number, found.account, found.read_at) == ({"a": 1}, {"b": 2}, NOON)
    assert found.health == {"can_send_message": "AVAILABLE"}


async def test_a_new_token_is_sealed_and_opens_with_its_number_only(conn: Conn):
    _, channel = await a_number(conn)

    await targets.renew(conn, VAULT, [Renewed(channel, Token("EAAnew"), LATER)])

    [target] = await targets.targets(conn, VAULT, [channel])
    assert (target.token, target.token_expires_at) == ("EAAnew", LATER)
    [row] = await rows(conn, "SELECT token FROM channels")
    assert b"EAAnew" not in bytes(row["token"])


async def test_a_replay_leaves_what_meta_told_alone(conn: Conn):
    business, channel = await a_number(conn)
    ids: dict[str, Any] = {"business_id": business, "channel_id": channel}

    async with conn.transaction():
        await conn.execute("SELECT set_config('serai.replaying', 'on', true)")
        await facts.write(
            conn,
            [
                notice(ids, "silent"),
                PauseChannel(**ids, reason="x"),
                RestrictChannel(**ids, kinds={"replies": None}),
                NoteChannel(**ids, facts={"a": 1}, messaging_limit=1),
            ],
        )

    [card] = await cards.cards(conn)
    assert (card.state, card.restrictions, card.number, card.messaging_limit) == (
        "active",
        {},
        {},
        None,
    )
    assert await facts.notices(conn, [channel]) == []


async def test_a_leased_job_comes_back_when_its_worker_died_and_not_before(conn: Conn):
    business, channel = await a_number(conn)
    await due.for_channels(conn, "channel_probe", NOON)
    await due.for_channels(conn, "channel_probe", LATER)

    first = await due.lease(conn, "channel_probe", NOON, LATER, 10)
    assert [job.subject for job in first] == [channel]
    assert await due.lease(conn, "channel_probe", NOON, LATER, 10) == []
    assert len(await due.lease(conn, "channel_probe", LATER, LATER, 10)) == 1
    again = LATER + timedelta(seconds=45)
    await due.schedule(conn, "channel_probe", [(channel, business, again)])
    assert await due.lease(conn, "channel_probe", LATER, again, 10) == []
    assert len(await due.lease(conn, "channel_probe", again, again, 10)) == 1
