"""A folder and a store that speaks S3 keep the same promises; the latter is a process of its own."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from serai.kit.blobs import (
    CHUNK_BYTES,
    S3,
    BadKey,
    Blobs,
    Folder,
    Missing,
    S3Address,
    StoreAway,
    copy_to,
)
from tests.kit.s3 import BUCKET, serving_s3
from tests.ports import free_port

BIG = bytes(range(256)) * 50_000
"""12.8 MB: an S3 store takes it in several parts."""


@pytest.fixture(scope="module")
def s3_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving_s3(tmp_path_factory.mktemp("s3")) as url:
        yield url


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "folder":
        return Folder(tmp_path / "store")
    url = request.getfixturevalue("s3_url")
    return S3(S3Address(BUCKET, url, "us-east-1", "test-access", "test-secret"))


def written(folder: Path, content: bytes) -> Path:
    path = folder / "source"
    path.write_bytes(content)
    return path


async def read(blobs: Blobs, key: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([piece async for piece in blobs.read(key, start, end)])


@pytest.mark.parametrize("content", [b"", b"hello", BIG], ids=["empty", "small", "12.8 MB"])
async def test_what_is_put_is_read_back(blobs: Blobs, tmp_path: Path, content: bytes):
    await blobs.put("a/b/c.bin", written(tmp_path, content))

    assert await read(blobs, "a/b/c.bin") == content
    assert await blobs.size("a/b/c.bin") == len(content)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (0, 1),
        (5, 10),
        (CHUNK_BYTES - 1, CHUNK_BYTES + 1),
        (len(BIG) - 3, None),
        (7, 7),
        (0, len(BIG)),
    ],
)
async def test_a_part_is_read_without_the_rest(
    blobs: Blobs, tmp_path: Path, start: int, end: int | None
):
    await blobs.put("part", written(tmp_path, BIG))

    assert await read(blobs, "part", start, end) == BIG[start:end]


async def test_what_is_put_again_is_there_once(blobs: Blobs, tmp_path: Path):
    source = written(tmp_path, b"same")
    await asyncio.gather(*(blobs.put("twice", source) for _ in range(5)))

    assert await read(blobs, "twice") == b"same"


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(blobs: Blobs, tmp_path: Path):
    await blobs.put("gone", written(tmp_path, b"x"))
    await blobs.delete("gone")
    await blobs.delete("gone")

    assert await blobs.size("gone") is None
    with pytest.raises(Missing):
        await read(blobs, "gone")


async def test_a_copy_in_a_file_is_the_same(blobs: Blobs, tmp_path: Path):
    await blobs.put("copied", written(tmp_path, BIG))
    await copy_to(blobs, "copied", tmp_path / "copy")

    assert (tmp_path / "copy").read_bytes() == BIG


@pytest.mark.parametrize(
    "key",
    ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/", ".hidden", "a/.", "a\\b", "a\0b", "é"],
)
async def test_no_key_leads_out_of_the_store(blobs: Blobs, tmp_path: Path, key: str):
    with pytest.raises(BadKey):
        await blobs.put(key, written(tmp_path, b"x"))
    with pytest.raises(BadKey):
        await read(blobs, key)
    with pytest.raises(BadKey):
        await blobs.delete(key)


async def test_a_folder_never_shows_half_a_file(tmp_path: Path):
    store = Folder(tmp_path / "store")
    with pytest.raises(StoreAway):
        await store.put("a/half", tmp_path / "no-such-source")

    assert await store.size("a/half") is None
    assert list((tmp_path / "store" / "a").iterdir()) == []


async def test_a_store_that_is_away_says_so_without_its_keys(tmp_path: Path):
    away = S3(S3Address(BUCKET, f"http://127.0.0.1:{free_port()}", "us-east-1", "key", "secret"))
    with pytest.raises(StoreAway) as refused:
        await away.put("x", written(tmp_path, b"x"))
    with pytest.raises(StoreAway):
        await read(away, "x")

    assert "secret" not in str(refused.value)
