"""What a newcomer does: clone, one command, write a message, Ctrl-C."""

import os
import subprocess
import time
from pathlib import Path

import psutil
import pytest
from tests.ports import free_port

from e2e import stack
from e2e.meta import SCHOOL, Meta

ROOT = Path(__file__).parents[1]
FIVE_MINUTES = 300.0


@pytest.mark.promise("OPS-01")
def test_a_fresh_clone_answers_a_message_within_five_minutes(tmp_path: Path) -> None:
    began = time.monotonic()
    home, clone = tmp_path / "home", tmp_path / "serai"
    home.mkdir()
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    ports = [f"--port={free_port()}", f"--metasim-port={free_port()}"]
    command = ["./run", "demo", "--no-open", *ports]

    running = stack.start(command, clone, tmp_path / "demo.log", FIVE_MINUTES, clean(home))
    children = psutil.Process(running.process.pid).children(recursive=True)
    meta = Meta(running.meta)
    person = meta.person()
    meta.write(person, SCHOOL, "menu")
    [answer] = meta.wait_received(person, SCHOOL, 1)
    meta.close()

    assert "School Catering Menu Update" in answer
    assert time.monotonic() - began < FIVE_MINUTES
    assert running.stop() == 0
    assert [child for child in children if child.is_running()] == []


def clean(home: Path) -> dict[str, str]:
    """The environment of somebody who has nothing of ours: an empty home, no environment active."""
    ours = ("SERAI_", "VIRTUAL_ENV", "PYTEST", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    beside = str(ROOT / ".venv")
    path = [part for part in kept["PATH"].split(os.pathsep) if not part.startswith(beside)]
    return {**kept, "HOME": str(home), "PATH": os.pathsep.join(path)}
