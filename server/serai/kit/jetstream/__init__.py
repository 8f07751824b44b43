"""NATS JetStream as a log: a stream has one subject, is written with ids and followed from a place.

Where a reader stands is not kept here: who reads keeps it beside what reading gave. So a stream is
followed by consumers without a name, which live in the memory of one node and are made anew.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from nats.errors import Error
from nats.js.errors import APIError, NoStreamResponseError, NotFoundError


class Away(Exception):
    """JetStream did not answer well, or not in time: what was asked may have happened, or not."""


class NoStream(Exception):
    """There is no such stream, or nothing at that place, for certain."""


class Gone(Exception):
    """A following does not go on; follow anew from where you are."""


class Stored(NamedTuple):
    sequence: int
    id: str | None
    at: datetime
    """When it was stored, by the server's clock."""
    body: bytes


@contextmanager
def asking() -> Generator[None]:
    """What the client raises, as what we do about it: NoStream or Away."""
    try:
        yield
    except (NotFoundError, NoStreamResponseError) as error:
        raise NoStream(brief(error)) from error
    except (Error, OSError) as error:
        raise Away(brief(error)) from error


def brief(error: BaseException) -> str:
    """What went wrong, in the server's words; they never quote what was stored."""
    if isinstance(error, APIError) and error.description:
        return error.description
    return type(error).__name__


def headers_of(message: Any) -> dict[str, str]:
    """Of a message; the client says None where there are none."""
    return message.headers or {}
