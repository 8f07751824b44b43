"""What is generated from the code is current, and what must be the same in two places is."""

import re
from pathlib import Path

import pytest
from serai.kit.settings import settings_page
from serai.meta.codes.page import page as errors_page
from serai.meta.codes.table import CODES

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_of_settings_is_current():
    assert (DOCS / "guide" / "settings.md").read_text("utf-8") == settings_page()


def test_the_page_of_error_codes_is_current():
    current = (DOCS / "guide" / "errors.md").read_text("utf-8")
    assert current == errors_page(), "run: .venv/bin/python tools/errors.py"


@pytest.mark.promise("DOC-03")
def test_every_error_code_has_an_entry():
    numbers = {int(number) for number in re.findall(r"^\| (\d+)", errors_page(), re.MULTILINE)}
    between = re.findall(r"^\| (\d+) – (\d+)", errors_page(), re.MULTILINE)
    numbers |= {n for first, last in between for n in range(int(first), int(last) + 1)}
    assert numbers == set(CODES)


def test_every_feature_says_what_it_owns():
    features = Path(__file__).parents[2] / "serai" / "features"
    rooms = [path for path in features.iterdir() if (path / "__init__.py").exists()]
    assert len(rooms) >= 6
    assert all("Owns: " in (room / "__init__.py").read_text() for room in rooms)
