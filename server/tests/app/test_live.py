"""What the live stream tells, to whom, and when it ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from uuid import UUID

import pytest
from serai.app.live import Live, Told, frames
from serai.core.ids import BusinessId
from serai.core.permissions import Permission
from serai.core.principal import Principal
from serai.engine import news
from serai.engine.news import News
from serai.kit.db import ENGINE, Conn, pool

CAFE, SHOP = BusinessId(UUID(int=1)), BusinessId(UUID(int=2))
SARA, OMAR = UUID(int=11), UUID(int=12)
pytestmark = pytest.mark.anyio


def principal(who: UUID, *businesses: BusinessId) -> Principal:
    may = frozenset({Permission.CONVERSATIONS_READ})
    return Principal(
        kind="user",
        id=who,
        name="Somebody",
        organization_id=UUID(int=99),
        grants=dict.fromkeys(businesses, may),
    )


@pytest.fixture
async def live(db_url: str) -> AsyncIterator[Live]:
    async with pool(db_url, ENGINE, 2) as opened:
        feed = Live(db_url, opened)
        running = asyncio.create_task(feed.run())
        await feed.listening.wait()
        yield feed
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def heard(live: Live, who: Principal, until: str) -> list[str]:
    """The kinds of news that they hear before `until`."""

    async def again() -> Principal | None:
        return who

    kinds: list[str] = []
    async with aclosing(live.changes(who, again, None)) as told:
        async for each in told:
            if isinstance(each, News) and each.kind == until:
                return kinds
            kinds += [each.kind] if isinstance(each, News) else []
    return kinds


async def together(
    live: Live, conn: Conn, told: list[News], *readers: Principal
) -> list[list[str]]:
    end = News(kind="end", user_ids=tuple(reader.id for reader in readers))
    tasks = [asyncio.create_task(heard(live, reader, "end")) for reader in readers]
    await live.readers_are(len(readers))
    await news.tell(conn, [*told, end])
    return await asyncio.wait_for(asyncio.gather(*tasks), 10)


async def test_news_of_a_business_is_for_those_who_see_it(live: Live, conn: Conn) -> None:
    told = [News(kind="presence", business_id=CAFE, data={"conversation_id": "c"})]

    sara, omar = await together(live, conn, told, principal(SARA, CAFE), principal(OMAR, SHOP))

    assert sara == ["presence"]
    assert omar == []


async def test_news_for_a_person_is_for_nobody_else(live: Live, conn: Conn) -> None:
    told = [News(kind="counts", business_id=CAFE, user_ids=(SARA,))]

    sara, omar = await together(live, conn, told, principal(SARA, CAFE), principal(OMAR, CAFE))

    assert sara == ["counts"]
    assert omar == []


async def test_news_that_needs_a_permission_is_for_those_who_have_it(
    live: Live, conn: Conn
) -> None:
    told = [
        News(kind="job", business_id=CAFE, needs=Permission.CONTACTS_MOVE),
        News(kind="presence", business_id=CAFE, needs=Permission.CONVERSATIONS_READ),
    ]

    [sara] = await together(live, conn, told, principal(SARA, CAFE))

    assert sara == ["presence"]


async def test_news_of_a_transaction_that_fails_is_told_to_nobody(live: Live, conn: Conn) -> None:
    with suppress(RuntimeError):
        async with conn.transaction():
            await news.tell(conn, [News(kind="presence", business_id=CAFE)])
            raise RuntimeError

    [sara] = await together(live, conn, [], principal(SARA, CAFE))

    assert sara == []


async def test_a_stream_ends_when_its_readers_access_does(live: Live, conn: Conn) -> None:
    who = principal(SARA, CAFE)

    async def nobody() -> Principal | None:
        return None

    async def all_told() -> list[Told]:
        return [each async for each in live.changes(who, nobody, None)]

    listening = asyncio.create_task(all_told())
    await live.readers_are(1)
    await news.tell(conn, [News(kind="access"), News(kind="presence", business_id=CAFE)])

    assert await asyncio.wait_for(listening, 10) == [None]


async def test_who_lost_a_business_hears_no_more_of_it(live: Live, conn: Conn) -> None:
    before, after = principal(SARA, CAFE, SHOP), principal(SARA, SHOP)

    async def again() -> Principal | None:
        return after

    async def kinds() -> list[str]:
        found: list[str] = []
        async for each in live.changes(before, again, None):
            if isinstance(each, News):
                found.append(each.kind)
                if each.kind == "end":
                    break
        return found

    listening = asyncio.create_task(kinds())
    await live.readers_are(1)
    told = [
        News(kind="access"),
        News(kind="presence", business_id=CAFE),
        News(kind="end", business_id=SHOP),
    ]
    await news.tell(conn, told)

    found = await asyncio.wait_for(listening, 10)
    assert "presence" not in found
    assert "end" in found


async def test_news_too_long_to_carry_is_refused_where_it_is_told(conn: Conn) -> None:
    with pytest.raises(ValueError, match="longer than PostgreSQL carries"):
        await news.tell(conn, [News(kind="job", user_ids=(SARA,), data={"words": "x" * 8000})])


def test_news_has_no_id_so_that_a_browser_comes_back_to_the_log() -> None:
    told = frames(News(kind="job", business_id=CAFE, data={"job_id": "j", "done": 3}))

    assert told == (
        b'event: job\ndata: {"job_id":"j","done":3,"business_id":"%b"}\n\n' % str(CAFE).encode()
    )
