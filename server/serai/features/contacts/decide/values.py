"""Reading what people type: numbers, addresses and the like, into the form that we keep."""

import re
from zoneinfo import available_timezones

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
LANGUAGE = re.compile(r"[a-z]{2}")
OPAQUE_LONGEST = 128


def phone(text: str, country: str | None = None) -> str | None:
    """Digits with country code, as WhatsApp writes them; None if it is no number.

    `country`: of numbers that come without a code, such as OM.
    """
    text = text.strip()
    given = text if text.startswith("+") or country else f"+{text}"
    if text.startswith("00"):
        given = f"+{text[2:]}"
    try:
        number = phonenumbers.parse(given, country)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164).lstrip("+")


def email(text: str) -> str | None:
    """In small letters, for nobody tells addresses apart by capitals."""
    text = text.strip().lower()
    return text if len(text) <= 254 and EMAIL.fullmatch(text) else None


def username(text: str) -> str | None:
    text = text.strip().lstrip("@").lower()
    return text if 0 < len(text) <= OPAQUE_LONGEST and not re.search(r"\s", text) else None


def opaque(text: str) -> str | None:
    text = text.strip()
    return text if 0 < len(text) <= OPAQUE_LONGEST else None


def identity(type_: str, text: str, country: str | None = None) -> str | None:
    """The value as we keep it; None if it is not one of its type."""
    match type_:
        case "phone":
            return phone(text, country)
        case "email":
            return email(text)
        case "username":
            return username(text)
        case _:
            return opaque(text)


def time_zone(text: str) -> str | None:
    return text if text in available_timezones() else None


def language(text: str) -> str | None:
    """Two letters, of `en`, `EN` or `en-GB`."""
    short = re.split(r"[-_]", text.strip().lower())[0]
    return short if LANGUAGE.fullmatch(short) else None
