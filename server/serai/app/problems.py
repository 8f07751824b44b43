"""Errors as application/problem+json. Source: RFC 9457."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import DataError, OperationalError
from psycopg.errors import UntranslatableCharacter
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException

from serai.kit.errors import Fault, Refused, Upstream
from serai.kit.log import logger
from serai.kit.meters import failed, mark_of
from serai.meta.errors import Rejected, Throttled
from serai.meta.errors import Unauthorised as MetaUnauthorised

log = logger("serai.http")


class Problem(JSONResponse):
    media_type = "application/problem+json"


def problem(
    status: int,
    code: str,
    detail: str,
    field: str | None = None,
    faults: Sequence[Fault] = (),
    meta_code: int | None = None,
) -> Problem:
    """One problem; `code` is stable, `detail` is for people. `faults` names each field."""
    body: dict[str, Any] = {
        "type": f"urn:serai:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
    }
    if field is not None:
        body["field"] = field
    if meta_code is not None:
        body["meta_code"] = meta_code
    if faults:
        body["problems"] = [{"field": where, "detail": text} for where, text in faults]
    return Problem(body, status)


async def refused(_: Request, error: Exception) -> Problem:
    assert isinstance(error, Refused)  # noqa: S101 — registered for it
    answer = problem(error.status, error.code, str(error), error.field, error.faults)
    answer.headers.update(error.headers)
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


async def invalid(_: Request, error: Exception) -> Problem:
    assert isinstance(error, RequestValidationError)  # noqa: S101 — registered for it
    faults = [(_field(each["loc"]), f"{each['msg']}.") for each in error.errors()]
    field, text = faults[0]
    return problem(422, "request_invalid", text, field, faults)


def _field(place: Sequence[str | int]) -> str:
    """Where it is, as a caller writes it: `content.buttons[3].title`.

    Leaves out where FastAPI looked (body, query) and which shape of several it tried.
    """
    parts = list(place[1:]) or [str(place[0])]
    field = ""
    for number, part in enumerate(parts):
        if isinstance(part, int):
            field += f"[{part}]"
        elif not _is_shape(part, parts[number - 1] if number else ""):
            field += f".{part}" if field else part
    return field


def _is_shape(part: str, before: str | int) -> bool:
    """The name of a class, or the kind of a content."""
    return part[:1].isupper() or before == "content"


HTTP = {
    400: ("body_unreadable", "The body cannot be read. Send JSON in UTF-8, not too deeply nested."),
    404: ("not_found", "There is no such route."),
    405: ("method_not_allowed", "This address does not take this method."),
}
"""What the framework refuses by itself, in our words."""


async def other_http(_: Request, error: Exception) -> Problem:
    assert isinstance(error, HTTPException)  # noqa: S101 — registered for it
    code, words = HTTP.get(error.status_code, ("http_error", str(error.detail)))
    return problem(error.status_code, code, words)


MALFORMED = frozenset({100, 131008, 131009})
"""Meta's codes for a value that it does not take. Source: WhatsApp Cloud API, error codes."""


async def refused_by_meta(_: Request, error: Exception) -> Problem:
    """Meta's own words and number, for whoever asked."""
    assert isinstance(error, Rejected | MetaUnauthorised)  # noqa: S101 — registered for them
    status = 422 if error.code in MALFORMED else 409
    words = str(error) or f"Meta refused it ({error.code})."
    return problem(status, "meta_refused", words, meta_code=error.code)


async def meta_away(_: Request, error: Exception) -> Problem:
    """Nothing is known to have been done; the same request may be made again."""
    log.warning("meta_away", error=type(error).__name__)
    seconds = round(error.retry_after.total_seconds()) if isinstance(error, Throttled) else 5
    words = "Meta cannot be reached, or is busy. Look at what has changed, then try again."
    answer = problem(503, "meta_unavailable", words)
    answer.headers["Retry-After"] = str(max(1, seconds))
    return answer


async def database_away(_: Request, error: Exception) -> Problem:
    log.error("database_away", error=type(error).__name__)
    return problem(503, "database_away", "The database cannot be reached. Try again shortly.")


async def unkeepable(request: Request, error: Exception) -> Problem:
    """No text in PostgreSQL holds a NUL or half a character; other trouble with data is a bug of ours."""
    if isinstance(error, UntranslatableCharacter) or "NUL" in str(error):
        words = "A text holds a null character (U+0000). Take it out."
        return problem(422, "request_invalid", words)
    if "surrogate" in str(error):
        words = "A text holds half a character (a lone surrogate). Take it out."
        return problem(422, "request_invalid", words)
    return await bug(request, error)


async def bug(request: Request, error: Exception) -> Problem:
    """Said once: where, what, and a mark by which the same bug is known when it comes again."""
    route = getattr(request.scope.get("route"), "path", "none")
    failed("api", error)
    log.error(
        "unexpected_error",
        error=type(error).__name__,
        method=request.method,
        route=route,
        mark=mark_of(error),
        exc_info=error,
    )
    return problem(500, "unexpected_error", "Something went wrong here. It has been noted.")


def register(app: FastAPI) -> None:
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, other_http)
    for kind in (Rejected, MetaUnauthorised):
        app.add_exception_handler(kind, refused_by_meta)
    app.add_exception_handler(Upstream, meta_away)
    app.add_exception_handler(OperationalError, database_away)
    app.add_exception_handler(PoolTimeout, database_away)
    app.add_exception_handler(DataError, unkeepable)
    app.add_exception_handler(UnicodeEncodeError, unkeepable)
    app.add_exception_handler(Exception, bug)
