"""No id of another company, or of another business, opens, changes or tells anything: wherever it stands.

Made from the API's description, so that a new route is tried on the day it is born.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest
from serai.core.permissions import Role
from serai.kit.db import Conn
from tests.app.calling import Api, cookie, serving
from tests.given import a_business, rows
from tests.security.wishes import Book, Ids, Request, Slot, Wish, request
from tests.security.worlds import Company, furnish

SECRET = "their-secret"
MINE, THEIRS = (
    ("770012340000001", ("15550100123", "15550100124")),
    (
        "770012340000002",
        ("15550100888", "15550100889"),
    ),
)
APART = {
    "/live": "answers without end; who hears what is tested in tests/app/test_live.py",
    "/files": "takes a form; the business in it is tried below",
    "/account/password": "about whoever asks, and asks for their password",
    "/account/authenticator": "the same",
    "/account/recovery-codes": "the same",
    "/account/passkeys/options": "the same",
}
OF_THE_COMPANY = {"user", "reply", "view", "key", "invitation", "device", "session", "passkey"}
"""Kinds that a business does not have for itself."""
UNSEEN = ("audit_entries", "audit_chains", "request_counts", "idempotent_requests", "api_keys")
"""Tables that grow by being asked; none of them is shown to anybody but their owner."""


OWN_WORDS = {"contact_jobs": "plan"}
"""What a caller asked for, kept as they said it: the job looks for it in their own business alone."""


class Scene(NamedTuple):
    me: Company
    own: Ids
    foreign: Ids


@pytest.fixture
async def api(db_url: str, conn: Conn, tmp_path: Path) -> AsyncIterator[Api]:
    many = {"user_limit": 1_000_000, "key_limit": 1_000_000, "stranger_limit": 1_000_000}
    async with serving(db_url, conn, media_folder=str(tmp_path), **many) as api:
        yield api


async def two_companies(api: Api) -> Scene:
    mine = await a_business(api.conn, "mine")
    [other] = await rows(api.conn, "INSERT INTO organizations (name) VALUES ('Other') RETURNING id")
    theirs = await a_business(api.conn, "theirs", organization_id=other["id"], name=SECRET)
    owner = await cookie(api, Role.OWNER)
    stranger = await cookie(api, Role.OWNER, organization=other["id"], at="other")
    me = Company(api, mine, owner, "my-own")
    own = await furnish(me, *MINE)
    return Scene(me, own, await furnish(Company(api, theirs, stranger, SECRET), *THEIRS))


async def two_businesses(api: Api) -> Scene:
    """Of one company; whoever asks manages one of them."""
    mine, theirs = await a_business(api.conn, "mine"), await a_business(api.conn, "theirs")
    owner, manager = await cookie(api, Role.OWNER), await cookie(api, Role.MANAGER, mine)
    own = await furnish(Company(api, mine, owner, "my-own"), *MINE)
    foreign = await furnish(Company(api, theirs, owner, SECRET, "shared"), *THEIRS)
    shared = {kind: id_ for kind, id_ in own.items() if kind in OF_THE_COMPANY}
    return Scene(Company(api, mine, manager, "my-own"), own, foreign | shared)


def tried(api: Api) -> list[Wish]:
    book = Book(api.app.openapi())
    return [
        each
        for each in book.wishes()
        if each.path not in APART and not each.path.startswith("/session")
    ]


def requests(api: Api, scene: Scene) -> Iterator[tuple[Slot, Request]]:
    """Every request with one id of theirs in it."""
    for wish in tried(api):
        for slot in wish.slots:
            if slot.kind in scene.own and scene.foreign[slot.kind] != scene.own[slot.kind]:
                yield slot, request(wish, scene.own, slot, scene.foreign)


async def mentions(conn: Conn, ids: Ids, own: Ids) -> dict[str, list[Any]]:
    """Every row that holds an id of theirs: theirs themselves, and any other that points at them."""
    wanted = sorted(set(ids.values()) - set(own.values()))
    tables = await rows(conn, "SELECT tablename FROM pg_tables WHERE schemaname = 'serai'")
    found: dict[str, list[Any]] = {}
    for name in sorted(each["tablename"] for each in tables):
        if name not in UNSEEN:
            shown = f"to_jsonb({name}) - '{OWN_WORDS.get(name, '')}'"
            cursor = await conn.execute(
                f"SELECT {shown} AS row FROM {name} WHERE ({shown})::text ~ %s ORDER BY 1".encode(),
                ("|".join(wanted),),
            )
            found[name] = await cursor.fetchall()
    return found


def told(answer: httpx2.Response, asked: Slot, scene: Scene) -> str | None:
    """What of theirs the answer tells."""
    sent = scene.foreign[asked.kind]
    if SECRET in answer.text:
        return "a name of theirs"
    others = set(scene.foreign.values()) - set(scene.own.values()) - {sent}
    shown = [each for each in others if each in answer.text]
    return f"ids of theirs: {shown}" if shown else None


async def trespasses(api: Api, scene: Scene) -> tuple[list[str], list[str], int]:
    """What went wrong, which requests never came as far as the id, and how many there were."""
    wrong: list[str] = []
    unread: list[str] = []
    count = 0
    for slot, wanted in requests(api, scene):
        count += 1
        answer = await api.ask(
            wanted.method,
            wanted.path,
            wanted.body,
            params=wanted.query,
            headers=dict(scene.me.headers),
        )
        what = f"{wanted.method} {wanted.path} {slot.where}:{slot.name} → {answer.status_code}"
        leak = told(answer, slot, scene)
        if leak or answer.status_code >= 500:
            wrong.append(f"{what} {leak or answer.text[:200]}")
        elif slot.where == "path" and answer.status_code < 300 and not _is_empty(answer):
            wrong.append(f"{what} opened: {answer.text[:120]}")
        if answer.status_code == 422 and answer.json()["code"] == "request_invalid":
            unread.append(f"{what} {answer.json().get('field')}")
    return wrong, unread, count


def _is_empty(answer: httpx2.Response) -> bool:
    """A list without anything in it tells nothing; nor does having taken away what was not there."""
    if (answer.request.method, answer.status_code) == ("DELETE", 204):
        return True
    return answer.text.startswith('{"data":[],') or answer.text == "[]"


@pytest.mark.promise("SEC-15")
async def test_no_id_of_another_company_opens_changes_or_tells_anything(api: Api):
    scene = await two_companies(api)
    before = await mentions(api.conn, scene.foreign, scene.own)
    assert sum(map(len, before.values())) > 30

    wrong, unread, count = await trespasses(api, scene)

    assert not wrong, "\n".join(wrong)
    assert len(unread) < count / 20, "\n".join(unread)
    assert count > 200
    assert await mentions(api.conn, scene.foreign, scene.own) == before
    await nothing_listed(api, scene)


@pytest.mark.promise("SEC-15")
async def test_no_id_of_another_business_opens_changes_or_tells_anything(api: Api):
    scene = await two_businesses(api)
    before = await mentions(api.conn, scene.foreign, scene.own)

    wrong, _, count = await trespasses(api, scene)

    assert not wrong, "\n".join(wrong)
    assert count > 120
    assert await mentions(api.conn, scene.foreign, scene.own) == before


async def nothing_listed(api: Api, scene: Scene) -> None:
    """No list, search, report or export shows anything of theirs, whatever is looked for."""
    for wish in tried(api):
        if wish.method == "GET" and not any(slot.where == "path" for slot in wish.slots):
            path = wish.path.replace("{key}", "x")
            for query in ({}, {"q": SECRET}, dict.fromkeys(wish.query, SECRET)):
                answer = await api.ask("GET", path, params=query, headers=dict(scene.me.headers))
                assert answer.status_code < 500, path
                assert SECRET not in answer.text, (path, query)
                if path.startswith("/audit"):
                    continue  # it repeats the addresses that we ourselves asked for
                for kind, id_ in scene.foreign.items():
                    assert id_ == scene.own[kind] or id_ not in answer.text, (path, kind)


@pytest.mark.promise("SEC-15")
async def test_every_id_that_the_api_takes_has_a_kind_that_is_tried(api: Api):
    """A new name of an id fails here, or before, until it is said what it is the id of."""
    scene = await two_companies(api)
    kinds = {slot.kind for wish in tried(api) for slot in wish.slots}
    assert kinds - scene.own.keys() == set()
    file = {"file": ("a.txt", b"words", "text/plain")}
    answer = await api.http.post(
        "/api/v1/files",
        data={"business_id": scene.foreign["business"]},
        files=file,
        headers=scene.me.headers | {"Idempotency-Key": "theirs"},
    )
    assert answer.status_code == 403
