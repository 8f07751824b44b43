"""Where the bytes of files are kept: a folder, or any store that speaks S3.

A key is one or more parts of letters, digits, dots, dashes and underscores, joined by slashes.
What is kept under a key never changes: whoever puts it again puts the same bytes.
"""

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

if TYPE_CHECKING:
    from obstore import GetOptions

KEY = re.compile(
    r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,127})(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){0,7}"
)
CHUNK_BYTES = 256 * 1024
UNFINISHED = ".unfinished-"
"""Begins the name of a file that is still being written; no key has a part like this."""


class BadKey(ValueError):
    """Not a key; nothing is looked for outside the store."""


class Missing(Exception):
    """Nothing is kept under this key."""


class StoreAway(Exception):
    """The store cannot be reached or refuses us; the same call may succeed later."""


class Blobs(Protocol):
    """A store of bytes by key. Every call may raise BadKey and StoreAway."""

    async def put(self, key: str, source: Path) -> None:
        """Keep the bytes of a file; once this returns they survive a power cut."""
        ...

    def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`, in pieces. Raises Missing."""
        ...

    async def size(self, key: str) -> int | None:
        """Bytes under the key; None if there are none."""
        ...

    async def delete(self, key: str) -> None:
        """Forget what is under the key, if anything is."""
        ...


@dataclass(frozen=True)
class S3Address:
    """Where an S3 store is, and what opens it."""

    bucket: str
    endpoint: str | None = None
    """None: Amazon's own."""
    region: str = "us-east-1"
    access_key: str | None = None
    """None: the machine's own credentials, as Amazon's tools find them."""
    secret_key: str | None = None


def checked(key: str) -> str:
    """The key. Raises BadKey."""
    if not KEY.fullmatch(key):
        raise BadKey("That is not a key.")
    return key


async def copy_to(blobs: Blobs, key: str, target: Path) -> None:
    """Write what is under `key` to a file. Raises Missing."""
    with target.open("wb") as file:
        async for piece in blobs.read(key):
            await asyncio.to_thread(file.write, piece)


class Folder:
    """A store in a folder of this machine, shared by all its processes."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, key: str, source: Path) -> None:
        await asyncio.to_thread(self._put, self._path(key), source)

    async def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        path = self._path(key)
        try:
            file = await asyncio.to_thread(path.open, "rb")
        except FileNotFoundError as error:
            raise Missing from error
        with file:
            file.seek(start)
            left = (os.fstat(file.fileno()).st_size if end is None else end) - start
            while left > 0 and (
                piece := await asyncio.to_thread(file.read, min(left, CHUNK_BYTES))
            ):
                left -= len(piece)
                yield piece

    async def size(self, key: str) -> int | None:
        try:
            return (await asyncio.to_thread(self._path(key).stat)).st_size
        except FileNotFoundError:
            return None

    async def delete(self, key: str) -> None:
        with suppress(FileNotFoundError):
            await asyncio.to_thread(self._path(key).unlink)

    def _path(self, key: str) -> Path:
        return self._root / checked(key)

    def _put(self, path: Path, source: Path) -> None:
        """A reader sees all of it or nothing: written beside its place, then moved there."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as reader, _beside(path) as writer:
                shutil.copyfileobj(reader, writer, CHUNK_BYTES)
                writer.flush()
                os.fsync(writer.fileno())
                Path(writer.name).replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            raise StoreAway("The folder of files cannot be written.") from error


@contextmanager
def _beside(path: Path) -> Generator[Any]:
    """An unfinished file in the same folder; gone afterwards unless it was moved away."""
    with tempfile.NamedTemporaryFile(prefix=UNFINISHED, dir=path.parent, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class S3:
    """A store that speaks S3: Amazon's, MinIO, Garage, Ceph, rclone and others."""

    def __init__(self, address: S3Address) -> None:
        named = {
            "endpoint": address.endpoint,
            "access_key_id": address.access_key,
            "secret_access_key": address.secret_key,
        }
        self._store = S3Store(
            address.bucket,
            region=address.region,
            client_options={"allow_http": True, "timeout": "120s", "connect_timeout": "5s"},
            retry_config={"max_retries": 2},
            **{name: value for name, value in named.items() if value},  # pyright: ignore[reportArgumentType]
        )

    async def put(self, key: str, source: Path) -> None:
        try:
            await obstore.put_async(self._store, checked(key), source)
        except BaseError as error:
            raise StoreAway(type(error).__name__) from error

    async def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        if end is not None and end <= start:
            return
        try:
            found = await obstore.get_async(self._store, checked(key), options=_part(start, end))
            async for piece in found.stream(min_chunk_size=CHUNK_BYTES):
                yield bytes(piece)
        except FileNotFoundError as error:
            raise Missing from error
        except BaseError as error:
            raise StoreAway(type(error).__name__) from error

    async def size(self, key: str) -> int | None:
        try:
            return (await obstore.head_async(self._store, checked(key)))["size"]
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise StoreAway(type(error).__name__) from error

    async def delete(self, key: str) -> None:
        try:
            await obstore.delete_async(self._store, checked(key))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise StoreAway(type(error).__name__) from error


def _part(start: int, end: int | None) -> "GetOptions":
    if end is not None:
        return {"range": (start, end)}
    return {"range": {"offset": start}} if start else {}
