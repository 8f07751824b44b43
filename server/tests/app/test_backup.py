"""Everything goes out and comes back on another host as it was."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from serai.app.backup import files, manifest
from serai.app.backup.copies import BackupProblem, back_up, restore
from serai.app.backup.files import Damaged
from serai.app.wiring import vault_of
from serai.kit import pg_tools
from serai.kit.db import ENGINE, Conn, connect
from serai.kit.embedded import NO_FSYNC, Cluster
from serai.kit.settings import Settings
from tests.app.calling import INDEX_KEY, KEYS
from tests.given import (
    NOON,
    a_business,
    a_channel,
    change,
    contacts,
    deliver,
    delivery,
    rows,
    text_item,
)

OTHER_KEYS = "other:" + "B" * 43 + "="


def wanted(url: str, folder: Path, **values: Any) -> Settings:
    given = {"keys": KEYS, "index_key": INDEX_KEY, "media_folder": str(folder)}
    return Settings.model_validate(given | {"database_url": url} | values)


@pytest.fixture
async def before(conn: Conn, db_url: str, tmp_path: Path) -> Settings:
    """An installation in which somebody wrote and a file was kept."""
    await a_channel(conn, await a_business(conn))
    await deliver(conn, delivery(change(messages=[text_item("Is it open? كم؟")])))
    kept = tmp_path / "old" / "store" / "ab"
    kept.mkdir(parents=True)
    (kept / "cd").write_bytes(b"a picture")
    (kept / ".unfinished-x").write_bytes(b"half a pic")
    return wanted(db_url, tmp_path / "old")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Any:
    """Another server, with a database that its owner may not do everything with."""
    cluster = Cluster(tmp_path / "else" / "data", NO_FSYNC).start()
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute("CREATE ROLE plain LOGIN CREATEROLE")
        conn.execute("CREATE DATABASE fresh OWNER plain")
    yield cluster.url("fresh").replace("user=serai", "user=plain")
    cluster.stop()


@pytest.mark.promise("OPS-04")
async def test_a_backup_comes_back_on_another_host_with_equal_counts_and_hashes(
    before: Settings, elsewhere: str, tmp_path: Path
):
    said: list[str] = []
    vault = vault_of(before)
    made = back_up(before, vault, tmp_path / "backup", NOON, said.append)
    assert made.tables["messages"].rows >= 1
    assert (made.file_count, made.file_bytes) == (1, 9)
    text = (tmp_path / "backup" / "manifest.json").read_text()
    assert "AAAA" not in text, "the keys are not in it"

    after = wanted(elsewhere, tmp_path / "new")
    assert restore(after, vault, tmp_path / "backup", said.append) == made

    assert (tmp_path / "new" / "store" / "ab" / "cd").read_bytes() == b"a picture"
    assert not list((tmp_path / "new").rglob(".unfinished-*"))
    again = back_up(after, vault, tmp_path / "again", NOON, said.append)
    assert again.tables == made.tables, "also by an owner who is no superuser"
    async with await connect(elsewhere, ENGINE) as conn:
        [ada] = await contacts(conn)
        assert ada.id
        await deliver(conn, delivery(change(messages=[text_item("And now?")])))
        assert len(await rows(conn, "SELECT id FROM messages WHERE direction = 'in'")) == 2
    assert said[0] == "database: copying"

    with pytest.raises(BackupProblem, match="The database is not empty"):
        restore(wanted(elsewhere, tmp_path / "newer"), vault, tmp_path / "backup", said.append)


@pytest.mark.promise("OPS-04")
async def test_what_is_not_as_it_was_is_refused_before_anything_is_changed(
    before: Settings, tmp_path: Path
):
    folder, vault = tmp_path / "backup", vault_of(before)
    with pytest.raises(BackupProblem, match="holds no finished backup"):
        restore(before, vault, folder, print)
    back_up(before, vault, folder, NOON, print)
    with pytest.raises(BackupProblem, match="holds a backup already"):
        back_up(before, vault, folder, NOON, print)

    nowhere = wanted("host=/nowhere", tmp_path / "new")
    stranger = vault_of(wanted("", tmp_path, keys=OTHER_KEYS))
    with pytest.raises(BackupProblem, match="keys are not those of the backup"):
        restore(nowhere, stranger, folder, print)
    with pytest.raises(BackupProblem, match="is not empty; set SERAI_MEDIA_FOLDER"):
        restore(wanted("host=/nowhere", tmp_path / "old"), vault, folder, print)
    (folder / "files" / "ab" / "cd").write_bytes(b"another pic")
    with pytest.raises(Damaged, match="files/ab/cd is not as it was"):
        files.bring_back(folder, tmp_path / "new", print)
    (folder / "database.dump").write_bytes(b"cut")
    with pytest.raises(BackupProblem, match=r"database\.dump is not as it was"):
        restore(nowhere, vault, folder, print)


@pytest.mark.promise("OPS-04")
async def test_a_row_that_changed_a_little_shows(before: Settings, tmp_path: Path, conn: Conn):
    made = back_up(before, vault_of(before), tmp_path / "backup", NOON, print)
    with psycopg.connect(before.database_url) as looking:
        assert manifest.differences(made, looking) == []
    await conn.execute("UPDATE contacts SET created_at = created_at + %s", (timedelta(0, 0, 1),))
    with psycopg.connect(before.database_url) as looking:
        assert manifest.differences(made, looking) == ["contacts: 1 rows of 1, or not the same"]


def test_a_password_stands_in_no_list_of_processes():
    told = pg_tools.environment("postgresql://serai:hunter2@db.example:5433/inbox?sslmode=require")
    assert told["PGPASSWORD"] == "hunter2"
    assert (told["PGHOST"], told["PGPORT"], told["PGDATABASE"]) == ("db.example", "5433", "inbox")
    assert told["PGSSLMODE"] == "require"


def test_a_program_that_is_older_than_the_server_is_not_used():
    with pytest.raises(pg_tools.ToolProblem, match="pg_dump of PostgreSQL 99 or later is missing"):
        pg_tools.find("pg_dump", 99)
