"""Every create once: the same Idempotency-Key with the same body gets the same answer.

Messages are safe even if a server dies between sending and remembering, because the key also names
their event.
"""

import hashlib
import json

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from serai.app.auth import bearer, ensure_second_factor
from serai.app.routes import gates_of
from serai.app.traffic import let_in
from serai.features.accounts.store import companies
from serai.kit.errors import BadRequest, Conflict, Refused
from serai.kit.http import Handler, Read

LONGEST_KEY = 200
"""Characters of an Idempotency-Key; ours."""


async def body_of(request: Request) -> bytes:
    """What tells one request from another, for all but large ones."""
    return await request.body()


async def once(request: Request, handler: Handler, read: Read = body_of) -> Response:
    """Run `handler`, or give the answer that it gave before. Raises BadRequest, Conflict, Forbidden.

    Whoever may not do it is refused before the body is read. `read` takes the body in and returns
    bytes that are the same for the same body.
    """
    await let_in(request, Response(), await bearer(request))
    ensure_second_factor(request)
    for ask in gates_of(request.scope["route"]):
        ask(request)  # again later; but nobody's body is read for nothing
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= LONGEST_KEY:
        raise BadRequest(
            "idempotency_key_missing",
            "Send an Idempotency-Key header of 1 to 200 characters, new for each create.",
        )
    request.state.idempotency_key = key
    return await _once(request, key, handler, await read(request))


async def _once(request: Request, key: str, handler: Handler, body: bytes) -> Response:
    pool, actor_id = request.app.state.engine_pool, request.state.principal.id
    digest = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + body).digest()
    async with pool.connection() as conn:
        earlier = await companies.begin_request(conn, actor_id, key, digest)
    if earlier is not None:
        return _answer(earlier, digest)
    status, answer = 500, None
    try:
        response = await handler(request)
        await request.scope[
            "fastapi_function_astack"
        ].aclose()  # commits, or fails, before we say so
        status, answer = response.status_code, json.loads(bytes(response.body) or b"null")
    except Refused as error:
        status = error.status
        raise
    finally:
        async with pool.connection() as conn:
            await companies.end_request(conn, actor_id, key, status, answer)
    return response


def _answer(earlier: companies.RequestRow, digest: bytes) -> Response:
    if earlier.digest != digest:
        raise Conflict(
            "idempotency_key_reused", "This Idempotency-Key was used for another request."
        )
    if earlier.status is None:
        raise Conflict("request_under_way", "The same request is under way. Ask again shortly.")
    return JSONResponse(earlier.answer, earlier.status, headers={"Idempotent-Replayed": "true"})
