"""Effects about one number, made in few words."""

from collections.abc import Container, Iterator, Mapping
from datetime import datetime
from typing import Any

from serai.core.effects import (
    NoteChannel,
    PauseChannel,
    PostNotice,
    RestrictChannel,
    ResumeChannel,
)
from serai.core.ids import BusinessId, ChannelId
from serai.features.channels.model.notices import notice


class Told:
    """What is told about one number at one moment."""

    def __init__(self, business: BusinessId, channel: ChannelId, at: datetime) -> None:
        self._ids: dict[str, Any] = {"business_id": business, "channel_id": channel}
        self.at = at

    def post(self, code: str, level: str | None = None, **values: object) -> PostNotice:
        """A notice that holds from now on; `level` in place of the usual one."""
        words = notice(code, **values)
        return PostNotice(
            **self._ids,
            code=code,
            level=level or words.level,
            words=words.words,
            next_step=words.next_step,
            at=self.at,
        )

    def end(self, code: str) -> PostNotice:
        """What the notice said is over, and what those with a part behind the code said."""
        return PostNotice(**self._ids, code=code, at=self.at, holds=False)

    def end_open(self, open_codes: Container[str], code: str) -> Iterator[PostNotice]:
        """The end of a notice, if it holds at all."""
        if code in open_codes:
            yield self.end(code)

    def note(self, **facts: object) -> NoteChannel:
        return NoteChannel(**self._ids, facts=facts)

    def pace(self, messages_per_second: int | None, limit: int | None) -> NoteChannel:
        return NoteChannel(
            **self._ids, messages_per_second=messages_per_second, messaging_limit=limit
        )

    def pause(self, cause: str, reason: str, code: int | None = None) -> PauseChannel:
        return PauseChannel(**self._ids, cause=cause, reason=reason, code=code)

    def resume(self, *causes: str) -> ResumeChannel:
        return ResumeChannel(**self._ids, causes=causes)

    def restrict(self, kinds: Mapping[str, datetime | None]) -> RestrictChannel:
        return RestrictChannel(**self._ids, kinds=dict(kinds))

    def allow(self, *kinds: str) -> RestrictChannel:
        return RestrictChannel(**self._ids, allowed=kinds)
