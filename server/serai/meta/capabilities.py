"""The kinds of channels, and what each can carry.

One table for all who ask: the door finds who reads a delivery, policy refuses what a kind does not
carry, the composer does not offer it, the sender finds who writes the request. A kind joins by a
folder beside `whatsapp` and a line here.
"""

from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from serai.core.message import Author, Content
from serai.core.rules import Rules
from serai.meta.kind import Kind, Problem
from serai.meta.whatsapp.kind import WHATSAPP

KINDS: dict[str, Kind] = {WHATSAPP.key: WHATSAPP}
"""By their keys."""
WindowState: TypeAlias = Literal["open", "person", "closed", "never"]
"""person: the window is over, and only a person of ours may still answer."""
STRICTEST = Rules()


def carries(channel_kind: str, content: Content) -> bool:
    """Whether a channel of this kind can send the content at all; a kind not known carries nothing."""
    kind = KINDS.get(channel_kind)
    return kind is not None and type(content) in kind.contents


def check(channel_kind: str, content: Content) -> list[Problem]:
    """What Meta would refuse there, in the order of the fields."""
    kind = KINDS.get(channel_kind)
    if kind is None or type(content) not in kind.contents:
        return [Problem("type", "This channel has no such kind of message.")]
    return list(kind.check(content))


def rules_of(channel_kind: str) -> Rules:
    """Its own; the strictest for a kind that is not known."""
    kind = KINDS.get(channel_kind)
    return kind.rules if kind else STRICTEST


def sendable(channel_kind: str) -> list[str]:
    """The kinds of content by their tags, in alphabetical order."""
    kind = KINDS.get(channel_kind)
    return sorted(_tag(each) for each in kind.contents) if kind else []


def sendable_now(channel_kind: str, state: WindowState) -> list[str]:
    """Of these, what a person of ours may send at this moment."""
    every = sendable(channel_kind)
    if state in {"open", "person"}:
        return every
    return [each for each in every if each in rules_of(channel_kind).anytime]


def window_state(channel_kind: str, closes_at: datetime | None, now: datetime) -> WindowState:
    """How a window that closes then is now."""
    rules = rules_of(channel_kind)
    if closes_at is None:
        return "never"
    if rules.lets(closes_at, Author.AUTOMATION, now):
        return "open"
    return "person" if rules.lets(closes_at, Author.AGENT, now) else "closed"


def identity_types() -> dict[str, str]:
    """By kind of channel: the type of Meta's own id of a person there."""
    return {key: kind.identity for key, kind in KINDS.items()}


def ids_of(channel_kind: str, meta_id: str, account_id: str) -> dict[str, str]:
    """Meta's ids of a channel under the names that Meta gives them; empty for a kind that is not known."""
    kind = KINDS.get(channel_kind)
    if kind is None:
        return {}
    own, account = kind.ids
    return {own: meta_id} if account is None else {own: meta_id, account: account_id}


def knowing_phones() -> list[str]:
    """Kinds whose people may be written to by their phone number."""
    return sorted(key for key, kind in KINDS.items() if kind.knows_phones)


def reading(webhook_object: str) -> Kind | None:
    """Whose deliveries these are."""
    return next((k for k in KINDS.values() if k.webhook_object == webhook_object), None)


def _tag(kind: type[Struct]) -> str:
    return str(kind.__struct_config__.tag)
