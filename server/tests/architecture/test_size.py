"""Nothing is too long to be read in one go."""

import ast
from pathlib import Path

import serai

SOURCES = sorted(Path(serai.__path__[0]).rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MEDIAN_FUNCTION = 15


def functions() -> list[tuple[str, str, int]]:
    return [
        (path.name, node.name, (node.end_lineno or 0) - node.lineno + 1)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_files_are_short():
    assert not [path for path in SOURCES if len(path.read_text().splitlines()) > LONGEST_FILE]


def test_functions_are_short():
    assert not [function for function in functions() if function[2] > LONGEST_FUNCTION]


def test_most_functions_are_much_shorter():
    lengths = sorted(length for _, _, length in functions())
    assert lengths[len(lengths) // 2] <= MEDIAN_FUNCTION


def test_every_module_says_what_it_is_for():
    assert not [path for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text()))]
