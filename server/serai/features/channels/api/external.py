"""Meta's ids of a channel, as the API takes them: under the names that its kind gives them."""

from collections.abc import Mapping
from uuid import UUID

from serai.features.channels.store import numbers
from serai.kit.db import Pool
from serai.kit.errors import Conflict, Invalid
from serai.meta.capabilities import KINDS
from serai.meta.kind import Kind


def known_kind(key: str) -> Kind:
    """Raises Invalid."""
    kind = KINDS.get(key)
    if kind is None:
        raise Invalid("kind_unknown", f"There are these kinds: {', '.join(sorted(KINDS))}.", "kind")
    return kind


def chosen_ids(kind: Kind, given: Mapping[str, str]) -> tuple[str, str]:
    """The channel's own id and that of what it belongs to, empty if it stands alone. Raises Invalid."""
    wanted = [name for name in kind.ids if name is not None]
    for name in wanted:
        if name not in given:
            words = f"{kind.name} needs {' and '.join(wanted)}."
            raise Invalid("external_id_missing", words, f"external_ids.{name}")
    for name in given:
        if name not in wanted:
            words = f"{kind.name} has no {name}; give {' and '.join(wanted)}."
            raise Invalid("external_id_unknown", words, f"external_ids.{name}")
    own, account = kind.ids
    return given[own], "" if account is None else given[account]


async def refuse_taken(engine: Pool, kind: str, own_id: str, business: UUID) -> None:
    """Before anything is changed at Meta; looks at all companies of this installation. Raises Conflict."""
    async with engine.connection() as conn:
        if await numbers.is_elsewhere(conn, kind, own_id, business):
            raise taken()


def taken() -> Conflict:
    """What is said of a channel that another business has."""
    return Conflict(
        "channel_taken",
        "Another business uses this channel. Disconnect it there first, or choose another one.",
        "external_ids",
    )
