"""Write docs/promises.md from the marks of the tests, and from nothing else; --check compares.

The promises themselves stand in docs/promises.tsv: id, a tab, what is promised.
"""

import ast
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "promises.md"
FOLDERS = ("server/tests", "simulator/tests", "e2e")


def promises() -> dict[str, str]:
    lines = (ROOT / "docs" / "promises.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line)


def proofs() -> dict[str, list[str]]:
    """Names of tests by the id of the promise that they prove."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("test_*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    for id_ in _marks(node):
                        found[id_].append(f"`{path.relative_to(ROOT)}::{node.name}`")
    return found


def _marks(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    calls = [each for each in node.decorator_list if isinstance(each, ast.Call)]
    return [
        str(argument.value)
        for call in calls
        if ast.unparse(call.func) == "pytest.mark.promise"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]


def page() -> str:
    known, proven = promises(), proofs()
    strangers = sorted(set(proven) - set(known))
    if strangers:
        raise SystemExit(f"Tests prove promises that nobody made: {', '.join(strangers)}")
    kept = sum(1 for id_ in known if id_ in proven)
    rows = [
        f"| {id_} | {text} | {'<br>'.join(proven[id_]) if id_ in proven else 'not proven yet'} |"
        for id_, text in known.items()
    ]
    return "\n".join(
        [
            "# Promises",
            "",
            f"{kept} of {len(known)} are proven. Made from the tests' marks by `tools/promises.py`.",
            "",
            "| id | promise | proven by |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def main() -> None:
    if "--check" not in sys.argv:
        TARGET.write_text(page(), "utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != page():
        raise SystemExit("docs/promises.md is not current; run: .venv/bin/python tools/promises.py")


if __name__ == "__main__":
    main()
