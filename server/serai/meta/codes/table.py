"""All codes by number, and the page about them."""

from itertools import chain

from serai.meta.codes import management, sending
from serai.meta.codes.action import CONTENT, Action, Code

SECTIONS = (*sending.SECTIONS, *management.SECTIONS)
CODES: dict[int, Code] = dict(chain.from_iterable(section.codes.items() for section in SECTIONS))
OTHER = Code(Action.FAIL, f"Meta did not take the message. {CONTENT}")


LEAST_SUBCODE = 100_000
"""Smaller ones say more about a code of the same family, such as 463: which way a token ended."""


def code(number: int, subcode: int = 0) -> Code:
    """The row for a code, or for its subcode where that is one of the table.

    200 to 299 are missing permissions; unlisted codes fail the message.
    """
    if subcode >= LEAST_SUBCODE and subcode in CODES:
        return CODES[subcode]
    if 200 <= number <= 299:
        return CODES[10]
    return CODES.get(number, OTHER)
