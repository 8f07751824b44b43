"""How a stream is made so that it keeps what nobody has read, and how one stands."""

from datetime import datetime
from typing import NamedTuple

from nats.js.api import (
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
    StreamInfo,
)

REMEMBERED_SECONDS = 120.0
"""How long ids are remembered. Each costs every copy some 200 bytes of memory while it is."""
COPIES = 3
"""Of a stream on a cluster: one node may be lost, and two still agree."""


class Standing(NamedTuple):
    """A stream, as it stands."""

    made_at: datetime
    """A stream that is made anew begins to count anew."""
    first: int
    last: int
    """Sequences; 0 while nothing was ever stored."""
    byte_count: int
    copies: int
    problems: tuple[str, ...]
    """Settings by which it would lose what nobody has read."""


def new(stream: str, copies: int) -> StreamConfig:
    """On disk, and full rather than forgetful: one that is full refuses what comes."""
    return StreamConfig(
        name=stream,
        subjects=[subject_of(stream)],
        retention=RetentionPolicy.LIMITS,
        discard=DiscardPolicy.NEW,
        storage=StorageType.FILE,
        num_replicas=copies,
        duplicate_window=REMEMBERED_SECONDS,
    )


def mended(config: StreamConfig, copies: int) -> StreamConfig:
    """The same stream, safe in everything that can be changed later."""
    config.num_replicas = copies
    config.discard, config.max_age = DiscardPolicy.NEW, 0
    config.max_msgs = config.max_msgs_per_subject = -1
    return config


def told(info: StreamInfo) -> Standing:
    """What the server says about a stream."""
    state = info.state
    return Standing(
        made_at=info.created,  # pyright: ignore[reportArgumentType] — older servers leave it out
        first=state.first_seq,
        last=state.last_seq,
        byte_count=state.bytes,
        copies=info.config.num_replicas or 1,
        problems=tuple(_problems(info.config)),
    )


def subject_of(stream: str) -> str:
    """The one subject of a stream: `serai-0` is written to by `serai.in.0`."""
    name, _, lane = stream.rpartition("-")
    return f"{name}.in.{lane}"


def _problems(config: StreamConfig) -> list[str]:
    limits = (config.max_msgs, config.max_bytes, config.max_msgs_per_subject)
    is_limited = any((limit or -1) > 0 for limit in limits)
    problems = {
        "is kept in memory": config.storage != StorageType.FILE,
        "forgets by age": bool(config.max_age),
        "drops the oldest when it is full": config.discard != DiscardPolicy.NEW and is_limited,
        "forgets what others have read": config.retention not in {None, RetentionPolicy.LIMITS},
    }
    return [text for text, is_so in problems.items() if is_so]
