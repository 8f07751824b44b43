"""Where this installation keeps files, from its settings."""

import asyncio
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from serai.features.media.store.shelf import Shelf
from serai.kit.blobs import S3, Blobs, Folder, S3Address, StoreAway
from serai.kit.db import Pool
from serai.kit.scan import Scanner
from serai.kit.settings import Settings

DESK = "desk"
"""Below the media folder: what is on its way into the store."""


PROBE = "doctor/probe"
"""Key of what the doctor tries the store with."""
OLD_SECONDS = 3600.0
"""No file is on the desk for so long unless it was left there."""


def blobs_of(settings: Settings) -> Blobs:
    if settings.media_store == "folder":
        return Folder(Path(settings.media_folder) / "store")
    return S3(
        S3Address(
            settings.media_s3_bucket,
            settings.media_s3_endpoint,
            settings.media_s3_region,
            settings.media_s3_access_key,
            settings.media_s3_secret_key,
        )
    )


def tidy_desk(settings: Settings) -> None:
    """Remove what a process left on the desk that was ended in the middle."""
    desk = Path(settings.media_folder) / DESK
    before = time.time() - OLD_SECONDS
    for drawer in desk.iterdir() if desk.is_dir() else ():
        if drawer.stat().st_mtime < before:
            shutil.rmtree(drawer, ignore_errors=True)


def shelf_of(settings: Settings, pool: Pool) -> Shelf:
    """`pool` is the engine's."""
    command = settings.media_scan_command
    return Shelf(
        pool=pool,
        blobs=blobs_of(settings),
        desk=Path(settings.media_folder) / DESK,
        scanner=Scanner(command) if command else None,
    )


async def ensure_kept(settings: Settings) -> None:
    """Keep a small file, look at it with the scanner, and take it away again.

    Raises StoreAway, ScannerAway.
    """
    desk = Path(settings.media_folder) / DESK
    try:
        desk.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=desk) as drawer:
            await _tried(settings, Path(drawer) / "doctor")
    except OSError as error:
        raise StoreAway("The folder of files cannot be written.") from error


async def _tried(settings: Settings, file: Path) -> None:
    await asyncio.to_thread(file.write_text, "Serai was here.\n", "utf-8")
    if settings.media_scan_command:
        await Scanner(settings.media_scan_command).is_infected(file)
    blobs = blobs_of(settings)
    await blobs.put(PROBE, file)
    await blobs.delete(PROBE)
