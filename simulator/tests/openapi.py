"""Meta's OpenAPI description, and what is known to be wrong in it."""

import re
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FILE = Path(__file__).parents[1] / "openapi" / "business-messaging-api_v23.0.yaml"
HERE = "urn:meta"
METHODS = ("get", "post", "delete", "put", "patch")

EVERYTHING = ".*"
CASE = "'(DEFAULT|DISABLED|ENABLED)' is not one of|'ip_addresses' is a required"
REQUEST_TRAPS = {
    "POST /{Version}/{Phone-Number-ID}/messages": (
        EVERYTHING,
        "requires `to` although `recipient` may stand for it, and `language.policy` of templates; "
        "discriminators mix kinds (reference 1.9)",
    ),
    "POST /{Version}/{Phone-Number-ID}/settings": (
        EVERYTHING,
        "switches in lower case; Meta's pages and SDKs have them in upper case (reference 8.13)",
    ),
    "POST /{Version}/{Phone-Number-ID}/business_compliance_info": (
        "does not match",
        "the pattern of phone numbers is escaped twice: it asks for a backslash",
    ),
}
"""Operation to the complaints that do not count, and why."""
ANSWER_TRAPS = {
    "GET /{Version}/{Phone-Number-ID}/business_compliance_info": (
        "does not match",
        "the pattern of phone numbers is escaped twice: it asks for a backslash",
    ),
    "GET /{Version}/{Phone-Number-ID}/settings": (
        CASE,
        "switches in lower case, and addresses that only SIP has (reference 8.13)",
    ),
    "GET /{Version}/{Phone-Number-ID}/message_qrdls/{QR-Code-ID}": (
        "required property",
        "a bare object; Meta answers an array of one in `data` (reference 8.5)",
    ),
    "GET /{Version}/{Phone-Number-ID}/official_business_account": (
        "'NOT_STARTED' is not one of",
        "no name for a request that was never made",
    ),
    "GET /{Version}/{WABA-ID}/phone_numbers": (
        "'(CONNECTED|NOT_VERIFIED|UNKNOWN)' is not one of",
        "one of three incompatible sets of names (reference 1.9, 8.2)",
    ),
}


@cache
def document() -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.load(FILE.read_bytes(), Loader=yaml.CSafeLoader))


@cache
def registry() -> Any:
    resource: Any = DRAFT202012.create_resource({"$id": HERE, **document()})
    return _empty().with_resource(HERE, resource)


def _empty() -> Any:
    return Registry()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


@cache
def operations() -> dict[str, dict[str, Any]]:
    """All operations by `METHOD path`, in the order of the file."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in document()["paths"].items()
        for method, operation in item.items()
        if method in METHODS and path != "/whatsapp/webhooks"
    }


def problems_of_request(operation: str, body: Any) -> list[str]:
    """What the description says against this JSON body; empty when nothing."""
    content = _resolved(operations()[operation].get("requestBody", {})).get("content", {})
    media = content.get("application/json") or content.get("multipart/form-data")
    found = [] if media is None or "schema" not in media else _problems(media["schema"], body)
    return _without(found, REQUEST_TRAPS.get(operation))


def problems_of_answer(operation: str, body: Any) -> list[str]:
    """What the description says against this answer of status 200."""
    answer = _resolved(operations()[operation]["responses"].get("200", {}))
    media = answer.get("content", {}).get("application/json", {})
    found = _problems(media["schema"], body) if "schema" in media else []
    return _without(found, ANSWER_TRAPS.get(operation))


def problems_with(schema: str, body: Any) -> list[str]:
    """What the schema of this name says against the body."""
    return _problems(document()["components"]["schemas"][schema], body)


def problems_of_part(schema: str, part: int, body: Any) -> list[str]:
    """What one part of an `allOf` says against the body."""
    return _problems(document()["components"]["schemas"][schema]["allOf"][part], body)


def _without(problems: list[str], trap: tuple[str, str] | None) -> list[str]:
    if trap is None:
        return problems
    return [problem for problem in problems if not re.search(trap[0], problem, re.DOTALL)]


def _resolved(value: dict[str, Any]) -> dict[str, Any]:
    reference = value.get("$ref")
    if reference is None:
        return value
    inner: Any = document()
    for part in reference.removeprefix("#/").split("/"):
        inner = inner[part]
    return inner


def _problems(schema: dict[str, Any], body: Any) -> list[str]:
    validator: Any = Draft202012Validator(_absolute(schema), registry=registry())
    errors = sorted(validator.iter_errors(body), key=lambda error: list(map(str, error.path)))
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:400] for error in errors]


def _absolute(schema: Any) -> Any:
    """The same with references that find the whole document."""
    if isinstance(schema, list):
        return [_absolute(each) for each in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    known = cast("dict[str, Any]", schema)
    return {
        name: HERE + value if name == "$ref" and str(value).startswith("#") else _absolute(value)
        for name, value in known.items()
    }
