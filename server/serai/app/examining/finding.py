"""What the doctor says of one thing: one sentence, with the remedy if it is not well."""

from typing import NamedTuple


class Finding(NamedTuple):
    is_well: bool
    subject: str
    text: str
