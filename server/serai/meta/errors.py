"""What Meta can answer, by what we do next.

Throttled      wait `retry_after`, then the same call again
Unavailable    it never reached them: the same call again, with backoff
Unknown        it may have been done: a send is never repeated, its status will tell
Rejected       never again; the reason is shown to people
Unauthorised   never again until the channel is reconnected

The codes that lead to each stand in `serai.meta.codes`.
"""

from datetime import timedelta
from typing import Any, cast

import msgspec
from msgspec import Struct

from serai.kit.errors import Upstream
from serai.meta.codes.action import Action
from serai.meta.codes.table import code

RETRY_AFTER = timedelta(seconds=1)
"""The first gap after a throttle without Retry-After; the engine lets it grow."""


NO_SUCH_OBJECT = (100, 33)
"""Code and subcode. Source: Graph API, "Handling errors": unsupported request, no such object."""


class Throttled(Upstream):
    def __init__(self, code: int, retry_after: timedelta) -> None:
        super().__init__(f"throttled ({code})")
        self.code = code
        self.retry_after = retry_after


class Unavailable(Upstream): ...


class Unknown(Upstream): ...


class Rejected(Upstream):
    def __init__(self, code: int, message: str, subcode: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.is_shut_out = (code, subcode) == NO_SUCH_OBJECT
        """What was asked about is not there, or not shared with us any more."""


class Unauthorised(Upstream):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Problem(Struct, frozen=True):
    code: int = -1
    error_subcode: int = 0
    message: str = ""
    error_data: Any = None
    """An object with `details`; for some endpoints a string that holds one."""
    error_user_msg: str = ""
    """The useful words of endpoints about templates and numbers, whose message says little."""


class Failure(Struct, frozen=True):
    error: Problem = Problem()


def error_from(status: int, retry_after: str | None, content: bytes) -> Upstream:
    """Meta's refusal as one of ours. Codes count; HTTP statuses only where there is no code."""
    try:
        problem = msgspec.json.decode(content, type=Failure).error
    except msgspec.DecodeError:
        problem = Problem()
    if problem.code < 0:
        return Throttled(0, _gap(retry_after)) if status == 429 else Unknown(f"HTTP {status}")
    action = code(problem.code, problem.error_subcode).action
    if action is Action.RETRY or (status == 429 and action is Action.FAIL):
        return Throttled(problem.code, _gap(retry_after))
    if action is Action.UNKNOWN:
        return Unknown(f"code {problem.code}")
    if action is Action.PAUSE_CHANNEL:
        return Unauthorised(problem.code, _words(problem))
    return Rejected(problem.code, _words(problem), problem.error_subcode)


def _words(problem: Problem) -> str:
    data = problem.error_data
    details = cast("dict[str, Any]", data).get("details") if isinstance(data, dict) else None
    return str(problem.error_user_msg or details or problem.message)


def _gap(retry_after: str | None) -> timedelta:
    seconds = int(retry_after) if retry_after and retry_after.isdecimal() else 0
    return timedelta(seconds=seconds) or RETRY_AFTER
