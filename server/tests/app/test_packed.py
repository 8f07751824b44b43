"""Answers are packed for who takes it, and only those that may be."""

import gzip
import json
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response, StreamingResponse
from serai.app.packed import SMALLEST_BYTES, Packed

LONG = {"words": "menu " * SMALLEST_BYTES}
BYTES = json.dumps(LONG).encode()


def application() -> FastAPI:
    app = FastAPI()

    @app.get("/long")
    async def long() -> JSONResponse:
        return JSONResponse(LONG, headers={"Vary": "Origin"})

    @app.get("/short")
    async def short() -> dict[str, str]:
        return {"words": "menu"}

    @app.get("/file")
    async def file() -> Response:
        return Response(BYTES, media_type="application/pdf")

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield BYTES[:2000]
            yield BYTES[2000:]

        return StreamingResponse(parts(), media_type="application/json")

    return app


async def ask(path: str, takes: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=Packed(application()))
    async with httpx2.AsyncClient(transport=transport, base_url="http://serai") as http:
        return await http.get(path, headers={"Accept-Encoding": takes})


async def test_a_long_answer_is_packed_for_who_takes_it():
    answer = await ask("/long", "gzip, br")
    plain = await ask("/long", "identity")

    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(gzip.compress(BYTES)) * 2
    assert set(answer.headers["vary"].split(", ")) == {"Origin", "Accept-Encoding"}
    assert answer.json() == plain.json() == LONG
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("path", ["/short", "/file", "/stream"])
async def test_what_is_short_a_file_or_a_stream_goes_as_it_is(path: str):
    answer = await ask(path, "gzip")

    assert answer.is_success
    assert "content-encoding" not in answer.headers
