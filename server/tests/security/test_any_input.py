"""No value, wherever it stands, makes the API fail: made from its description, with ids that are there.

In short each place gets two of the values in turn; with SERAI_TEST_LONG set (`./run test --security`) all.
"""

import json
import os
from collections.abc import AsyncIterator, Iterator
from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from serai.core.permissions import Role
from serai.kit.db import Conn
from tests.app.calling import Api, cookie, serving
from tests.given import a_business
from tests.security.test_tenants import MINE, tried
from tests.security.wishes import Ids, Request, Wish, put, request
from tests.security.worlds import Company, furnish

IS_LONG = "SERAI_TEST_LONG" in os.environ
DEEP: list[Any] = reduce(lambda inner, _: [inner], range(200), [])
"""Two hundred lists, each in the next."""
VALUES: tuple[Any, ...] = (
    "a\x00b", "\ud800", "x" * 20_000, "", "  ", "\u202e\u0000", "'; DROP TABLE contacts; --",
    "<script>alert(1)</script>", "../../etc/passwd", "%00", "{{1}}{{contact.name}}", "\U0001f9ff" * 90,
    -1, 0, 2**31, 2**63, 2**64, -(2**70), 1e308, float("nan"), float("inf"), 0.1,
    None, True, [], {}, [None], [[]], {"": None}, {"\x00": 1}, ["x"] * 5000, DEEP,
    "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00+14:00", "2026-02-30", "24:00", "-0001-01-01",
    "00000000-0000-0000-0000-000000000000", "=1+1", "a@b", "+99999999999999999999",
)  # fmt: skip
IN_QUERIES = (
    *(each for each in VALUES if isinstance(each, str) and each.isprintable()),
    "\x00", "-1", "1e999", "NaN", "9" * 400, "\x7f", "null", "[]", "true",
)  # fmt: skip
AWAY = {"meta_unavailable"}
"""What is answered with 503 here: nobody plays Meta."""


class Place(NamedTuple):
    where: str
    value: Any
    request: Request


@pytest.fixture
async def api(db_url: str, conn: Conn, tmp_path: Path) -> AsyncIterator[Api]:
    many = {"user_limit": 10_000_000, "key_limit": 10_000_000}
    async with serving(db_url, conn, media_folder=str(tmp_path), **many) as api:
        yield api


def chosen(values: tuple[Any, ...], number: int) -> Iterator[Any]:
    """All values, or the two whose turn it is."""
    if IS_LONG:
        yield from values
    else:
        yield from (values[(2 * number + n) % len(values)] for n in range(2))


def places(wishes: list[Wish], own: Ids) -> Iterator[Place]:
    number = 0
    for wish in wishes:
        plain = request(wish, own, None, own)
        for leaf in wish.leaves:
            number += 1
            for value in chosen(VALUES, number):
                body = put(plain.body, leaf, value)
                yield Place(".".join(leaf) or "body", value, plain._replace(body=body))
        if wish.method == "GET":
            for name in wish.query:
                number += 1
                for value in chosen(IN_QUERIES, number):
                    yield Place(name, value, plain._replace(query=plain.query | {name: value}))


async def amiss(api: Api, place: Place, headers: dict[str, str]) -> str | None:
    """What is wrong with the answer, if anything."""
    api.wishes += 1
    wanted = place.request
    answer = await api.http.request(
        wanted.method,
        f"/api/v1{wanted.path}",
        params=wanted.query,
        content=None if wanted.body is None else json.dumps(wanted.body),
        headers=headers
        | {"Content-Type": "application/json", "Idempotency-Key": f"any-{api.wishes}"},
    )
    what = f"{wanted.method} {wanted.path} {place.where}={str(place.value)[:40]!r}"
    if answer.status_code < 400:
        return None
    if answer.headers.get("content-type") != "application/problem+json":
        return f"{what} → {answer.status_code} is no problem"
    code = answer.json()["code"]
    is_fine = answer.status_code < 500 or code in AWAY
    return None if is_fine else f"{what} → {answer.status_code} {code}"


@pytest.mark.promise("SEC-10")
@pytest.mark.promise("SEC-16")
async def test_no_value_whatever_makes_the_api_fail(api: Api):
    mine = await a_business(api.conn, "mine")
    owner = await cookie(api, Role.OWNER)
    own = await furnish(Company(api, mine, owner, "my-own"), *MINE)
    people = {"Cookie": owner, "Sec-Fetch-Site": "same-origin"}
    program = {"Authorization": f"Bearer {await api.key('admin')}"}
    wishes = [each for each in tried(api) if each.method != "DELETE"]
    count = 0
    wrong: list[str] = []
    for place in places(wishes, own):
        count += 1
        failed = await amiss(api, place, program if count % 4 == 0 else people)
        if failed:
            wrong.append(failed)
    assert not wrong, "\n".join(wrong)
    assert count > 700
