"""Which password will do. Length counts; what is easily guessed does not; nothing else is asked."""

import re
from collections.abc import Iterable, Sequence

SHORTEST = 12
LONGEST = 200
"""Characters; ours, between the 8 and the 15 of NIST SP 800-63B-4 (with and without a second factor)."""

ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "0123456789",
    "1234567890",
    "qwertzuiop",
)
COMMON = frozenset(
    {
        "password",
        "letmein",
        "welcome",
        "iloveyou",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "batman",
        "trustno",
        "dragon",
        "monkey",
        "master",
        "shadow",
        "michael",
        "jennifer",
        "charlie",
        "computer",
        "internet",
        "admin",
        "administrator",
        "changeme",
        "default",
        "secret",
        "login",
        "access",
        "starwars",
        "whatever",
        "freedom",
        "hello",
        "qwerty",
        "azerty",
        "passwort",
        "motdepasse",
        "contraseña",
        "whatsapp",
        "instagram",
        "facebook",
        "messenger",
        "serai",
        "inbox",
        "correcthorsebatterystaple",
    }
)
"""Words that many passwords are nothing but; digits and signs around them do not help."""


def problem(password: str, own_words: Iterable[str] = ()) -> str | None:
    """What is wrong with it, as a sentence; None when it will do. `own_words`: name, e-mail, company."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. A few words in a row are easy to remember."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    cores, own = _cores(password), _words(list(own_words))
    if any(word in core and len(core) < len(word) + 4 for core in cores for word in own):
        return "Do not use your name or e-mail address; that is guessed first."
    if _is_guessed(password.lower(), cores):
        return "This password is among those that are guessed first. Use a few unrelated words."
    return None


def _cores(text: str) -> set[str]:
    """Its letters, without what people put around or into a word to make it look stronger."""
    lower = text.lower()
    read = lower.translate(str.maketrans("@013$5", "aoiess"))
    return {re.sub(r"[\W\d_]+", "", each) for each in (lower, read)}


def _words(own: Sequence[str]) -> set[str]:
    parts = {part for word in own for part in re.split(r"[@\s.+_-]+", word.lower())}
    whole = {core for word in own for core in _cores(word)}
    return {word for word in parts | whole if len(word) >= 4}


def _is_guessed(lower: str, cores: set[str]) -> bool:
    if re.fullmatch(r"(.{1,4}?)\1+.{0,3}", lower):
        return True  # one thing again and again
    if any(core in {word, word * 2, word * 3} for core in cores for word in COMMON):
        return True
    runs = {each for each in (lower, *cores) if len(each) >= 6}
    return any(run in row * 3 or run in (row * 3)[::-1] for run in runs for row in ROWS)
