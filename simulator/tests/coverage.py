"""Which operations of Meta's OpenAPI metasim answers: written to simulator/COVERAGE.md.

`python -m simulator.tests.coverage` writes the page; a test says when it is not current.
"""

from pathlib import Path

from simulator.tests.openapi import ANSWER_TRAPS, REQUEST_TRAPS, operations
from simulator.tests.scenario import STEPS

PAGE = Path(__file__).parents[1] / "COVERAGE.md"
HEAD = """# Operations of Meta's OpenAPI

Made by `python -m simulator.tests.coverage` from [Meta's description](openapi/README.md) of v23.0.
*Answered* means: `tests/test_openapi.py` makes this call, metasim answers 200, and request and
answer fit the description, apart from the exceptions below. metasim answers more than Meta's file
knows (usernames, signups, template groups, resumable uploads and others): see the README.

"""


def page() -> str:
    """The whole page."""
    made = {step.operation for step in STEPS}
    known = list(operations())
    answered = [each for each in known if each in made]
    rest = [each for each in known if each not in made]
    rows = [HEAD, f"{len(answered)} of {len(known)} operations are answered.\n\n"]
    rows += ["## Answered\n\n", *(_row(each) for each in answered)]
    rows += ["\n## Not answered\n\n", *(_row(each) for each in rest)]
    rows += ["\n## Exceptions\n\n"]
    for side, traps in (("request", REQUEST_TRAPS), ("answer", ANSWER_TRAPS)):
        rows += [f"- `{operation}`, {side}: {why}\n" for operation, (_, why) in traps.items()]
    return "".join(rows)


def _row(operation: str) -> str:
    name = operations()[operation].get("operationId") or ""
    return f"- `{operation}`{f' ({name})' if name else ''}\n"


if __name__ == "__main__":
    PAGE.write_text(page())
