"""What a message can carry, whichever channel carries it."""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct


class Text(Struct, frozen=True, tag="text"):
    body: str


class TemplateRef(Struct, frozen=True, tag="template"):
    """An approved template with its parameters, in the order of {{1}}, {{2}} …"""

    name: str
    language: str
    parameters: tuple[str, ...] = ()
    body: str = ""
    """As the person will read it; filled in when the message is asked for."""
    category: str = "UTILITY"


class Unsupported(Struct, frozen=True, tag="unsupported"):
    """Something a person sent that we cannot show yet; `original` is Meta's name for it."""

    original: str


Content: TypeAlias = Text | TemplateRef | Unsupported


class Purpose(StrEnum):
    """Why we send; decides which rules apply."""

    SERVICE = "service"
    UTILITY = "utility"
    MARKETING = "marketing"


class Author(StrEnum):
    """Who wrote a message (requirements: every send has an author kind)."""

    CONTACT = "contact"
    AGENT = "agent"
    AUTOMATION = "automation"
    CAMPAIGN = "campaign"


PRIORITIES = {Author.AGENT: 0, Author.AUTOMATION: 1, Author.CAMPAIGN: 2}
"""The lower goes first: a person's reply overtakes a running campaign."""


def words_of(content: Content) -> str:
    """The text that people read, for lists and search."""
    match content:
        case Text(body=body) | TemplateRef(body=body):
            return body
        case Unsupported(original=original):
            return f"[{original}]"
