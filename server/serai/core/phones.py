"""Telephone numbers that are written in more than one way.

WhatsApp may report a number with or without a mobile prefix that the country added later. The
forms have to meet in one contact, while a message goes to the form that WhatsApp itself reported.
"""

import re

RULES = (
    (re.compile(r"55(\d\d)9([6-9]\d{7})"), r"55\1\2"),
    (re.compile(r"521(\d{10})"), r"52\1"),
    (re.compile(r"549(\d{10})"), r"54\1"),
)
"""Brazil's ninth digit of mobile numbers, Mexico's 1, Argentina's 9.

Source: WhatsApp Cloud API, "Phone numbers": prefixes of Brazil, Mexico and Argentina may be altered.
"""


def shared_form(digits: str) -> str:
    """The form that all spellings of a number share; for comparing, never for dialling."""
    for pattern, form in RULES:
        if pattern.fullmatch(digits):
            return pattern.sub(form, digits)
    return digits
