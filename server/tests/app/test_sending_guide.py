"""The guide shows every kind of message, and what it shows can be sent."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter
from serai.app.sending.shapes import AnswerIn, ContentIn, MessageIn, TemplateIn
from serai.features.inbox.api.sendable import ReactionIn, content_of
from serai.meta.capabilities import sendable
from serai.meta.whatsapp.checks import check

GUIDE = (Path(__file__).parents[3] / "docs" / "guide" / "sending.md").read_text("utf-8")
ANSWERS = [json.loads(found) for found in re.findall(r"^send '(.+?)'$", GUIDE, re.M | re.S)]
MESSAGES = [json.loads(found) for found in re.findall(r"-d '(\{.+?\})'$", GUIDE, re.M | re.S)]


def ensure_sendable(wanted: Any) -> None:
    if not isinstance(wanted, TemplateIn | ReactionIn):
        assert check(content_of(wanted)) == []


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["content"]["type"])
def test_every_example_of_the_guide_can_be_sent(answer: dict[str, Any]):
    ensure_sendable(AnswerIn.model_validate(answer).content)


def test_the_guide_shows_every_kind_that_can_be_sent():
    assert {answer["content"]["type"] for answer in ANSWERS} == set(sendable("whatsapp"))


def test_someone_who_has_not_written_can_be_written_to():
    [message] = MESSAGES
    ensure_sendable(MessageIn.model_validate(message).content)


def kinds(annotation: Any) -> list[type[BaseModel]]:
    """The shapes of a union of unions."""
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [kind for part in get_args(annotation) for kind in kinds(part)]


@pytest.mark.parametrize("shape", kinds(ContentIn), ids=lambda shape: shape.__name__)
def test_the_example_of_every_shape_can_be_sent(shape: type[BaseModel]):
    [example] = TypeAdapter(shape).json_schema()["examples"]
    ensure_sendable(shape.model_validate(example))
