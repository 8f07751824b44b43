"""serai backup, serai restore: everything but the keys, out and in again."""

from pathlib import Path
from typing import Annotated

import typer

from serai.app.backup.copies import back_up
from serai.app.backup.copies import restore as bring_back
from serai.app.backup.manifest import Manifest
from serai.app.wiring import vault_of
from serai.kit import settings
from serai.kit.clock import Clock

Folder = Annotated[Path, typer.Argument(help="Where the backup is, or shall be.")]


def register(app: typer.Typer) -> None:
    @app.command()
    def backup(folder: Folder) -> None:
        """Copy database and files of one moment into a folder; everybody may go on working.

        The keys (SERAI_KEYS, SERAI_INDEX_KEY) are not in it: keep them apart, for without them
        nothing that is sealed opens.
        """
        wanted = settings.load()
        made = back_up(wanted, vault_of(wanted), folder, Clock().now(), _say)
        print(
            f"Made: {_what(made)} in {folder}. Keep SERAI_KEYS and SERAI_INDEX_KEY apart from it."
        )

    @app.command()
    def restore(folder: Folder) -> None:
        """Fill an empty database and an empty folder of files from a backup, and compare.

        Needs the keys of the installation that was backed up.
        """
        wanted = settings.load()
        told = bring_back(wanted, vault_of(wanted), folder, _say)
        print(f"Restored: {_what(told)}; all rows and files are as they were on {told.made_at}.")


def _say(text: str) -> None:
    print(f"  {text}", flush=True)


def _what(told: Manifest) -> str:
    rows = sum(table.rows for table in told.tables.values())
    of_files = (
        "files are in your S3 store" if told.file_count is None else f"{told.file_count} files"
    )
    return f"{rows} rows of {len(told.tables)} tables, {of_files}"
