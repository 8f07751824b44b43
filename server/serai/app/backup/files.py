"""The bytes of files, copied from one folder to another and known by their SHA-256."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from serai.kit.blobs import UNFINISHED

LISTING = "files.txt"
SAY_EVERY = 500


class Copied(Struct, frozen=True):
    count: int
    bytes: int


class Damaged(Exception):
    """A file is missing, or not as the listing says."""


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_all(source: Path, target: Path, say: Callable[[str], None]) -> Copied:
    """Copy what is not there yet; write the listing beside the target. May be begun again."""
    lines: list[str] = []
    size = 0
    for path in _files(source):
        name = path.relative_to(source).as_posix()
        copy = target / name
        if not copy.is_file() or copy.stat().st_size != path.stat().st_size:
            _copy(path, copy)
        lines.append(f"{digest_of(copy)}  {name}\n")
        size += copy.stat().st_size
        if len(lines) % SAY_EVERY == 0:
            say(f"{len(lines)} files, {size / 1024**2:.0f} MB")
    (target.parent / LISTING).write_text("".join(lines), "utf-8")
    return Copied(len(lines), size)


def bring_back(folder: Path, target: Path, say: Callable[[str], None]) -> Copied:
    """Copy all that the listing names, each looked at afterwards. Raises Damaged."""
    count = size = 0
    for line in (folder / LISTING).read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        source, copy = folder / "files" / name, target / name
        if not source.is_file() or ".." in Path(name).parts:
            raise Damaged(f"files/{name} is missing from the backup.")
        _copy(source, copy)
        if digest_of(copy) != digest:
            raise Damaged(f"files/{name} is not as it was when the backup was made.")
        count, size = count + 1, size + copy.stat().st_size
        if count % SAY_EVERY == 0:
            say(f"{count} files, {size / 1024**2:.0f} MB")
    return Copied(count, size)


def is_empty(folder: Path) -> bool:
    return next(_files(folder), None) is None


def _files(folder: Path) -> Iterator[Path]:
    """In one order, without what is still being written."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(UNFINISHED):
            yield path


def _copy(source: Path, target: Path) -> None:
    """Whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{UNFINISHED}{target.name}")
    shutil.copyfile(source, half)
    with half.open("rb") as file:
        os.fsync(file.fileno())
    half.rename(target)
