"""A few random faults in every run of the tests; a thousand by `./run test --faults`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[2]


@pytest.mark.promise("MSG-05")
@pytest.mark.promise("MSG-06")
@pytest.mark.promise("MSG-24")
def test_faults_at_random_lose_double_and_forget_nothing():
    seed = os.environ.get("SERAI_FAULTS_SEED", "2026")
    command = [sys.executable, "-m", "tests.faults.cli", "--faults", "20", "--seed", seed]
    done = subprocess.run(
        [*command, "--webs", "2", "--workers", "2"],
        cwd=SERVER,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
