"""Which translation of a template a person gets.

Meta takes the language that is asked for or refuses the message (132001): falling back is ours.
Source: WhatsApp Cloud API, "Supported languages".
"""

from collections.abc import Collection, Sequence

from msgspec import Struct

LAST = "en"


class Chosen(Struct, frozen=True):
    language: str
    """Exactly as the template has it."""
    tried: tuple[str, ...]
    """What was wanted before it, in order; empty if it was the first wish."""


def wishes(contact: str | None, business: str) -> tuple[str, ...]:
    """Languages in the order in which they are wanted: the person's, the business's, English."""
    wanted: list[str] = []
    for language in (contact, business, LAST):
        if language:
            exact = language.replace("-", "_")
            wanted += [exact, exact.split("_", 1)[0]]
    return tuple(dict.fromkeys(wanted))


def choose(available: Collection[str], wanted: Sequence[str]) -> Chosen | None:
    """The translation that fits best; None if the template has none of these languages.

    A wish without a region is met by any region of the language: `ar` by `ar_EG`.
    """
    exact = {language.casefold(): language for language in available}
    for number, wish in enumerate(wanted):
        language = exact.get(wish.casefold()) or _any_region(available, wish)
        if language is not None:
            return Chosen(language, tuple(wanted[:number]))
    return None


def _any_region(available: Collection[str], wish: str) -> str | None:
    if "_" in wish:
        return None
    prefix = f"{wish.casefold()}_"
    return min((each for each in available if each.casefold().startswith(prefix)), default=None)
