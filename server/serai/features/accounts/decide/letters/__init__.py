"""The letters that Serai sends to people who work here: each in its reader's language, with one
thing to do.
"""

from msgspec import Struct

from serai.core.languages import Language
from serai.features.accounts.decide.letters.page import page
from serai.features.accounts.decide.letters.words import WORDS, Change, Sentences


class Letter(Struct, frozen=True):
    to: str
    """An e-mail address."""
    subject: str
    text: str
    html: str


class Reader(Struct, frozen=True):
    """Who reads it."""

    to: str
    """An e-mail address."""
    company: str
    language: Language = "en"


def invitation(reader: Reader, by: str, link: str) -> Letter:
    """Somebody shall work here."""
    return _letter(reader, WORDS[reader.language].invitation, {"by": by}, link)


def reset(reader: Reader, link: str) -> Letter:
    """Somebody forgot their password, or another typed their address."""
    return _letter(reader, WORDS[reader.language].reset, {}, link)


def password_changed(reader: Reader) -> Letter:
    """So that they hear of it if it was another."""
    return _letter(reader, WORDS[reader.language].password_changed, {}, None)


def factor_changed(reader: Reader, change: Change) -> Letter:
    """How they sign in is another: so that they hear of it if they did not do it."""
    words = WORDS[reader.language]
    return _letter(reader, words.factor_changed, {"change": words.changes[change]}, None)


def _letter(reader: Reader, said: Sentences, names: dict[str, str], link: str | None) -> Letter:
    values = {"company": reader.company, **names}
    subject = said.subject.format(**values)
    lines = [line.format(**values) for line in said.lines]
    plain = [*lines, f"{said.button}:\n{link}"] if link else lines
    plain.append(f"-- \n{WORDS[reader.language].footer.format(**values)}")
    html = page(reader.language, said, values, link)
    return Letter(to=reader.to, subject=subject, text="\n\n".join(plain) + "\n", html=html)
