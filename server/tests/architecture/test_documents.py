"""What is generated from the code is current, and what must be the same in two places is."""

from pathlib import Path

from serai.kit.settings import settings_page

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_of_settings_is_current():
    assert (DOCS / "guide" / "settings.md").read_text("utf-8") == settings_page()


def test_every_feature_says_what_it_owns():
    features = Path(__file__).parents[2] / "serai" / "features"
    rooms = [path for path in features.iterdir() if (path / "__init__.py").exists()]
    assert len(rooms) >= 6
    assert all("Owns: " in (room / "__init__.py").read_text() for room in rooms)
