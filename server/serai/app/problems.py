"""Errors as application/problem+json. Source: RFC 9457."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException

from serai.kit.errors import Fault, Refused
from serai.kit.log import logger

log = logger("serai.http")


class Problem(JSONResponse):
    media_type = "application/problem+json"


def problem(
    status: int,
    code: str,
    detail: str,
    field: str | None = None,
    faults: Sequence[Fault] = (),
    **headers: str,
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
    if faults:
        body["problems"] = [{"field": where, "detail": text} for where, text in faults]
    return Problem(body, status, headers or None)


async def refused(_: Request, error: Exception) -> Problem:
    assert isinstance(error, Refused)  # noqa: S101 — registered for it
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    return problem(error.status, error.code, str(error), error.field, error.faults, **headers)


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


async def other_http(_: Request, error: Exception) -> Problem:
    assert isinstance(error, HTTPException)  # noqa: S101 — registered for it
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
    return problem(error.status_code, code, str(error.detail))


async def database_away(_: Request, error: Exception) -> Problem:
    log.error("database_away", error=type(error).__name__)
    return problem(503, "database_away", "The database cannot be reached. Try again shortly.")


async def bug(_: Request, error: Exception) -> Problem:
    log.error("unexpected_error", error=type(error).__name__, exc_info=error)
    return problem(500, "unexpected_error", "Something went wrong here. It has been noted.")


def register(app: FastAPI) -> None:
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, other_http)
    app.add_exception_handler(OperationalError, database_away)
    app.add_exception_handler(PoolTimeout, database_away)
    app.add_exception_handler(Exception, bug)
