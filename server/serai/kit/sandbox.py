"""Looks at files from strangers, each in a process of its own that may fail without harm."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 60
PATIENCE_SECONDS = 90.0
"""Then the process is ended; a voice note of an hour takes a quarter of this."""


class Seen(Struct, frozen=True, kw_only=True):
    """What is in a file; None where it does not apply or cannot be told."""

    media_type: str
    """What was sniffed, made exact: a film without pictures is sound."""
    width: int | None = None
    height: int | None = None
    """Pixels, as shown."""
    duration_seconds: float | None = None
    audio_codec: str | None = None
    channel_count: int | None = None
    is_animated: bool = False
    has_thumbnail: bool = False


async def look(source: Path, media_type: str, thumbnail: Path) -> Seen:
    """What is in the file. Whatever it does to its reader, the answer is at least its type."""
    told = await _run("look", source, media_type, thumbnail)
    return _seen(told) or Seen(media_type=media_type)


async def to_voice(source: Path, media_type: str, target: Path) -> Seen | None:
    """Make a voice note (Opus, one channel, Ogg) in `target`; None if there is no sound in it."""
    return _seen(await _run("voice", source, media_type, target))


def without_secrets() -> dict[str, str]:
    """Our environment without our settings: what opens strangers' files has no use for our keys."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SERAI_")}


def _seen(told: bytes) -> Seen | None:
    try:
        return msgspec.json.decode(told, type=Seen)
    except msgspec.DecodeError:
        return None


async def _run(task: str, source: Path, media_type: str, target: Path) -> bytes:
    """What the inspector prints; nothing if it dies or is too slow."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "serai.kit.inspector", task, str(source), media_type, str(target),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=without_secrets(),
    )  # fmt: skip
    try:
        told, _ = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    except TimeoutError:
        return b""
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return told if process.returncode == 0 else b""


async def rows_of(source: Path, target: Path, most_rows: int, most_columns: int) -> str | None:
    """Write the rows of a table (CSV, XLSX) to `target`, a JSON array a line.

    None if that went well; else why it did not: type, packed, rows or columns.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "serai.kit.sheets", str(source), str(target), str(most_rows),
        str(most_columns),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=without_secrets(),
    )  # fmt: skip
    try:
        told, _ = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    except TimeoutError:
        return "type"
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return None if process.returncode == 0 else told.decode() or "type"
