"""The only place that asks what time it is; everything else is told."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The machine's time, moved by what is known of the other side's (see `app.meta_clock`)."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC) + self._offset

    def follow(self, theirs: datetime) -> None:
        """Go with a clock that shows `theirs` at this moment."""
        self._offset = theirs - datetime.now(UTC)
