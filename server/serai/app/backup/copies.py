"""Making a backup, and an installation from one."""

import base64
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg

from serai.app.backup import files, manifest
from serai.app.backup.manifest import Manifest, Owner
from serai.kit import pg_tools
from serai.kit.secrets import CannotOpen, Vault
from serai.kit.settings import Settings

DUMP = "database.dump"
PROBE = b"backup"
SNAPSHOT = """
    SELECT pg_export_snapshot()
"""
LAST = """
    SELECT coalesce(max(number), 0) FROM public.serai_migrations
"""
ANYTHING = """
    SELECT to_regnamespace('serai') IS NOT NULL OR to_regclass('public.serai_migrations') IS NOT NULL
"""
ROLES = """
    DO $$
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'serai_engine') THEN
            CREATE ROLE serai_engine NOLOGIN;
        END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'serai_api') THEN
            CREATE ROLE serai_api NOLOGIN;
        END IF;
    END $$;
    GRANT serai_engine, serai_api TO CURRENT_USER
"""
LATER_TABLES = """
    ALTER DEFAULT PRIVILEGES IN SCHEMA serai
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO serai_engine, serai_api;
    ALTER DEFAULT PRIVILEGES IN SCHEMA serai GRANT USAGE ON SEQUENCES TO serai_engine, serai_api
"""
"""As in the first migration: a dump names them for the role that owned the old database."""

Say = Callable[[str], None]


class BackupProblem(Exception):
    """It cannot be done, or was not done well; the message says what to do."""


def back_up(settings: Settings, vault: Vault, folder: Path, now: datetime, say: Say) -> Manifest:
    """Copy database and files of one moment. Raises BackupProblem, ToolProblem.

    A folder in which a backup was begun is gone on with. Files are copied after the database, so
    that none is missing that a row names.
    """
    if (folder / manifest.NAME).exists():
        raise BackupProblem(f"{folder} holds a backup already; name another folder.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with psycopg.connect(settings.database_url) as conn:
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        version = conn.info.server_version // 10000
        [snapshot] = conn.execute(SNAPSHOT.encode()).fetchone() or ("",)
        say("database: copying")
        _dump(settings.database_url, conn, str(snapshot), folder / DUMP)
        say("database: counting")
        told = manifest.tables(conn)
        counted = manifest.sequences(conn)
        [last] = conn.execute(LAST.encode()).fetchone() or (0,)
    copied = None
    if settings.media_store == "folder":
        say("files: copying")
        copied = files.copy_all(_store(settings), folder / "files", say)
    made = Manifest(
        made_at=now.isoformat(),
        server_version=version,
        migration=int(str(last)),
        dump_sha256=files.digest_of(folder / DUMP),
        tables=told,
        sequences=counted,
        file_count=copied.count if copied else None,
        file_bytes=copied.bytes if copied else 0,
        key_probe=base64.b64encode(vault.ring.seal(PROBE, PROBE)).decode(),
    )
    manifest.write(folder, made)
    return made


def restore(settings: Settings, vault: Vault, folder: Path, say: Say) -> Manifest:
    """Fill an empty database and an empty folder of files, and look whether all is as it was.

    Raises BackupProblem, ToolProblem, Damaged.
    """
    told = manifest.read(folder)
    if told is None:
        raise BackupProblem(f"{folder} holds no finished backup: it has no {manifest.NAME}.")
    _ensure_fit(settings, vault, folder, told)
    with psycopg.connect(settings.database_url, autocommit=True) as conn:
        if (conn.execute(ANYTHING.encode()).fetchone() or (True,))[0]:
            raise BackupProblem("The database is not empty; restore into a new one.")
        conn.execute(ROLES.encode())
        say("database: bringing back")
        _load(settings.database_url, conn, folder / DUMP)
        conn.execute(LATER_TABLES.encode())
        conn.execute("ANALYZE")
        if told.file_count is not None:
            say("files: bringing back")
            files.bring_back(folder, _store(settings), say)
        say("database: comparing")
        wrong = manifest.differences(told, conn)
    if wrong:
        raise BackupProblem("Not all came back: " + "; ".join(wrong) + ".")
    return told


def _ensure_fit(settings: Settings, vault: Vault, folder: Path, told: Manifest) -> None:
    if files.digest_of(folder / DUMP) != told.dump_sha256:
        raise BackupProblem(f"{DUMP} is not as it was when the backup was made; use another one.")
    if told.file_count is not None and not files.is_empty(_store(settings)):
        raise BackupProblem(
            f"{_store(settings)} is not empty; set SERAI_MEDIA_FOLDER to a new one."
        )
    try:
        vault.ring.open(base64.b64decode(told.key_probe), PROBE)
    except CannotOpen:
        raise BackupProblem(
            "The keys are not those of the backup, and nothing would open: set SERAI_KEYS and "
            "SERAI_INDEX_KEY as they were."
        ) from None


def _dump(url: str, conn: Owner, snapshot: str, path: Path) -> None:
    """Owners are left out; that we may see every row is looked at when the rows are counted."""
    tool = pg_tools.find("pg_dump", conn.info.server_version // 10000)
    half = path.with_name(f".{path.name}")
    command = [tool, "--format=custom", "--no-owner", "--enable-row-security"]
    pg_tools.run(url, [*command, f"--snapshot={snapshot}", f"--file={half}"])
    half.rename(path)


def _load(url: str, conn: Owner, path: Path) -> None:
    """All or nothing. Privileges of tables to come are left out: they name the old owner."""
    tool = pg_tools.find("pg_restore", conn.info.server_version // 10000)
    listed = pg_tools.run(url, [tool, "--list", str(path)]).splitlines()
    chosen = path.with_name(".restore.list")
    kept = [line for line in listed if " DEFAULT ACL " not in line]
    chosen.write_text("\n".join(kept) + "\n", "utf-8")
    options = ["--no-owner", "--single-transaction", "--exit-on-error", f"--use-list={chosen}"]
    try:
        pg_tools.run(url, [tool, *options, f"--dbname={conn.info.dbname}", str(path)])
    finally:
        chosen.unlink(missing_ok=True)


def _store(settings: Settings) -> Path:
    return Path(settings.media_folder) / "store"
