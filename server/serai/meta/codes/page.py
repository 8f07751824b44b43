"""The page about error codes, made from the table."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby

from serai.meta.codes.action import Action, Code, Section
from serai.meta.codes.table import OTHER, SECTIONS

WHAT_HAPPENS = {
    Action.RETRY: "sent again by itself within seconds or minutes, with growing gaps",
    Action.FAIL: "this message fails; others go on",
    Action.SUPPRESS: "this person is not written to any more",
    Action.SUPPRESS_MARKETING: "this person gets no more marketing until WhatsApp says that they want it",
    Action.PAUSE_TEMPLATE: "the template is not used any more until Meta approves it again",
    Action.PAUSE_CHANNEL: "the number is paused; its queue is kept and goes once it is resumed",
    Action.UNKNOWN: "it may have gone out: never repeated by itself; a status or a person tells",
}
HEAD = """# Error codes

What Meta can answer, what Serai does then, and what people read. A message's reason in the API has the
same code. Made from the table in `serai.meta.codes`.

Codes 200 to 299 are missing permissions and count as 10. A code that is not here fails the message: "{other}"
Some codes come as 100 with one of these as the subcode; the subcode counts.
"""


def page() -> str:
    """The text of docs/guide/errors.md."""
    parts = [HEAD.format(other=OTHER.words)]
    parts += ["\n".join(_section(section)) for section in SECTIONS]
    return "\n".join(parts)


def what_happens(code: Code) -> str:
    """In a few words."""
    if code.action is not Action.DEFER:
        return WHAT_HAPPENS[code.action]
    first = code.wait or timedelta()
    waits = [_length(first * times) for times in (1, 2, 3)]
    return f"tried again by itself after {waits[0]}, {waits[1]} and {waits[2]}; then it fails"


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}\n"
    yield "| code | what Serai does | what people read |"
    yield "|---|---|---|"
    for numbers, code in _rows(section):
        yield f"| {numbers} | {what_happens(code)} | {code.words} |"
    yield ""


def _rows(section: Section) -> Iterator[tuple[str, Code]]:
    """Neighbours with the same words are one row."""
    pairs = sorted(section.codes.items())
    for _, same in groupby(pairs, key=lambda pair: pair[1].words):
        those = list(same)
        yield _numbers(number for number, _ in those), those[0][1]


def _numbers(those: Iterable[int]) -> str:
    numbers = list(those)
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} – {numbers[-1]}"


def _length(time: timedelta) -> str:
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    number, unit = (hours, "hour") if hours else (minutes, "minute")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
