"""One connection to JetStream that comes back by itself, and all that is asked through it."""
# pyright: reportUnknownMemberType=false
# The client leaves its keyword arguments untyped.

import asyncio
import re
from datetime import datetime
from types import TracebackType
from typing import Any

from nats.aio.client import Client
from nats.errors import Error
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from serai.kit.jetstream import Away, NoStream, asking, brief, headers_of
from serai.kit.jetstream.following import Following
from serai.kit.jetstream.standing import COPIES, Standing, mended, new, subject_of, told
from serai.kit.log import logger

CONNECT_SECONDS = 2
PING_SECONDS = 2
"""A node that answers none of two pings is left for another."""
ANSWER_SECONDS = 3.0
"""How long a node may take to say that something is stored."""
ROOM_BYTES = 64 * 1024
"""Of a message, for headers and what the client adds."""
HIDDEN = re.compile(r"//[^@/]*@")

log = logger("serai.jetstream")


class Jet:
    """Connected to whichever node is there."""

    def __init__(self, urls: str) -> None:
        self._urls = [url.strip() for url in urls.split(",") if url.strip()]
        self._client = Client()
        self._js = self._client.jetstream(timeout=ANSWER_SECONDS)
        self._connecting: asyncio.Task[None] | None = None
        self._has_tried = False

    async def __aenter__(self) -> "Jet":
        """Begin to connect; `reached` waits for it."""
        self._connecting = asyncio.create_task(self._connect())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
        if self._has_tried and not self._client.is_closed:
            await self._client.close()

    @property
    def where(self) -> str:
        """Its addresses, without what signs in there."""
        return HIDDEN.sub("//", ", ".join(self._urls))

    @property
    def is_up(self) -> bool:
        return self._client.is_connected

    @property
    def is_cluster(self) -> bool:
        """Whether the node that we are connected to is one of several."""
        return bool(self._known.get("cluster"))

    @property
    def has_streams(self) -> bool:
        return bool(self._known.get("jetstream"))

    @property
    def largest(self) -> int:
        """Bytes of the largest message that it takes; 0 before it was reached."""
        return max(0, int(self._known.get("max_payload", 0)) - ROOM_BYTES)

    @property
    def _known(self) -> dict[str, Any]:
        """What the node says of itself when one connects; the client has no other way to it."""
        return self._client._server_info  # noqa: SLF001 # pyright: ignore

    async def reached(self, seconds: float) -> bool:
        """Wait until it is connected, that long at most."""
        if self._connecting is not None:
            await asyncio.wait({self._connecting}, timeout=seconds)
        return self.is_up

    async def publish(self, stream: str, body: bytes, id_: str) -> int:
        """Return the sequence once it is stored, on most copies. Raises Away, NoStream.

        An id that was stored not long ago is not stored again.
        """
        self._ensure_up()
        headers = {"Nats-Msg-Id": id_, "Nats-Expected-Stream": stream}
        with asking():
            ack = await self._js.publish(subject_of(stream), body, headers=headers)
        return ack.seq

    async def ensure(self, stream: str) -> Standing:
        """Make the stream unless it is there; on a cluster with three copies. Raises Away."""
        found = await self.look(stream)
        if found is not None:
            return found
        with asking():
            made = told(await self._js.add_stream(new(stream, self.copies)))
        log.info("stream_made", stream=stream, copies=made.copies)
        return made

    async def mend(self, stream: str) -> None:
        """Give a stream what is safe: copies, and no limit that discards. Raises Away, NoStream."""
        self._ensure_up()
        with asking():
            found = await self._js.stream_info(stream)
            await self._js.update_stream(mended(found.config, self.copies))

    @property
    def copies(self) -> int:
        """How many a stream should have here."""
        return COPIES if self.is_cluster else 1

    async def look(self, stream: str) -> Standing | None:
        """How it stands; None if there is none. Raises Away."""
        self._ensure_up()
        try:
            with asking():
                return told(await self._js.stream_info(stream))
        except NoStream:
            return None

    async def id_at(self, stream: str, sequence: int) -> str | None:
        """The id of what is stored at a place; None if nothing is there (any more). Raises Away."""
        try:
            with asking():
                message = await self._js.get_msg(stream, sequence)
        except NoStream:
            return None
        return headers_of(message).get("Nats-Msg-Id")

    async def stored_at(self, stream: str, sequence: int) -> datetime | None:
        """When what is at a place was stored; None if nothing is there. Raises Away."""
        try:
            with asking():
                return (await self._js.get_msg(stream, sequence)).time
        except NoStream:
            return None

    async def follow(self, stream: str, after: int) -> Following:
        """Everything behind that place, in order, and what comes. Raises Away, NoStream."""
        config = _nameless()
        config.deliver_policy = DeliverPolicy.BY_START_SEQUENCE
        config.opt_start_seq = after + 1
        with asking():
            made = await self._js.add_consumer(stream, config)
            return await Following.open(self._client, stream, made.name)

    async def before(self, stream: str, moment: datetime) -> int:
        """The place of the last message that was stored before a moment. Raises Away, NoStream."""
        config = _nameless()
        config.deliver_policy = DeliverPolicy.BY_START_TIME
        config.opt_start_time = moment
        config.inactive_threshold = 1.0
        with asking():
            made = await self._js.add_consumer(stream, config)
        return made.delivered.stream_seq if made.delivered else 0

    async def cut(self, stream: str, to: int) -> None:
        """Forget everything up to and with that place. Raises Away, NoStream."""
        with asking():
            await self._js.purge_stream(stream, seq=to + 1)

    def _ensure_up(self) -> None:
        """At once: the client would keep what is asked until it is connected again."""
        if not self.is_up:
            raise Away("not connected")

    async def _connect(self) -> None:
        while True:
            self._has_tried = True
            try:
                await self._client.connect(
                    self._urls,
                    name="serai",
                    error_cb=_trouble,
                    disconnected_cb=_lost,
                    reconnected_cb=_back,
                    connect_timeout=CONNECT_SECONDS,
                    reconnect_time_wait=0.25,  # pyright: ignore[reportArgumentType] — slept as it is
                    max_reconnect_attempts=-1,
                    ping_interval=PING_SECONDS,
                    max_outstanding_pings=2,
                )
            except (Error, OSError) as error:
                await _trouble(error)
                await asyncio.sleep(1)
            else:
                log.info("jetstream_reached")
                return


def _nameless() -> ConsumerConfig:
    return ConsumerConfig(
        ack_policy=AckPolicy.NONE, inactive_threshold=30.0, mem_storage=True, num_replicas=1
    )


async def _trouble(error: Exception) -> None:
    log.warning("jetstream_trouble", error=brief(error))


async def _lost() -> None:
    log.warning("jetstream_lost")


async def _back() -> None:
    log.info("jetstream_back")
