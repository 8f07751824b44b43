"""What can go wrong, by who has to act.

Refused         the caller asked for something we will not do; answered with 4xx, or 503 for now
  BadRequest    400
  Unauthorised  401
  NotFound      404
  Forbidden     403
  Conflict      409
  Outdated      412
  TooLarge      413
  WrongType     415
  Invalid       422
  TooMany       429
  NotNow        503
Upstream        Meta did not do what we asked (see meta/errors.py); retried or recorded
anything else   a bug; logged once at the top, answered with 500, never caught on the way
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeAlias

Fault: TypeAlias = tuple[str, str]
"""A field, such as `content.buttons[3].title`, and what is wrong with it."""


class Refused(Exception):
    """Answered as application/problem+json; `code` is stable, the message is for people."""

    status: ClassVar[int] = 400

    def __init__(
        self, code: str, message: str, field: str | None = None, faults: Sequence[Fault] = ()
    ) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.faults = tuple(faults)
        """Everything that is wrong, where that may be more than one thing."""
        self.headers: Mapping[str, str] = {}


class BadRequest(Refused):
    status = 400


class Unauthorised(Refused):
    status = 401


class Forbidden(Refused):
    status = 403


class NotFound(Refused):
    status = 404


class Conflict(Refused):
    status = 409


class Outdated(Refused):
    """What the caller wants to change is not as they saw it any more."""

    status = 412


class TooLarge(Refused):
    status = 413


class WrongType(Refused):
    status = 415


class Invalid(Refused):
    status = 422


class TooMany(Refused):
    """Asked too often; `headers` say when it may be asked again."""

    status = 429

    def __init__(self, code: str, message: str, headers: Mapping[str, str]) -> None:
        super().__init__(code, message)
        self.headers = headers


class NotNow(Refused):
    """Something that we need is away for a moment; the same request may succeed later."""

    status = 503


class Upstream(Exception):
    """Base of what Meta can answer; see serai.meta.errors."""
