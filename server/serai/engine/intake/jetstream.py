"""Deliveries go to a NATS stream first: the door goes on while PostgreSQL is away.

A stream is a lane. Deliveries of one conversation are in one lane, in the order in which they came.
What is too large for a message of the server's goes to PostgreSQL at once.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from serai.engine.intake import Done, Intake, NotKept
from serai.engine.intake.pack import Packed, packs, written
from serai.engine.intake.sealing import sealed
from serai.engine.intake.together import Together
from serai.kit.jetstream import Away, NoStream
from serai.kit.jetstream.connection import Jet
from serai.kit.secrets import Vault
from serai.meta import webhooks


class StreamKeeper(Intake):
    """Keeps deliveries of many requests with one message, acknowledged once it is on disk."""

    def __init__(self, jet: Jet, lanes: Sequence[str], vault: Vault, large: Intake) -> None:
        self._jet = jet
        self._vault = vault
        self._large = large
        self._lanes = [Lane(jet, stream) for stream in lanes]

    def put(self, app_id: UUID, body: bytes, now: datetime, done: Done) -> None:
        """Keep it with its lane's next message."""
        if not self._jet.is_up:
            done(NotKept("JetStream is away"))
        elif len(body) > self._jet.largest:
            self._large.put(app_id, body, now, done)
        else:
            digest, safe = sealed(self._vault, body)
            self._lane_of(body).put(Packed(app_id, now, digest, safe), done)

    def _lane_of(self, body: bytes) -> "Lane":
        if len(self._lanes) == 1:
            return self._lanes[0]
        return self._lanes[zlib.crc32(webhooks.likely_conversation(body)) % len(self._lanes)]


class Lane:
    """One stream, written to in order."""

    def __init__(self, jet: Jet, stream: str) -> None:
        self._jet = jet
        self._stream = stream
        self._together = Together(self._write)

    def put(self, delivery: Packed, done: Done) -> None:
        self._together.put(delivery, done)

    async def _write(self, batch: Sequence[Packed]) -> None:
        try:
            for pack in packs(batch):
                await self._publish(*written(pack))
        except (Away, NoStream) as error:
            raise NotKept(f"JetStream: {error}") from error

    async def _publish(self, message: bytes, id_: str) -> None:
        try:
            await self._jet.publish(self._stream, message, id_)
        except NoStream:
            await self._jet.ensure(self._stream)
            await self._jet.publish(self._stream, message, id_)
