"""A problem names its field as the caller wrote it."""

import json

import pytest
from fastapi.exceptions import RequestValidationError
from serai.app.problems import invalid, refused
from serai.kit.errors import Invalid
from starlette.requests import Request

REQUEST = Request({"type": "http"})


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (("body", "content", "buttons", "buttons", 3, "title"), "content.buttons[3].title"),
        (("body", "content", "text", "body"), "content.body"),
        (("body", "content"), "content"),
        (("body", "to", "ToPhone", "phone"), "to.phone"),
        (("query", "limit"), "limit"),
        (("body",), "body"),
    ],
)
async def test_a_field_is_named_as_the_caller_wrote_it(place: tuple[str | int, ...], field: str):
    error = RequestValidationError([{"loc": place, "msg": "Too long", "type": "value_error"}])
    answer = json.loads(bytes((await invalid(REQUEST, error)).body))
    assert (answer["status"], answer["field"]) == (422, field)
    assert answer["problems"] == [{"field": field, "detail": "Too long."}]


async def test_all_that_is_wrong_is_named():
    error = Invalid("content_not_taken", "Too long.", "a", [("a", "Too long."), ("b", "Empty.")])
    answer = json.loads(bytes((await refused(REQUEST, error)).body))
    assert answer["field"] == "a"
    assert [each["field"] for each in answer["problems"]] == ["a", "b"]
