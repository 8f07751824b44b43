"""Fill a template in: every value in its place, or every problem by its name."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from serai.core.template import FilledFace, Shown, TemplateRef
from serai.core.templates.buttons import taps
from serai.core.templates.headers import header
from serai.core.templates.layout import AUTHENTICATION, Face, Layout, filled
from serai.core.templates.show import shown
from serai.core.templates.texts import texts
from serai.core.templates.values import (
    LINK,
    LONGEST_BODY,
    LONGEST_CODE,
    LONGEST_LONE_BODY,
    PRODUCT_CARDS,
    FaceValues,
    Problem,
    Template,
    Values,
)

Key = TypeVar("Key")


class Flaws(Struct, frozen=True):
    """Why a template cannot be sent with these values; never empty."""

    problems: tuple[Problem, ...]


class Done(Struct, frozen=True):
    """One face filled in, and what was wrong on the way."""

    face: FilledFace
    shown: Shown
    problems: list[Problem]


def fill(template: Template, values: Values, now: datetime) -> TemplateRef | Flaws:
    """The message, complete and rendered, or all that is missing, surplus or malformed."""
    layout = template.layout
    done = _face(template, layout.face, values, "")
    cards = [
        _face(template, face, given, f"cards[{number}].")
        for number, (face, given) in enumerate(_dealt(layout.cards, values.cards))
    ]
    problems = [
        *done.problems,
        *(problem for card in cards for problem in card.problems),
        *_card_count(layout.cards, values.cards),
        *_offer(template, values, now),
        *_code(template, done.face.parameters),
    ]
    if problems:
        return Flaws(tuple(problems))
    expires_at = values.offer_expires_at
    expires_at_ms = int(expires_at.timestamp() * 1000) if expires_at else None
    face = done.face
    return TemplateRef(
        name=template.name,
        language=template.language,
        category=template.category,
        parameters=face.parameters,
        parameter_names=face.parameter_names,
        header=face.header,
        header_name=face.header_name,
        taps=face.taps,
        offer_expires_at_ms=expires_at_ms,
        cards=tuple(card.face for card in cards),
        body=done.shown.body,
        shown=replace(
            done.shown,
            offer=layout.offer.text if layout.offer else None,
            offer_expires_at_ms=expires_at_ms,
            cards=tuple(card.shown for card in cards),
        ),
    )


def fill_each(
    template: Template, people: Mapping[Key, Values], now: datetime
) -> tuple[dict[Key, TemplateRef], dict[Key, Flaws]]:
    """Fill it in for many: who gets which message, and who is left out for which reasons."""
    messages: dict[Key, TemplateRef] = {}
    left_out: dict[Key, Flaws] = {}
    for person, values in people.items():
        outcome = fill(template, values, now)
        if isinstance(outcome, Flaws):
            left_out[person] = outcome
        else:
            messages[person] = outcome
    return messages, left_out


def _face(template: Template, face: Face, given: FaceValues, at: str) -> Done:
    value, header_words, header_problems = header(template, face, given.header, f"{at}header")
    words, problems = texts(template, face.body_variables, given.body, f"{at}body")
    problems = [*header_problems, *problems]
    body = filled(face.body, words)
    longest = LONGEST_LONE_BODY if _stands_alone(template.layout) else LONGEST_BODY
    if len(body) > longest:
        problems.append(Problem(f"{at}body", f"Filled in, it is longer than {longest} characters."))
    code = words.get("1") if template.category == AUTHENTICATION else None
    found, wrong = taps(face.buttons, given.buttons, f"{at}buttons", code)
    header_name = face.header_variables[0] if face.header_variables else None
    filled_in = FilledFace(
        header=value,
        header_name=header_name if header_name and not header_name.isdecimal() else None,
        parameters=tuple(words.get(name, "") for name in face.body_variables),
        parameter_names=face.body_variables if _is_named(face.body_variables) else (),
        taps=found,
    )
    return Done(filled_in, shown(face, body, header_words, found), problems + wrong)


def _stands_alone(layout: Layout) -> bool:
    """Whether the body is all there is."""
    return layout == Layout(
        face=Face(body=layout.face.body, body_variables=layout.face.body_variables)
    )


def _is_named(names: Sequence[str]) -> bool:
    return any(not name.isdecimal() for name in names)


def _dealt(faces: Sequence[Face], given: Sequence[FaceValues]) -> list[tuple[Face, FaceValues]]:
    """Each given card with the face that it fills; product cards repeat the last one."""
    if not faces:
        return []
    return [(faces[min(number, len(faces) - 1)], card) for number, card in enumerate(given)]


def _card_count(faces: Sequence[Face], given: Sequence[FaceValues]) -> list[Problem]:
    """Source: WhatsApp Cloud API, "Carousel templates"."""
    if not faces:
        return [Problem("cards", "The template has no cards.")] if given else []
    if faces[0].header_kind == "product":
        fits = len(given) in PRODUCT_CARDS
        wanted = f"{PRODUCT_CARDS.start} to {PRODUCT_CARDS.stop - 1} cards"
    else:
        fits, wanted = len(given) == len(faces), f"exactly {len(faces)} cards"
    return [] if fits else [Problem("cards", f"The template takes {wanted}.")]


def _offer(template: Template, values: Values, now: datetime) -> list[Problem]:
    offer, expires_at = template.layout.offer, values.offer_expires_at
    if offer is None or not offer.has_expiration:
        none = Problem("offer_expires_at", "The template has no offer that ends.")
        return [] if expires_at is None else [none]
    if expires_at is None:
        return [Problem("offer_expires_at", "When the offer ends is missing.")]
    if expires_at <= now:
        return [Problem("offer_expires_at", "The offer has already ended.")]
    return []


def _code(template: Template, parameters: Sequence[str]) -> list[Problem]:
    """Source: WhatsApp Cloud API, "Authentication templates": at most 15 characters, no link."""
    if template.category != AUTHENTICATION or not parameters:
        return []
    code = parameters[0]
    if len(code) > LONGEST_CODE or LINK.search(code):
        text = f"A code has at most {LONGEST_CODE} characters and no link."
        return [Problem("body.1", text, "1")]
    return []
