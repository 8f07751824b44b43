"""Plain SQL migrations, forward only, each in a transaction of its own."""

import hashlib
from pathlib import Path
from typing import NamedTuple

import psycopg

LOCK_KEY = 70000
"""Of the advisory lock that lets one process at a time migrate a database."""
LOCK_TIMEOUT_MS = 5000
"""A migration that cannot get a table within this gives up rather than stop everybody."""

LEDGER = """
    CREATE TABLE IF NOT EXISTS public.serai_migrations (
        number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now())
"""


class MigrationProblem(Exception):
    """A migration that was applied has changed, or cannot be applied."""


class Migration(NamedTuple):
    number: int
    name: str
    sql: bytes

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql).hexdigest()


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


def _apply_one(conn: "psycopg.Connection[tuple[object, ...]]", migration: Migration) -> None:
    with conn.transaction():
        conn.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}".encode())
        conn.execute(migration.sql)
        conn.execute(
            "INSERT INTO public.serai_migrations (number, name, checksum) VALUES (%s, %s, %s)",
            (migration.number, migration.name, migration.checksum),
        )
