"""What Meta would not accept of a new template, found before it is handed in.

Source: WhatsApp Cloud API, "Template components" and "Templates: validation".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from serai.core.templates.layout import AUTHENTICATION, VARIABLE, Button, Face, Unreadable, layout
from serai.core.templates.values import Problem

NAME = re.compile(r"[a-z0-9_]{1,512}")
CATEGORIES = frozenset({"AUTHENTICATION", "MARKETING", "UTILITY"})
LONGEST_HEADER = 60
LONGEST_FOOTER = 60
LONGEST_BODY = 1024
LONGEST_OFFER_BODY = 600
LONGEST_CARD_BODY = 160
LONGEST_LABEL = 25
LONGEST_URL = 2000
MOST_BUTTONS = 10
CARDS = range(2, 11)
MOST_OF_A_KIND: Mapping[str, int] = {"url": 2, "phone_number": 1, "copy_code": 1, "voice_call": 1}
LABELLED = frozenset({"quick_reply", "url", "phone_number", "flow"})
"""Buttons whose words are ours to choose."""
ADJACENT = re.compile(r"\}\}\s*\{\{")
GAPS = re.compile(r"\n{3,}| {5,}")


def check(
    name: str, category: str, components: Sequence[Mapping[str, Any]], *, is_named: bool = False
) -> list[Problem]:
    """Everything that is wrong, each with its field; empty if nothing is.

    `is_named`: variables have names rather than numbers, but for those of links.
    """
    found: list[Problem] = []
    if not NAME.fullmatch(name):
        found.append(Problem("name", "It has 1 to 512 of a-z, 0-9 and _."))
    if category not in CATEGORIES:
        found.append(Problem("category", "It is AUTHENTICATION, MARKETING or UTILITY."))
    try:
        read = layout(components, category)
    except Unreadable as error:
        return [*found, Problem("components", f"They cannot be read: {error}")]
    if category == AUTHENTICATION:
        return found
    found += _format(read.face, is_named)
    longest = LONGEST_OFFER_BODY if read.offer else LONGEST_BODY
    found += _face(read.face, longest, "components")
    found += _examples(components)
    if read.cards and len(read.cards) not in CARDS:
        found.append(Problem("components.cards", "A carousel has 2 to 10 cards."))
    for number, card in enumerate(read.cards):
        found += _face(card, LONGEST_CARD_BODY, f"components.cards[{number}]", needs_body=False)
    return found


def _face(face: Face, longest: int, at: str, *, needs_body: bool = True) -> Iterator[Problem]:
    if face.body:
        yield from _body(face.body, face.body_variables, longest, f"{at}.body")
    elif needs_body:
        yield Problem(f"{at}.body", "A template needs a body.")
    if face.header_kind == "text":
        yield from _header(face, f"{at}.header")
    if face.footer is not None and len(face.footer) > LONGEST_FOOTER:
        yield Problem(f"{at}.footer", f"It is longer than {LONGEST_FOOTER} characters.")
    if face.footer is not None and VARIABLE.search(face.footer):
        yield Problem(f"{at}.footer", "It takes no variables.")
    yield from _buttons(face.buttons, f"{at}.buttons")


def _body(text: str, names: Sequence[str], longest: int, at: str) -> Iterator[Problem]:
    bare = text.strip()
    words = [word for word in bare.split() if not VARIABLE.search(word)]
    checks = [
        (len(text) > longest, f"It is longer than {longest} characters."),
        (_has_gaps(names), "Its variables do not count up from {{1}}."),
        (
            bare.startswith("{{") or bare.endswith("}}"),
            "A variable may not stand at its start or its end.",
        ),
        (bool(ADJACENT.search(bare)), "Two variables stand side by side."),
        (len(words) < 2 * len(names) + 1, "It has too few words for its variables."),
        (bool(GAPS.search(text)), "It has too many line breaks or spaces in a row."),
    ]
    yield from (Problem(at, words_of) for is_wrong, words_of in checks if is_wrong)


def _has_gaps(names: Sequence[str]) -> bool:
    numbers = [int(name) for name in names if name.isdecimal()]
    return len(numbers) == len(names) and numbers != list(range(1, len(numbers) + 1))


def _format(face: Face, is_named: bool) -> Iterator[Problem]:
    wanted = "names" if is_named else "numbers"
    places = {"body": face.body_variables, "header": face.header_variables}
    for place, names in places.items():
        if any(name.isdecimal() is is_named for name in names):
            yield Problem(f"components.{place}", f"Its variables are {wanted}, as the format says.")


def _header(face: Face, at: str) -> Iterator[Problem]:
    if not 0 < len(face.header_text) <= LONGEST_HEADER:
        yield Problem(at, f"It has 1 to {LONGEST_HEADER} characters.")
    if len(face.header_variables) > 1:
        yield Problem(at, "It takes one variable at most.")
    if "\n" in face.header_text or "*" in face.header_text:
        yield Problem(at, "It is one line of plain text.")


def _buttons(buttons: Sequence[Button], at: str) -> Iterator[Problem]:
    if len(buttons) > MOST_BUTTONS:
        yield Problem(at, f"There are at most {MOST_BUTTONS} buttons.")
    for kind, most in MOST_OF_A_KIND.items():
        if sum(button.kind == kind for button in buttons) > most:
            yield Problem(at, f"There are at most {most} of the kind {kind}.")
    replies = [button.kind == "quick_reply" for button in buttons]
    changes = sum(one != other for one, other in pairwise(replies))
    if changes > 1:
        yield Problem(at, "Quick replies stand together, before or after the others.")
    for button in buttons:
        yield from _button(button, f"{at}[{button.index}]")


def _button(button: Button, at: str) -> Iterator[Problem]:
    if button.kind in LABELLED and not 0 < len(button.text) <= LONGEST_LABEL:
        yield Problem(f"{at}.text", f"It has 1 to {LONGEST_LABEL} characters.")
    if button.kind != "url":
        return
    url = button.url or ""
    if not 0 < len(url) <= LONGEST_URL:
        yield Problem(f"{at}.url", f"It has 1 to {LONGEST_URL} characters.")
    elif VARIABLE.search(url) and not (url.endswith("{{1}}") and url.count("{{") == 1):
        yield Problem(f"{at}.url", "Its one variable is {{1}}, at the end.")


def _examples(components: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Meta reviews no template whose variables and files have no examples."""
    for component in components:
        kind = str(component.get("type", "")).upper()
        text = str(component.get("text") or "")
        is_file = str(component.get("format", "")).upper() in {"IMAGE", "VIDEO", "DOCUMENT", "GIF"}
        if (VARIABLE.search(text) or is_file) and not component.get("example"):
            yield Problem(f"components.{kind.lower()}", "It needs an example.")
