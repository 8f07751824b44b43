"""The API as its description tells it, asked by everybody: nothing fails it, no answer is another than told.

Made by schemathesis, half of it as described and half not, with ids that are there. In short the same few
requests each time; with SERAI_TEST_LONG set (`./run test --security`) many, at random.
"""

import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,  # pyright: ignore[reportUnknownVariableType]
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import FailureGroup
from serai.core.permissions import SCOPES, Role
from serai.kit.db import Conn
from tests.app.calling import Api, cookie, serving
from tests.given import a_business
from tests.security.test_any_input import AWAY
from tests.security.test_tenants import MINE
from tests.security.wishes import KINDS, Ids
from tests.security.worlds import Company, furnish

IS_LONG = "SERAI_TEST_LONG" in os.environ
EXAMPLES = 40 if IS_LONG else 1
"""Requests at random for each route, of either mode."""
AS_TOLD = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=not IS_LONG,
    phases=[Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
APART = {"/api/v1/live"}
"""Answers without end."""
LONGEST = 60_000
"""Of an address that the test's own client sends."""
ORDER = {"GET": 0, "POST": 1, "PUT": 2, "PATCH": 3, "DELETE": 4}
"""First what changes nothing, last what takes away."""


class Crowd:
    """One of each role, programs with much and with little, and nobody: the headers that each sends."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._joined = 0
        self.headers: dict[str, dict[str, str]] = {"nobody": {}}
        self.seen: Counter[tuple[str, int]] = Counter()

    async def come(self) -> None:
        for role in Role:
            await self.join(role)
        for scope in SCOPES:
            key = await self._api.key(scope, name=scope)
            self.headers[f"key {scope}"] = {"Authorization": f"Bearer {key}"}

    async def join(self, role: Role) -> str:
        """Somebody new in that role: the one before may have been signed out or sent away."""
        self._joined += 1
        new = await cookie(self._api, role, at=f"company{self._joined}")
        self.headers[role] = {"Cookie": new, "Sec-Fetch-Site": "same-origin"}
        return new

    async def note(self, name: str, status: int) -> None:
        self.seen[name, status] += 1
        if status == 401 and name in set(Role):
            await self.join(Role(name))

    def whose_turn(self, turn: int) -> list[str]:
        """One after the other, and every other time the owner, who may see every answer."""
        names = sorted(self.headers)
        return [names[turn % len(names)], *([] if turn % 2 else [Role.OWNER])]


@pytest.fixture
async def api(db_url: str, conn: Conn, tmp_path: Path) -> AsyncIterator[Api]:
    many = {"user_limit": 10_000_000, "key_limit": 10_000_000, "stranger_limit": 10_000_000}
    async with serving(db_url, conn, media_folder=str(tmp_path), **many) as api:
        yield api


def operations(api: Api) -> list[Any]:
    schema: Any = schemathesis.openapi.from_dict(api.app.openapi())
    found = [each.ok() for each in schema.get_all_operations()]
    kept = [each for each in found if each.path not in APART]
    return sorted(kept, key=lambda each: ORDER[each.method.upper()])


def cases(operation: Any) -> Iterator[Any]:
    """As described; and not, where anything could be."""
    yield from some(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    with suppress(Unsatisfiable):
        yield from some(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))


def some(strategy: SearchStrategy[Any]) -> list[Any]:
    made: list[Any] = []

    @AS_TOLD
    @given(strategy)
    def collect(case: Any) -> None:
        made.append(case)

    collect()
    return made


def aimed(operations: list[Any], own: Ids) -> Iterator[Any]:
    """Their requests, in short all with ids that are there; else every other."""
    for operation in operations:
        for number, case in enumerate(cases(operation)):
            if number % 2 or not IS_LONG:
                case.path_parameters = _with_ids(case.path_parameters, own)
                case.query = _with_ids(case.query, own)
                case.body = _with_ids(case.body, own)
            yield case


def _with_ids(value: Any, own: Ids) -> Any:
    """With ids that are there, wherever a name says what the id is of."""
    if isinstance(value, dict):
        known = cast("dict[str, Any]", value)
        return {
            name: _id(name, inner, own) if name in KINDS else _with_ids(inner, own)
            for name, inner in known.items()
        }
    if isinstance(value, list):
        return [_with_ids(inner, own) for inner in cast("list[Any]", value)]
    return value


def _id(name: str, value: Any, own: Ids) -> Any:
    known = own.get(KINDS[name] or "", value)
    return [known] if isinstance(value, list) else known


async def amiss(api: Api, case: Any, headers: dict[str, str]) -> tuple[int, str | None]:
    """The answer's status, and what is wrong with it, if anything."""
    api.wishes += 1
    told = case.as_transport_kwargs(base_url="http://serai.test")
    told.pop("timeout", None)
    asked: Any = requests.Request(**told).prepare()
    if len(asked.url) > LONGEST:
        return 414, None  # no client sends it; the walls would refuse it
    sent: dict[str, Any] = dict(asked.headers) | headers | {"Idempotency-Key": f"role-{api.wishes}"}
    answer = await api.http.request(asked.method, asked.url, content=asked.body, headers=sent)
    status = answer.status_code
    if status == 503 and answer.json()["code"] in AWAY:
        return status, None
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as failures:
        said = "; ".join(f"{each.title}: {each.message}" for each in failures.exceptions)
        what = f"{asked.method} {asked.url} {(asked.body or b'')[:300]!r} → {status}"
        return status, f"{what} {answer.text[:200]} {said}"
    return status, None


@pytest.mark.promise("SEC-10")
@pytest.mark.promise("SEC-16")
async def test_whoever_asks_for_whatever_the_answer_is_as_described(api: Api):
    mine = await a_business(api.conn, "mine")
    crowd = Crowd(api)
    await crowd.come()
    own = await furnish(Company(api, mine, await crowd.join(Role.OWNER), "my-own"), *MINE)
    wrong: list[str] = []
    for turn, case in enumerate(aimed(operations(api), own)):
        for name in crowd.whose_turn(turn):
            status, failed = await amiss(api, case, crowd.headers[name])
            await crowd.note(name, status)
            wrong += [f"{name}: {failed}"] if failed else []
    assert not wrong, "\n\n".join(wrong)
    assert {name for name, _ in crowd.seen} == crowd.headers.keys()
    assert sum(crowd.seen[Role.OWNER, status] for status in (200, 201, 202, 204)) > 80
