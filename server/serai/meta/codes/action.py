"""What an error code of Meta's makes us do."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct


class Action(StrEnum):
    """What an error code makes us do."""

    RETRY = "retry"
    """Refused before anything was done: soon again, with growing gaps."""
    DEFER = "defer"
    """Again after the code's `wait`: nothing that a quick retry would change."""
    FAIL = "fail"
    """This message never goes; others may."""
    SUPPRESS = "suppress"
    """This person cannot be reached at all."""
    SUPPRESS_MARKETING = "suppress_marketing"
    """This person gets no more marketing."""
    PAUSE_TEMPLATE = "pause_template"
    PAUSE_CHANNEL = "pause_channel"
    UNKNOWN = "unknown"
    """It may have gone out."""


class Code(Struct, frozen=True):
    """One row: what a code means to us, and to people."""

    action: Action
    words: str
    """For people, with the next step."""
    wait: timedelta | None = None
    """With DEFER alone: before the next try; the second time twice as long, then three times."""


class Section(Struct, frozen=True):
    """Codes of one part of Meta's reference."""

    title: str
    codes: Mapping[int, Code]


RECONNECT = "Connect the number again in its settings; what waits is sent then."
SHORTLY = "Serai sends it again by itself."
LATER = "Serai tries again later by itself."
MAYBE = "It may have arrived. Look at the conversation before you send it again."
CONTENT = "Change the message and send it again."
TEMPLATE = "Check the template and its values, then send it again."
