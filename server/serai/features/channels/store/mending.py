"""What a person's word that a number is mended changes."""

from datetime import datetime
from uuid import UUID

from serai.core.ids import BusinessId, ChannelId
from serai.features.channels.decide.told import Told
from serai.features.channels.model.schedule import PROBE, REFRESH
from serai.features.channels.store import facts, schedule
from serai.kit.db import Conn

MENDED = ("reconnect", "stopped", "account_gone", "account_banned", "number_down")
"""Notices that end when a person lets a number go on; what still holds is found out again."""


async def mended(conn: Conn, channel: ChannelId, business: UUID, now: datetime) -> None:
    """End what a person says is mended, and have the workers look whether it is."""
    told = Told(BusinessId(business), channel, now)
    await facts.post(conn, [told.end(code) for code in MENDED])
    await schedule.soon(conn, (PROBE, REFRESH), (channel, business), now)
