"""Whatever a file's host does, the file ends up here, or waits, or is given up with a reason."""

import hashlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from serai.core.content import File, Image
from serai.engine.handle import handle
from serai.features.media.jobs import Hands, fetch_files, upload_files
from serai.features.media.model import PATIENCE
from serai.features.media.store.shelf import Shelf
from serai.kit.blobs import Folder
from serai.kit.db import ENGINE, Conn, pool
from serai.meta.client import Graph
from serai.meta.transfer import TooLarge, picture
from tests.features.media.test_store import a_talk, an_upload, ask
from tests.given import NOON, TOKEN, WIRING, message, rows
from tests.kit import made

PICTURE = made.picture()
DIGEST = hashlib.sha256(PICTURE).hexdigest()
LARGEST = 100_000


class Host:
    """Meta's file host, as it behaves when it does not behave."""

    def __init__(self) -> None:
        self.status = 200
        self.body = PICTURE
        self.chunked = False
        self.sends_elsewhere = ""
        self.leads_to = ""
        self.upload: dict[str, Any] = {"id": "777"}
        self.upload_status = 200
        self.uploads = 0
        self.tokens: list[str] = []
        self.agents: list[str] = []
        self.origin = ""

    async def where(self, request: web.Request) -> web.Response:
        self.tokens.append(request.headers.get("Authorization", ""))
        return web.json_response({"url": self.sends_elsewhere or f"{self.origin}/file"})

    async def give(self, request: web.Request) -> web.StreamResponse:
        self.tokens.append(request.headers.get("Authorization", ""))
        self.agents.append(request.headers.get("User-Agent", ""))
        if self.leads_to:
            raise web.HTTPFound(self.leads_to)
        if not self.chunked:
            return web.Response(status=self.status, body=self.body)
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        for _ in range(50):
            await response.write(bytes(10_000))
        return response

    async def take(self, request: web.Request) -> web.Response:
        await request.read()
        self.uploads += 1
        return web.json_response(self.upload, status=self.upload_status)


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    host, app = Host(), web.Application()
    app.router.add_get("/v25.0/{id}", host.where)
    app.router.add_post("/v25.0/{id}/media", host.take)
    app.router.add_get("/file", host.give)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield host
    await runner.cleanup()


class Moving:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
async def hands(db_url: str, tmp_path: Path, host: Host, clock: Moving) -> AsyncIterator[Hands]:
    async with pool(db_url, ENGINE, 4) as engine, Graph(host.origin, "v25.0", 5) as graph:
        shelf = Shelf(engine, Folder(tmp_path / "store"), tmp_path / "desk")
        yield Hands(engine, graph, WIRING, shelf, clock.now, lambda: 0.0, LARGEST)


async def a_file(conn: Conn, **told: Any) -> None:
    await a_talk(conn)
    picture = Image(file=File(meta_id="554", sha256=DIGEST, **told))
    await handle(conn, WIRING, [message("", content=picture)], NOON)


async def state(conn: Conn) -> tuple[str, str | None]:
    [file] = await rows(conn, "SELECT state, reason FROM files")
    return file["state"], file["reason"]


async def test_a_file_is_fetched_with_the_token_and_a_name_of_ours(
    conn: Conn, hands: Hands, host: Host
):
    await a_file(conn)
    assert await fetch_files(hands) == 1

    assert await state(conn) == ("ready", None)
    assert host.tokens == [f"Bearer {TOKEN}"] * 2
    assert host.agents == ["Serai/1"]
    [event] = await rows(conn, "SELECT kind, message_id FROM events WHERE kind = 'FileSettled'")
    assert event["message_id"] is not None


async def test_a_young_address_is_used_and_an_old_one_is_asked_for_anew(
    conn: Conn, hands: Hands, host: Host, clock: Moving
):
    await a_file(conn, url=f"{host.origin}/file")
    await fetch_files(hands)
    assert len(host.tokens) == 1

    await conn.execute(
        "UPDATE files SET state = 'waiting', blob_id = NULL, url = 'dead', due_at = told_at"
    )
    clock.at += timedelta(minutes=5)
    await fetch_files(hands)
    assert len(host.tokens) == 3
    assert await state(conn) == ("ready", None)


async def test_other_bytes_than_meta_told_are_never_kept(
    conn: Conn, hands: Hands, host: Host, clock: Moving
):
    host.body = made.picture(99)
    await a_file(conn)
    for _ in range(2):
        await fetch_files(hands)
        assert await state(conn) == ("waiting", None)
        clock.at += timedelta(minutes=1)
    await fetch_files(hands)

    assert await state(conn) == ("failed", "damaged")
    assert not await rows(conn, "SELECT id FROM blobs")


@pytest.mark.parametrize("chunked", [False, True], ids=["says so", "goes on and on"])
async def test_a_file_that_is_too_large_is_not_taken_in(
    conn: Conn, hands: Hands, host: Host, chunked: bool
):
    host.body, host.chunked = bytes(LARGEST + 1), chunked
    await a_file(conn)
    await fetch_files(hands)

    assert await state(conn) == ("failed", "too_large")


async def test_an_address_that_is_not_metas_never_hears_the_token(
    conn: Conn, hands: Hands, host: Host
):
    host.sends_elsewhere = "http://169.254.169.254/latest/meta-data"
    await a_file(conn, url="https://evil.example/file")
    await fetch_files(hands)

    assert await state(conn) == ("failed", "refused")
    assert len(host.tokens) == 1, "only Meta was asked where the file is"


async def test_no_address_leads_us_anywhere_else(conn: Conn, hands: Hands, host: Host):
    host.leads_to = f"{host.origin}/v25.0/inside"
    await a_file(conn)
    await fetch_files(hands)

    assert await state(conn) == ("waiting", None)
    assert len(host.tokens) == 2, "what it led to was not asked"


async def test_a_public_picture_comes_whole_however_it_is_cut(host: Host):
    host.body = bytes(range(256)) * 4000
    async with Graph(host.origin, "v25.0", 5) as graph:
        assert await picture(graph, f"{host.origin}/file", len(host.body)) == host.body
        with pytest.raises(TooLarge):
            await picture(graph, f"{host.origin}/file", len(host.body) - 1)
    assert host.tokens == ["", ""]


async def test_a_host_that_is_away_is_tried_with_growing_gaps_until_the_patience_ends(
    conn: Conn, hands: Hands, host: Host, clock: Moving
):
    host.status = 503
    await a_file(conn)
    gaps: list[timedelta] = []
    for _ in range(4):
        assert await fetch_files(hands) == 1
        assert await fetch_files(hands) == 0, "not before its time"
        [file] = await rows(conn, "SELECT due_at FROM files")
        gaps.append(file["due_at"] - clock.at)
        clock.at = file["due_at"]
    assert gaps == [timedelta(seconds=5 * 2**n) for n in range(4)]

    clock.at = NOON + PATIENCE + timedelta(minutes=1)
    await fetch_files(hands)
    assert await state(conn) == ("failed", "given_up")


async def test_a_file_that_meta_does_not_take_fails_the_message_that_needs_it(
    conn: Conn, hands: Hands, host: Host, tmp_path: Path
):
    business = await a_talk(conn)
    file = await an_upload(conn, business)
    await _kept(conn, hands, tmp_path)
    host.upload_status, host.upload = 400, {"error": {"code": 100, "message": "no"}}
    picture = await ask(conn, Image(file=File(id=file)), "picture")
    await upload_files(hands)

    facts = await rows(
        conn, f"SELECT kind, detail FROM message_events WHERE message_id = '{picture}'"
    )
    assert [fact["detail"]["code"] for fact in facts if fact["kind"] == "failed"] == [100]
    assert await rows(conn, "SELECT state FROM sends WHERE needs_file") == [{"state": "failed"}]


async def test_an_upload_without_an_answer_is_made_again(
    conn: Conn, hands: Hands, host: Host, clock: Moving, tmp_path: Path
):
    business = await a_talk(conn)
    file = await an_upload(conn, business)
    await _kept(conn, hands, tmp_path)
    await ask(conn, Image(file=File(id=file)), "picture")
    host.upload_status = 500
    await upload_files(hands)
    host.upload_status = 200
    clock.at += timedelta(seconds=6)
    await upload_files(hands)

    assert host.uploads == 2
    assert await rows(conn, "SELECT id FROM sends WHERE needs_file") == []
    assert await rows(conn, "SELECT meta_id FROM media_uploads") == [{"meta_id": "777"}]


async def _kept(conn: Conn, hands: Hands, folder: Path) -> None:
    """The bytes of the uploaded file, where its row says they are."""
    [row] = await rows(conn, "SELECT business_id, sha256 FROM blobs")
    name = row["sha256"].hex()
    (folder / "bytes").write_bytes(PICTURE)
    key = f"{row['business_id'].hex}/{name[:2]}/{name}"
    await hands.shelf.blobs.put(key, folder / "bytes")
