"""The demo says in one sentence what keeps it from starting."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from serai.app.demo import supervisor
from serai.app.demo.processes import DemoProblem, python
from serai.app.demo.supervisor import Wish, keys, prepare

ROOT = Path(__file__).parents[3]


def wish(var: Path, port: int = 0) -> Wish:
    return Wish(var, port, 0, fresh=False, opens=False, seconds=0)


def test_a_port_in_use_is_named_with_the_option_that_changes_it(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = python(
            "serai.app.cli", "demo", "--port", str(port), "--var", str(tmp_path), "--no-open"
        )
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        == f"Port {port} is in use; stop what uses it or choose another with --port."
    )


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DemoProblem, match=r"cannot be written .* choose a folder with --var"):
        prepare(wish(tmp_path / "file" / "var"))


def test_too_little_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(supervisor, "LEAST_DISK_BYTES", 10**18)
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
        timeout=20,
    )
    assert done.returncode == 1
    assert "Python 3.11 or later is needed, this is Python 3.9.1" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert sys.version_info >= (3, 11)
