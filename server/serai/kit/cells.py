"""Texts of strangers in tables that people open with a spreadsheet, which runs what looks like a formula.

Source: OWASP, "CSV Injection".
"""

BEGINNINGS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""The last four are full-width: some programs take them for the others."""


def guarded(text: str) -> str:
    """A cell that no program takes for a formula; a plain number with its plus is none."""
    is_number = text.startswith("+") and text[1:].isdigit()
    return f"'{text}" if text.startswith(BEGINNINGS) and not is_number else text


def unguarded(text: str) -> str:
    """What was meant before it was guarded."""
    return text[1:] if text.startswith("'") and text[1:].startswith(BEGINNINGS) else text
