"""What a backup says of itself: how many rows each table has, and a sum over all of them."""

from pathlib import Path

import msgspec
import psycopg
from msgspec import Struct
from psycopg import sql

TABLES = """
    SELECT relname FROM pg_class
     WHERE relnamespace = 'serai'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
       AND relpersistence = 'p'
     ORDER BY relname
"""
"""Not those that are worth nothing after a crash either: who is here now."""
SEQUENCES = """
    SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences
     WHERE schemaname = 'serai' ORDER BY sequencename
"""
SPEAK_ALIKE = """
    SELECT set_config('timezone', 'UTC', false), set_config('datestyle', 'ISO, YMD', false),
           set_config('intervalstyle', 'postgres', false), set_config('bytea_output', 'hex', false),
           set_config('extra_float_digits', '1', false), set_config('row_security', 'on', false),
           set_config('search_path', 'serai', false)
"""
"""A row reads the same on every server."""
SUM = sql.SQL(
    "SELECT count(*), coalesce(sum(hashtextextended(whole::text, 0)::numeric), 0)::text"
    " FROM serai.{} AS whole"
)
NAME = "manifest.json"

Owner = psycopg.Connection[tuple[object, ...]]


class Table(Struct, frozen=True):
    rows: int
    sum: str
    """Of a hash of each row, whatever their order."""


class Manifest(Struct, frozen=True, kw_only=True):
    made_at: str
    """ISO 8601, UTC."""
    server_version: int
    migration: int
    """The last that was applied."""
    dump_sha256: str
    tables: dict[str, Table]
    sequences: dict[str, int]
    file_count: int | None
    """None: the files are in an S3 store, which has to look after itself."""
    file_bytes: int
    key_probe: str
    """Sealed with the keys of the installation, base64: whoever restores learns whether theirs fit."""


def tables(conn: Owner) -> dict[str, Table]:
    """Each table with the number of its rows and their sum, as this transaction sees them."""
    conn.execute(SPEAK_ALIKE.encode())
    names = [str(name) for (name,) in conn.execute(TABLES.encode()).fetchall()]
    found: dict[str, Table] = {}
    for name in names:
        row = conn.execute(SUM.format(sql.Identifier(name))).fetchone()
        if row is not None:
            found[name] = Table(int(str(row[0])), str(row[1]))
    return found


def sequences(conn: Owner) -> dict[str, int]:
    """How far each has counted."""
    rows = conn.execute(SEQUENCES.encode()).fetchall()
    return {str(name): int(str(last)) for name, last in rows}


def differences(before: Manifest, conn: Owner) -> list[str]:
    """What is not as the manifest says, in words."""
    now, counted = tables(conn), sequences(conn)
    lacking = [name for name in before.tables if name not in now]
    wrong = [
        f"{name}: {now[name].rows} rows of {table.rows}, or not the same"
        for name, table in before.tables.items()
        if name in now and now[name] != table
    ]
    behind = [f"{name} counts anew" for name, last in before.sequences.items()
              if counted.get(name, 0) < last]  # fmt: skip
    return [*(f"{name} is missing" for name in lacking), *wrong, *behind]


def write(folder: Path, manifest: Manifest) -> None:
    """Last of all, and whole: a backup without it is not finished."""
    half = folder / f".{NAME}"
    half.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    half.rename(folder / NAME)


def read(folder: Path) -> Manifest | None:
    """None while there is none. Raises msgspec.ValidationError for one that is not ours."""
    path = folder / NAME
    return msgspec.json.decode(path.read_bytes(), type=Manifest) if path.is_file() else None
