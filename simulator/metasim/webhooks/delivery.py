"""One webhook POST and its tries.

Source: WhatsApp Cloud API reference, 4.3: success is HTTP 200; retried for 7 days with
decreasing frequency. Meta publishes no table; the gaps are the reference's suggestion.
"""

import msgspec

from metasim.clock import to_iso
from metasim.shapes import Json
from metasim.webhooks.wire import Update

GAPS = (15.0, 60.0, 300.0, 900.0, 3600.0)
"""Seconds after a failed try until the next, and from then on `LAST_GAP`."""
LAST_GAP = 4 * 3600.0
GIVE_UP_AFTER = 7 * 86_400.0
SMALL = 16_384
"""Bytes: larger bodies are not kept once they were delivered."""


class Delivery(msgspec.Struct):
    """A POST that was or will be tried."""

    id: str
    app: str
    url: str
    body: bytes
    updates: list[Update]
    made_at: float
    override: bool = False
    """It goes to an address of the number's or account's own, not to the app's."""
    signed_with: str | None = None
    """A secret other than the app's own."""
    again: bool = True
    """False: tried once, whatever the answer."""
    state: str = "waiting"
    """waiting, delivered or given_up."""
    tries: list[dict[str, float | int | str | None]] = []
    """Of each try: at, and the HTTP status or what went wrong."""
    next_at: float | None = None

    def next_try(self, now: float) -> float | None:
        """When to try again after a failure; None after 7 days."""
        done = len(self.tries) - 1
        at = now + (GAPS[done] if done < len(GAPS) else LAST_GAP)
        return at if self.again and at - self.made_at <= GIVE_UP_AFTER else None

    def shown(self, with_payload: bool = False) -> Json:
        """As the control API answers it."""
        shown: Json = {
            "id": self.id,
            "app": self.app,
            "url": self.url,
            "state": self.state,
            "updates": len(self.updates),
            "attempts": len(self.tries),
            "last_answer": self.tries[-1] if self.tries else None,
            "tries": [{**one, "at": to_iso(float(one["at"] or 0))} for one in self.tries],
            "made_at": to_iso(self.made_at),
            "next_at": None if self.next_at is None else to_iso(self.next_at),
        }
        if shown["last_answer"] is not None:
            shown["last_answer"] = shown["tries"][-1]
        return {**shown, "payload": self.body.decode()} if with_payload else shown
