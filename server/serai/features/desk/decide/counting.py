"""Which conversations a saved view counts, of all that its address may say."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct

NOT_COUNTED = ("q",)
"""To look for words in all that was said, again after each message, would cost more than it tells."""
STATES = {None: "open", "pending": "pending", "snoozed": "snoozed"}
"""Those that are resolved only become more: how many says nothing."""


class Counted(Struct, frozen=True, kw_only=True):
    """What all has to fit; None: whatever it is."""

    status: str | None
    business: UUID | None
    team: UUID | None
    tag: UUID | None
    channel: UUID | None
    queue: str | None
    """mine, unassigned or mentions."""
    unread: bool


def counted(search: Mapping[str, Any]) -> Counted | None:
    """None: it is shown without a number, or cannot be read."""
    if any(search.get(name) for name in NOT_COUNTED) or search.get("status") not in STATES:
        return None
    queue = search.get("queue")
    try:
        ids = {
            name: UUID(str(search[name])) if search.get(name) else None
            for name in ("business", "team", "tag", "channel")
        }
    except ValueError:
        return None
    return Counted(
        status=None if queue == "mentions" else STATES[search.get("status")],
        queue=queue if queue in ("mine", "unassigned", "mentions") else None,
        unread=search.get("unread") is True,
        **ids,
    )
