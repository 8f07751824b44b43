"""Follow one stream: ask for some messages at a time, notice when nobody answers any more."""

import asyncio
from collections.abc import Iterable

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error

from serai.kit.jetstream import Gone, Stored, headers_of

ASKED = 64
"""Messages asked for at once."""
ASKED_BYTES = 32 * 1024 * 1024
ASKED_SECONDS = 5.0
"""How long the server lets a question stand."""
BEAT_SECONDS = 1.0
SILENCE_SECONDS = 3.0
"""Without a message or a beat: whoever sent them is gone."""
NANO = 1_000_000_000
ENDS = ("404", "408")
"""Statuses that end a question and nothing else."""
SAID_ALREADY = "Batch Completed"
"""That all messages of a question came, which the last of them showed."""


class Following:
    """Messages of one stream in order, without a gap that is ours."""

    def __init__(self, client: Client, subject: str, inbox: str, sub: Subscription) -> None:
        self._client, self._subject, self._inbox, self._sub = client, subject, inbox, sub
        self._left = 0
        self._count = 0
        self._gone: Gone | None = None
        self._heard_at = _now()

    @classmethod
    async def open(cls, client: Client, stream: str, consumer: str) -> "Following":
        """Listen to a consumer that was made for this."""
        inbox = client.new_inbox()
        sub = await client.subscribe(inbox)  # pyright: ignore[reportUnknownMemberType]
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}"
        return cls(client, subject, inbox, sub)

    async def next(self, seconds: float) -> list[Stored]:
        """What is there; waits that long for the first. Raises Gone, once what came before was given."""
        if self._gone is not None:
            raise self._gone
        try:
            if self._left <= 0:
                await self._ask()
            found = [await self._sub.next_msg(seconds)]
            found += [await self._sub.next_msg(1) for _ in range(self._sub.pending_msgs)]
        except TimeoutError:
            found = []
        except (Error, OSError) as error:
            raise Gone(type(error).__name__) from error
        if found:
            self._heard_at = _now()
        elif _now() - self._heard_at > SILENCE_SECONDS:
            raise Gone("silence")
        return self._read_all(found)

    async def close(self) -> None:
        """Stop listening; the server forgets the consumer by itself."""
        try:
            await self._sub.unsubscribe()
        except (Error, OSError):
            return

    async def _ask(self) -> None:
        question = {
            "batch": ASKED,
            "max_bytes": ASKED_BYTES,
            "expires": int(ASKED_SECONDS * NANO),
            "idle_heartbeat": int(BEAT_SECONDS * NANO),
        }
        await self._client.publish(self._subject, msgspec.json.encode(question), reply=self._inbox)
        self._left = ASKED

    def _read_all(self, messages: Iterable[Msg]) -> list[Stored]:
        """Those up to the first that says that it does not go on. Raises Gone if that is the very first."""
        stored: list[Stored] = []
        for message in messages:
            try:
                found = self._read(message)
            except Gone as error:
                self._gone = error
                break
            if found is not None:
                stored.append(found)
        if self._gone is not None and not stored:
            raise self._gone
        return stored

    def _read(self, message: Msg) -> Stored | None:
        """The message, or None for what the server says about the question. Raises Gone."""
        headers = headers_of(message)
        status = headers.get("Status")
        if status is None:
            return self._take(message, headers)
        said = headers.get("Description", "").strip().partition("\n")[0]
        if status in ENDS or "Exceeds MaxBytes" in said:
            self._left = 0
        elif status != "100" and not said.startswith(SAID_ALREADY):
            raise Gone(said or status)
        return None

    def _take(self, message: Msg, headers: dict[str, str]) -> Stored:
        told = message.metadata
        self._count += 1
        self._left -= 1
        if told.sequence.consumer != self._count:
            raise Gone("a message is missing")
        return Stored(
            sequence=told.sequence.stream,
            id=headers.get("Nats-Msg-Id"),
            at=told.timestamp,
            body=message.data,
        )


def _now() -> float:
    return asyncio.get_running_loop().time()
