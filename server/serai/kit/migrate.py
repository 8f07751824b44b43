"""Plain SQL migrations, forward only, each in a transaction of its own, while everybody works on.

One whose first line is `-- outside a transaction` is for indexes that are made while others write
(CREATE INDEX CONCURRENTLY). Its statements are done one by one, and again from the first one if it
was interrupted, so each must bear being done twice.
"""

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

import psycopg
from psycopg import sql
from psycopg.errors import DeadlockDetected, LockNotAvailable

from serai.kit.log import logger

LOCK_KEY = 70000
"""Of the advisory lock that lets one process at a time migrate a database."""
LOCK_TIMEOUT_MS = 3000
"""A migration that cannot get a table within this steps back rather than stop everybody: whoever asks
for the table after it would have to wait behind it."""
GAPS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0)
"""Seconds between its tries."""
OUTSIDE = b"-- outside a transaction"

LEDGER = """
    CREATE TABLE IF NOT EXISTS public.serai_migrations (
        number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now())
"""


HALF_MADE = """
    SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE NOT indisvalid AND relnamespace = to_regnamespace('serai')
"""

Owner: TypeAlias = "psycopg.Connection[tuple[object, ...]]"
log = logger("serai.migrate")


class MigrationProblem(Exception):
    """A migration that was applied has changed, or cannot be applied."""


class Migration(NamedTuple):
    number: int
    name: str
    sql: bytes

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql).hexdigest()

    @property
    def is_outside(self) -> bool:
        return self.sql.startswith(OUTSIDE)


def folder() -> Path:
    """Where the migrations are: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parent.parent
    inside = package / "migrations"
    return inside if inside.exists() else package.parent / "migrations"


def known() -> list[Migration]:
    """All migrations of this version, in order. Raises MigrationProblem if there are none."""
    paths = sorted(folder().glob("[0-9]*.sql"))
    if not paths:
        raise MigrationProblem(
            f"No migrations are found in {folder()}; run Serai from its checkout."
        )
    return [Migration(int(path.name[:4]), path.stem, path.read_bytes()) for path in paths]


def apply(url: str) -> list[str]:
    """Bring the database up to date; returns the names of what was applied."""
    with psycopg.connect(url, autocommit=True, options="-c search_path=serai") as conn:
        conn.execute("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
        conn.execute(LEDGER)
        done = dict(conn.execute("SELECT number, checksum FROM public.serai_migrations").fetchall())
        waiting = [migration for migration in known() if _is_waiting(migration, done)]
        for migration in waiting:
            _apply_one(conn, migration)
        return [migration.name for migration in waiting]


def down(url: str) -> None:
    """Remove everything of ours from the database: the way back from the first migration."""
    with psycopg.connect(url) as conn:
        conn.execute("DROP SCHEMA IF EXISTS serai CASCADE")
        conn.execute("DROP TABLE IF EXISTS public.serai_migrations")


def pending(url: str) -> list[str]:
    """Names of migrations that are not applied yet."""
    with psycopg.connect(url, autocommit=True) as conn:
        ledger = conn.execute("SELECT to_regclass('public.serai_migrations')").fetchone()
        if ledger is None or ledger[0] is None:
            return [migration.name for migration in known()]
        rows = conn.execute("SELECT number FROM public.serai_migrations").fetchall()
    done = {row[0] for row in rows}
    return [migration.name for migration in known() if migration.number not in done]


def _is_waiting(migration: Migration, done: dict[int, str]) -> bool:
    checksum = done.get(migration.number)
    if checksum is not None and checksum != migration.checksum:
        raise MigrationProblem(
            f"Migration {migration.name} was changed after it was applied; add a new one instead."
        )
    return checksum is None


def _apply_one(conn: Owner, migration: Migration) -> None:
    """Raises MigrationProblem if others held what it needs for too long."""
    for gap in (*GAPS, None):
        try:
            return _outside(conn, migration) if migration.is_outside else _inside(conn, migration)
        except (LockNotAvailable, DeadlockDetected):
            if gap is None:
                break
            log.warning("migration_waits", migration=migration.name, seconds=gap)
            time.sleep(gap)
    raise MigrationProblem(
        f"Migration {migration.name} found its tables busy {len(GAPS) + 1} times; nothing was "
        "changed. Look for a long transaction (pg_stat_activity), then run serai migrate again."
    )


def _inside(conn: Owner, migration: Migration) -> None:
    with conn.transaction():
        conn.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}".encode())
        conn.execute(migration.sql)
        _note(conn, migration)


def _outside(conn: Owner, migration: Migration) -> None:
    """An index that was half made when it was interrupted is of no use, and is in the way."""
    for (name,) in conn.execute(HALF_MADE).fetchall():
        conn.execute(
            sql.SQL("DROP INDEX CONCURRENTLY {}").format(sql.Identifier("serai", str(name)))
        )
    for statement in statements(migration.sql.decode()):
        waits = b"0" if "CONCURRENTLY" in statement else b"%d" % LOCK_TIMEOUT_MS
        conn.execute(b"SET lock_timeout = " + waits)  # making an index so stops nobody
        conn.execute(statement.encode())
    _note(conn, migration)


def statements(text: str) -> Iterator[str]:
    """One by one; a semicolon at the end of a line ends one, but not within $$."""
    lines: list[str] = []
    for line in text.splitlines():
        lines.append(line)
        so_far = "\n".join(lines)
        if line.split("--")[0].rstrip().endswith(";") and so_far.count("$$") % 2 == 0:
            yield so_far
            lines = []


def _note(conn: Owner, migration: Migration) -> None:
    conn.execute(
        "INSERT INTO public.serai_migrations (number, name, checksum) VALUES (%s, %s, %s)",
        (migration.number, migration.name, migration.checksum),
    )
