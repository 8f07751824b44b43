"""What leaves for Meta fits Meta's own description, as far as that is right."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from serai.core.message import Content, kind_of
from tests.meta.outgoing import INTERACTIVE, PLAIN
from tests.meta.test_payload import sent

FILE = Path(__file__).parents[3] / "simulator/openapi/business-messaging-api_v23.0.yaml"
SCHEMA = "urn:meta#/components/schemas/{}Message"
ENVELOPE = {"messaging_product", "recipient_type", "to", "biz_opaque_callback_data"}
"""Stands in one part of an `allOf` whose other part allows nothing more: nothing fits both."""
LEFT_OUT = {f"'{name}' is a required property" for name in ENVELOPE}
NEWER = {
    "link_button",
    "location_request",
    "address_request",
    "voice_call_button",
    "contact_info_request",
    "carousel",
}
"""Kinds that Meta's pages describe and its description does not know yet."""
DESCRIBED = [content for content, _ in PLAIN + INTERACTIVE if kind_of(content) not in NEWER]


@cache
def registry() -> Registry[Any]:
    description: Any = yaml.safe_load(FILE.read_text("utf-8"))
    resource: Resource[Any] = Resource(contents=description, specification=DRAFT202012)
    return Registry[Any]().with_resource("urn:meta", resource)


@pytest.mark.parametrize("content", DESCRIBED, ids=kind_of)
def test_a_message_fits_meta_s_description(content: Content):
    body = sent(content)
    if body["type"] == "template":
        body["template"]["language"]["policy"] = "deterministic"  # Meta's API does not ask for it
    inner = {name: value for name, value in body.items() if name not in ENVELOPE}
    schema = {"$ref": SCHEMA.format(str(body["type"]).title())}

    errors = Draft202012Validator(schema, registry=registry()).iter_errors(inner)  # pyright: ignore

    assert [error.message for error in errors if error.message not in LEFT_OUT] == []
    assert ENVELOPE - {"biz_opaque_callback_data"} <= body.keys()
