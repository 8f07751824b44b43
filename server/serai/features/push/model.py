"""What somebody may be notified of, what they chose, and what goes to their browsers."""

from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from serai.core.languages import Language

Kind: TypeAlias = Literal["assigned", "mention", "mine", "unassigned", "test"]
"""`mine`: a message in a conversation of theirs; `unassigned`: in one that nobody has."""
Outcome: TypeAlias = Literal["told", "old", "refused", "gone", "unknown"]

CHOOSABLE: tuple[Kind, ...] = ("assigned", "mention", "mine", "unassigned")
PERSONAL: frozenset[Kind] = frozenset({"assigned", "mention", "mine", "test"})
"""For this person alone: passes quiet hours if they want it so."""


class Choices(Struct, frozen=True, kw_only=True):
    kinds: tuple[Kind, ...] = CHOOSABLE
    private: bool = False
    """Names and words stay out of notifications."""
    quiet_days: tuple[int, ...] = ()
    """Days on which quiet begins; 0 is Monday. None: never quiet."""
    quiet_from: str = "22:00"
    """HH:MM on the wall clock of `time_zone`."""
    quiet_to: str = "07:00"
    """HH:MM; of the next day if it is not later than `quiet_from`."""
    time_zone: str = "UTC"
    urgent_passes: bool = True


class Subscription(Struct, frozen=True):
    """Where a browser is reached, as the browser said."""

    endpoint: str
    p256dh: str
    auth: str


class Notice(Struct, frozen=True, kw_only=True):
    """One piece of news for one browser, with what there is to say about it."""

    device_id: UUID
    subject: str
    kind: Kind
    tries: int
    user_id: UUID
    sealed: bytes
    digest: bytes
    choices: Choices
    business: str | None
    conversation_id: UUID | None
    contact: str | None
    unread_count: int
    is_over: bool
    """Read or resolved meanwhile."""
    said: str | None
    """What the contact wrote last, as words; None if it has none."""
    created_at: datetime
    language: str | None = None
    """Of its reader: their own choice, else as this browser asked; None: not known."""


class Pushed(Struct, frozen=True, kw_only=True):
    """What the browser gets; the service worker shows it."""

    title: str
    body: str
    tag: str
    path: str
    lang: Language = "en"
    dir: Literal["ltr", "rtl"] = "ltr"
    """Of the words."""
    again: bool
