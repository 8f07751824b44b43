"""What waits for one app: in order within a chat, alone while it is calm, together under load.

Source: WhatsApp Cloud API reference, 4.3 "Batching": up to 1,000 updates in one POST.
"""

from collections import deque
from collections.abc import Iterable

from metasim.webhooks.wire import LARGEST_BODY, MOST_UPDATES, Update

CALM = 4
"""Up to this many waiting updates for each free slot, each travels alone."""
LOOK_PAST = 256
"""Updates of busy chats that are skipped when looking for one to send."""


class Queue:
    """Updates for one app and one address, and how many requests are under way."""

    def __init__(self, app_id: str, url: str = "") -> None:
        self.app_id = app_id
        self.url = url
        """Other than the app's own callback; empty for that."""
        self.waiting: deque[Update] = deque()
        self.batches: deque[list[Update]] = deque()
        """Ready-made POSTs, from the batch fault."""
        self.under_way = 0
        self._busy: set[tuple[str, str]] = set()

    def take(self, slots: int) -> list[Update]:
        """The updates of the next POST; empty when none may go now."""
        if self.under_way >= slots:
            return []
        if self.batches:
            return self._start(self.batches.popleft())
        waiting = len(self.waiting)
        most = 1 if waiting <= CALM * slots else min(MOST_UPDATES, waiting // slots)
        return self._start(self._pick(most))

    def _pick(self, most: int) -> list[Update]:
        picked: list[Update] = []
        passed: list[Update] = []
        size = 0
        while self.waiting and len(picked) < most and len(passed) < LOOK_PAST:
            update = self.waiting.popleft()
            if update.lane in self._busy:
                passed.append(update)
                continue
            size += len(update.body) + len(update.contact) + len(update.metadata) + 200
            if picked and size > LARGEST_BODY:
                self.waiting.appendleft(update)
                break
            picked.append(update)
        self.waiting.extendleft(reversed(passed))
        return picked

    def _start(self, updates: list[Update]) -> list[Update]:
        if updates:
            self.under_way += 1
            self._busy.update(update.lane for update in updates)
        return updates

    def finish(self, updates: Iterable[Update]) -> None:
        """The POST with these updates was answered, or failed."""
        self.under_way -= 1
        self._busy.difference_update(update.lane for update in updates)

    def __len__(self) -> int:
        return len(self.waiting) + sum(map(len, self.batches))
