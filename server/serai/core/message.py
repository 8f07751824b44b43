"""What a message is, whoever wrote it: its content, its purpose and its author."""

from enum import StrEnum
from typing import TypeAlias

from serai.core.content import (
    Call,
    Choice,
    Contacts,
    Location,
    Order,
    Reaction,
    Received,
    Unsupported,
)
from serai.core.interactive import Interactive
from serai.core.template import TemplateRef

Content: TypeAlias = Received | TemplateRef | Interactive


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
    NATIVE_APP = "native_app"
    """Someone of ours, in WhatsApp's own app on the phone."""
    SYSTEM = "system"


PRIORITIES = {Author.AGENT: 0, Author.AUTOMATION: 1, Author.CAMPAIGN: 2}
"""The lower goes first: a person's reply overtakes a running campaign."""


def words_of(content: Content) -> str:
    """The text that people read, for lists and search."""
    own = _own_words(content)
    return own.strip() if own and own.strip() else f"[{kind_of(content)}]"


def _own_words(content: Content) -> str | None:
    match content:
        case Choice(title=title):
            words = title
        case Location(name=name, address=address):
            words = f"[location] {name or address or ''}"
        case Contacts(cards=cards):
            words = f"[contact] {', '.join(card.name for card in cards)}"
        case Reaction(emoji=emoji):
            words = emoji
        case Order(items=items):
            words = f"[order] {len(items)} products"
        case Unsupported(original=original):
            words = f"[{original}]"
        case Call(direction=direction, status=status):
            words = f"[{'call' if direction == 'in' else 'our call'}, {status}]"
        case _:
            words = getattr(content, "caption", None) or getattr(content, "body", None)
    return words


def kind_of(content: Content) -> str:
    """The tag: text, image, buttons …"""
    return str(type(content).__struct_config__.tag)
