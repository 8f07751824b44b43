"""What is over goes, a slice at a time; what still counts stays."""

from datetime import UTC, datetime, timedelta

from serai.features.accounts.store import over
from serai.kit.db import ENGINE, connect
from tests.features.accounts.house import House

SLICE = 500


async def sweep(house: House, ahead: timedelta = timedelta()) -> int:
    now = datetime.now(UTC) + ahead
    async with await connect(house.url, ENGINE) as conn:
        return await over.sweep(conn, now, SLICE)


def counts(house: House) -> list[int]:
    tables = ("sessions", "one_time_tokens", "sign_in_attempts", "mails")
    return [len(house.rows(f"SELECT FROM {table}")) for table in tables]


async def test_sessions_links_guesses_and_letters_go_when_they_are_over(house: House):
    browser = house.owner()
    house.execute(
        "INSERT INTO sessions (id, user_id, digest, stage, means, created_at, seen_at, expires_at, ended_at)"
        " SELECT gen_random_uuid(), users.id, sha256(way.name::bytea), 'whole', 'password', now(),"
        "        now() - interval '31 days',"
        "        now() + way.ends, now() + way.ended"
        "   FROM users, (VALUES ('expired', interval '-31 days', NULL),"
        "                       ('ended', interval '9 days', interval '-31 days'),"
        "                       ('ended lately', interval '9 days', interval '-29 days'))"
        "               AS way (name, ends, ended)"
    )
    house.execute(
        "INSERT INTO one_time_tokens (digest, purpose, expires_at)"
        " VALUES ('a', 'reset', now() - interval '1 minute'), ('b', 'reset', now() + interval '1 minute')"
    )
    house.execute(
        "INSERT INTO sign_in_attempts VALUES"
        " ('a', 9, now() - interval '3 days', now() - interval '3 days'), ('b', 9, now(), now())"
    )
    house.execute(
        "INSERT INTO mails (id, kind, letter, created_at, due_at, sent_at)"
        " SELECT gen_random_uuid(), 'reset', '', at, at, sent"
        "   FROM (VALUES (now() - interval '40 days', now() - interval '40 days'),"
        "                (now() - interval '40 days', NULL)) AS letters (at, sent)"
    )
    before = counts(house)

    assert await sweep(house) == 2

    assert [gone - left for gone, left in zip(before, counts(house), strict=True)] == [2, 1, 1, 1]
    assert browser.is_in


async def test_the_last_session_of_somebody_stays_and_tells_when_they_were_here(house: House):
    house.owner()
    house.execute("UPDATE sessions SET ended_at = now() - interval '90 days'")

    await sweep(house)

    assert len(house.rows("SELECT FROM sessions")) == 1


async def test_no_slice_is_longer_than_it_may_be(house: House):
    rows = SLICE * 2 + 1
    house.execute(
        "INSERT INTO one_time_tokens (digest, purpose, expires_at)"
        f" SELECT sha256(n::text::bytea), 'reset', now() - interval '1 day' FROM generate_series(1, {rows}) n"
    )

    assert [await sweep(house) for _ in range(3)] == [SLICE, SLICE, 1]
    assert house.rows("SELECT FROM one_time_tokens") == []


async def test_guesses_that_still_make_somebody_wait_are_kept(house: House):
    house.owner()
    for _ in range(6):
        house.browser().sign_in("ada@company.example", "wrong")

    await sweep(house, over.GUESSES_KEPT_FOR - timedelta(hours=1))

    assert house.browser().sign_in("ada@company.example").status_code == 429
