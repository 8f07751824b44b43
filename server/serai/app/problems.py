"""Errors as application/problem+json. Source: RFC 9457."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException

from serai.kit.errors import Refused
from serai.kit.log import logger

log = logger("serai.http")


class Problem(JSONResponse):
    media_type = "application/problem+json"


def problem(
    status: int, code: str, detail: str, field: str | None = None, **headers: str
) -> Problem:
    """One problem; `code` is stable, `detail` is for people."""
    body: dict[str, Any] = {
        "type": f"urn:serai:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
    }
    if field is not None:
        body["field"] = field
    return Problem(body, status, headers or None)


async def refused(_: Request, error: Exception) -> Problem:
    assert isinstance(error, Refused)  # noqa: S101 — registered for it
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    return problem(error.status, error.code, str(error), error.field, **headers)


async def invalid(_: Request, error: Exception) -> Problem:
    assert isinstance(error, RequestValidationError)  # noqa: S101 — registered for it
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    return problem(422, "request_invalid", f"{first['msg']}.", field)


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
