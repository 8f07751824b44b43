"""A PostgreSQL of one's own, with real processes."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from serai.kit.embedded import LONGEST_SOCKET_PATH, Cluster


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="serai-pg-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


def ask(cluster: Cluster, sql: str) -> object:
    with psycopg.connect(cluster.url()) as conn:
        row = conn.execute(sql.encode()).fetchone()
    assert row is not None
    return row[0]


def test_it_is_reached_by_socket_only_and_keeps_its_data_safe(folder: Path):
    cluster = Cluster(folder / "data").start()
    try:
        assert ask(cluster, "SHOW listen_addresses") == ""
        assert ask(cluster, "SHOW fsync") == "on"
        assert str(ask(cluster, "SHOW server_version")).startswith("18")
    finally:
        cluster.stop()
    assert cluster.pid is None
    assert not (folder / "data" / "postmaster.pid").exists(), "a clean stop"


def test_a_second_start_keeps_the_data(folder: Path):
    for expected in (1, 2):
        cluster = Cluster(folder / "data").start()
        try:
            with psycopg.connect(cluster.url()) as conn:
                conn.execute("CREATE TABLE IF NOT EXISTS kept (n integer)")
                conn.execute("INSERT INTO kept VALUES (1)")
            assert ask(cluster, "SELECT count(*) FROM kept") == expected
        finally:
            cluster.stop()


def test_a_half_made_cluster_is_never_used(folder: Path):
    half = folder / "data.half-made"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    (folder / "data").mkdir()
    (folder / "data" / "leftover").write_text("of a start that was cut off")

    cluster = Cluster(folder / "data").start()
    try:
        assert ask(cluster, "SELECT 1") == 1
    finally:
        cluster.stop()
    assert not half.exists()


STARTER = """
import sys, time
from pathlib import Path
from serai.kit.embedded import Cluster
Cluster(Path(sys.argv[1])).start()
print("started", flush=True)
time.sleep(60)
"""


def test_the_server_of_a_killed_parent_is_found_and_stopped(folder: Path):
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(folder / "data")], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "started\n"
    orphan = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    os.kill(orphan, 0)  # it lives on

    cluster = Cluster(folder / "data").start()
    try:
        assert cluster.pid != orphan
        assert ask(cluster, "SELECT 1") == 1
    finally:
        cluster.stop()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{orphan}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{orphan}").exists()


def test_a_deep_folder_gets_a_short_socket_path(folder: Path):
    deep = folder.joinpath(*["a-rather-long-name"] * 6) / "data"
    cluster = Cluster(deep)
    assert len(os.fsencode(cluster.socket)) <= LONGEST_SOCKET_PATH
    assert Cluster(deep).socket == cluster.socket
