"""The demo says in one sentence what keeps it from starting."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from serai.app.demo import places
from serai.app.demo.places import Wish, prepare
from serai.app.demo.processes import Child, DemoProblem, python, wait_for
from serai.app.demo.supervisor import keys

ROOT = Path(__file__).parents[3]


def wish(var: Path, port: int = 0) -> Wish:
    return Wish(var, port, 0, 0, 0, fresh=False, opens=False, seconds=0)


def test_a_port_in_use_is_named_with_the_option_that_changes_it(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = python(
            "serai.app.cli", "demo", "--port", str(port), "--var", str(tmp_path), "--no-open"
        )
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        == f"Port {port} is in use; stop what uses it or choose another with --port."
    )


def test_a_child_that_dies_is_named_with_its_log(tmp_path: Path):
    child = Child(
        "metasim", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ), tmp_path / "log"
    )
    with pytest.raises(DemoProblem, match=r"metasim ended at once; .*log says why"):
        wait_for(child, "http://127.0.0.1:9/")


def test_children_end_when_their_parent_is_killed(tmp_path: Path):
    program = (
        "import os, sys, time; from pathlib import Path; from serai.app.demo.processes import Child\n"
        "sleep = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        "child = Child('one', sleep, os.environ, Path(sys.argv[1]))\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = Path(f"/proc/{parent.stdout.readline().strip()}")
    assert child.exists()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while child.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not child.exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DemoProblem, match=r"cannot be written .* choose a folder with --var"):
        prepare(wish(tmp_path / "file" / "var"))


def test_a_second_demo_on_the_same_folder_is_refused(tmp_path: Path):
    prepare(wish(tmp_path))
    with pytest.raises(DemoProblem, match="Another demo uses"):
        prepare(wish(tmp_path))


def test_beginning_anew_deletes_what_the_demo_made_and_nothing_else(tmp_path: Path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "demo-key").write_text("old")
    (tmp_path / "thesis.txt").write_text("years of work")
    prepare(wish(tmp_path)._replace(fresh=True))
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "log", "thesis.txt"]


def test_too_little_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(places, "LEAST_DISK_BYTES", 10**18)
    with pytest.raises(DemoProblem, match="make room or use --var"):
        prepare(wish(tmp_path))


def test_keys_are_made_once_and_only_their_owner_may_read_them(tmp_path: Path):
    path = tmp_path / "keys.env"
    made = keys(path)
    assert keys(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert set(made) == {"SERAI_KEYS", "SERAI_INDEX_KEY"}


def test_an_old_python_is_named(tmp_path: Path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.1"\nexit 1\n')
    old.chmod(0o755)
    done = subprocess.run(
        ["sh", str(ROOT / "run"), "demo"],
        env={**os.environ, "PYTHON": str(old)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "Python 3.11 or later is needed, this is Python 3.9.1" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert sys.version_info >= (3, 11)
