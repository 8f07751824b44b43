"""Migrations go forward, once, and never change under our feet."""

import threading
from pathlib import Path

import psycopg
import pytest
from serai.kit import migrate
from serai.kit.embedded import Cluster
from serai.kit.migrate import MigrationProblem


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "0001_one.sql").write_text(
        "CREATE SCHEMA serai; CREATE TABLE serai.one (n integer);"
    )
    monkeypatch.setattr(migrate, "folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def url(cluster: Cluster) -> str:
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute("DROP DATABASE IF EXISTS plain")
        conn.execute("CREATE DATABASE plain")
    return cluster.url("plain")


def test_each_is_applied_once_in_order(own: Path, url: str):
    assert migrate.pending(url) == ["0001_one"]
    assert migrate.apply(url) == ["0001_one"]
    (own / "0002_two.sql").write_text("CREATE TABLE two (n integer);")
    assert migrate.pending(url) == ["0002_two"]
    assert migrate.apply(url) == ["0002_two"]
    assert migrate.apply(url) == []


def test_one_that_was_changed_after_it_was_applied_is_refused(own: Path, url: str):
    migrate.apply(url)
    (own / "0001_one.sql").write_text("CREATE SCHEMA serai;")
    with pytest.raises(MigrationProblem, match="0001_one was changed"):
        migrate.apply(url)


def test_one_that_fails_leaves_nothing_behind(own: Path, url: str):
    (own / "0002_two.sql").write_text("CREATE TABLE two (n integer); SELECT nonsense;")
    with pytest.raises(psycopg.errors.UndefinedColumn):
        migrate.apply(url)
    assert migrate.pending(url) == ["0002_two"]
    with psycopg.connect(url) as conn:
        assert conn.execute("SELECT to_regclass('serai.two')").fetchone() == (None,)


def test_down_removes_all_and_up_makes_it_again(own: Path, url: str):
    migrate.apply(url)
    migrate.down(url)
    assert migrate.apply(url) == ["0001_one"]


def test_one_that_finds_a_table_in_use_steps_back_and_comes_again(
    own: Path, url: str, monkeypatch: pytest.MonkeyPatch
):
    """Those who ask for the table after it would have to wait behind it."""
    migrate.apply(url)
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT_MS", 50)
    (own / "0002_wide.sql").write_text("ALTER TABLE one ADD COLUMN m integer;")
    busy = psycopg.connect(url)
    busy.execute("SELECT * FROM serai.one")
    waited = threading.Event()

    def pause(seconds: float) -> None:
        with psycopg.connect(url) as other:
            other.execute("INSERT INTO serai.one VALUES (1)")  # nobody stands in its way
        busy.close()
        waited.set()

    monkeypatch.setattr(migrate.time, "sleep", pause)
    assert migrate.apply(url) == ["0002_wide"]
    assert waited.is_set()


def test_one_that_never_gets_its_table_gives_up_with_words(
    own: Path, url: str, monkeypatch: pytest.MonkeyPatch
):
    migrate.apply(url)
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT_MS", 20)
    monkeypatch.setattr(migrate, "GAPS", (0.0, 0.0))
    (own / "0002_wide.sql").write_text("ALTER TABLE one ADD COLUMN m integer;")
    with psycopg.connect(url) as busy:
        busy.execute("SELECT * FROM serai.one")
        with pytest.raises(MigrationProblem, match="0002_wide found its tables busy 3 times"):
            migrate.apply(url)
    assert migrate.pending(url) == ["0002_wide"]


OUTSIDE = """-- outside a transaction
CREATE TABLE IF NOT EXISTS two (n integer);
CREATE OR REPLACE FUNCTION three() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RETURN 3; -- not the end;
END $$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS one_by_n ON one (n);
"""


def test_an_index_is_made_while_others_write_and_anew_if_it_was_half_made(own: Path, url: str):
    migrate.apply(url)
    with psycopg.connect(url, autocommit=True, options="-c search_path=serai") as conn:
        conn.execute("INSERT INTO one VALUES (1), (1)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            conn.execute("CREATE UNIQUE INDEX CONCURRENTLY one_by_n ON one (n)")
    (own / "0002_index.sql").write_text(OUTSIDE)

    assert migrate.apply(url) == ["0002_index"]

    with psycopg.connect(url, options="-c search_path=serai") as conn:
        made = conn.execute(
            "SELECT indisvalid, indisunique FROM pg_index WHERE indexrelid = 'one_by_n'::regclass"
        )
        assert made.fetchone() == (True, False)
        assert conn.execute("SELECT three()").fetchone() == (3,)
