"""The doctor tries where files are kept, and says what is wrong with it."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from serai.app.doctor import files
from serai.app.files import blobs_of, tidy_desk
from serai.kit.blobs import S3, Folder
from serai.kit.settings import Settings


def settings(folder: Path, **values: Any) -> Settings:
    needed = {"database_url": "postgresql:///x", "keys": "k:x", "index_key": "x"}
    return Settings(**needed, media_folder=str(folder), **values)


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_folder_that_can_be_written_is_well_and_is_left_as_it_was(tmp_path: Path):
    found = await files(settings(tmp_path / "media"))

    assert found.is_well
    assert left_in(tmp_path) == []


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "media").write_text("a file is in the way")
    found = await files(settings(tmp_path / "media"))

    assert (found.is_well, found.subject) == (False, "files")
    assert "SERAI_MEDIA_" in found.text


async def test_a_store_that_is_away_is_named_without_its_keys(tmp_path: Path):
    away = settings(
        tmp_path,
        media_store="s3",
        media_s3_endpoint="http://127.0.0.1:9",
        media_s3_access_key="key",
        media_s3_secret_key="hidden",
    )
    found = await files(away)

    assert not found.is_well
    assert "hidden" not in found.text


async def test_a_scanner_that_cannot_be_started_is_named(tmp_path: Path):
    found = await files(settings(tmp_path, media_scan_command="/no/such/scanner"))

    assert not found.is_well
    assert "SERAI_MEDIA_SCAN_COMMAND" in found.text


@pytest.mark.parametrize(("store", "kind"), [("folder", Folder), ("s3", S3)])
def test_the_setting_chooses_the_store(tmp_path: Path, store: str, kind: type):
    chosen = settings(tmp_path, media_store=store, media_s3_access_key="a", media_s3_secret_key="b")
    assert isinstance(blobs_of(chosen), kind)


def test_what_a_dead_process_left_is_removed_and_what_is_under_way_stays(tmp_path: Path):
    old, new = tmp_path / "desk" / "old", tmp_path / "desk" / "new"
    for drawer in (old, new):
        drawer.mkdir(parents=True)
        (drawer / "file").write_text("x")
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))

    tidy_desk(settings(tmp_path))

    assert [path.name for path in (tmp_path / "desk").iterdir()] == ["new"]
