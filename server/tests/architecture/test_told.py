"""What the server says in English is shown in other languages only as long as it says just that."""

import ast
import json
from pathlib import Path

import pytest
from serai.features.channels.model.notices import NOTICES

ROOT = Path(__file__).parents[3]
CATALOGUES = sorted((ROOT / "web/src/shared/i18n").glob("told.*.json"))


def said() -> set[str]:
    """Every text that stands in the server's code."""
    return {
        node.value
        for path in (ROOT / "server/serai").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_a_translated_sentence_is_one_that_the_server_says(path: Path):
    assert set(json.loads(path.read_text())) - said() == set(), (
        "changed or gone: mend its translation"
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_every_notice_about_a_number_is_translated(path: Path):
    notices = {text for notice in NOTICES.values() for text in (notice.words, notice.next_step)}
    assert notices - {"{solution}"} - set(json.loads(path.read_text())) == set()
