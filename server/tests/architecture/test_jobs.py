"""The four jobs of `./run test`: each has its tests, and no test is in none of them."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SUITES = runpy.run_path(str(ROOT / "tools/suites.py"))


def found_in(*places: str) -> set[Path]:
    paths = [ROOT / place for place in places]
    return {
        file for path in paths for file in ([path] if path.is_file() else path.rglob("test_*.py"))
    }


@pytest.mark.promise("TST-11")
def test_four_jobs_have_all_tests_between_them():
    jobs = {name: found_in(*places) for name, places in SUITES["JOBS"].items()}
    assert list(jobs) == ["unit", "integration", "performance", "security"]
    assert all(jobs.values()), "no job is empty"
    assert all(file.exists() for files in jobs.values() for file in files)
    assert set().union(*jobs.values()) == found_in(*SUITES["WHOLE"])


def test_a_part_by_itself_is_no_attack_and_needs_no_other_part():
    jobs = {name: found_in(*places) for name, places in SUITES["JOBS"].items()}
    for one, other in (("unit", "integration"), ("unit", "security"), ("integration", "security")):
        assert not jobs[one] & jobs[other]
    assert jobs["performance"] <= jobs["integration"]
