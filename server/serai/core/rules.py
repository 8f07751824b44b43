"""What a kind of channel lets through, and when: the part of its rules that policy asks for."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from serai.core.events import Refusal
from serai.core.message import Author, Content, kind_of

MARGIN = timedelta(seconds=1)
"""Meta's times have whole seconds; we stop one second early rather than be refused."""


class WindowWords(Struct, frozen=True, kw_only=True):
    """What people are told of the window, each with what may be done."""

    open: str = "They wrote not long ago, so anything may be sent."
    person: str = "Only a person may still answer; nothing is sent automatically."
    closed: str = "The time for answers is over. Wait until they write again."
    never: str = "They have not written yet. They have to write first."


class Rules(Struct, frozen=True, kw_only=True):
    """The strictest if nothing is said: answers within a day, and nothing afterwards."""

    window: timedelta = timedelta(hours=24)
    """From the person's last message: how long anything may be said."""
    person_window: timedelta | None = None
    """From the same message: how long a person of ours may still answer; None: no longer than that."""
    anytime: frozenset[str] = frozenset()
    """Tags of contents that no window holds back, such as templates."""
    words: WindowWords = WindowWords()
    remedies: Mapping[Refusal, str] = {}
    """What people are told of a refusal, where this kind has words of its own."""

    def holds_back(self, content: Content) -> bool:
        """Whether it has to wait for a window."""
        return kind_of(content) not in self.anytime

    def ends_at(self, closes_at: datetime, author: Author) -> datetime:
        """When a window that closes at that time is over for this author."""
        if author is not Author.AGENT or self.person_window is None:
            return closes_at
        return closes_at - self.window + self.person_window

    def lets(self, closes_at: datetime | None, author: Author, at: datetime) -> bool:
        """Whether free words of this author may go at that time; `closes_at` None: nobody wrote."""
        return closes_at is not None and self.ends_at(closes_at, author) - at >= MARGIN
