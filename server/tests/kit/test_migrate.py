"""Migrations go forward, once, and never change under our feet."""

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
