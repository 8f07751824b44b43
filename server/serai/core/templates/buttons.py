"""What the buttons of a template are given, checked button by button."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from serai.core.template import Tap
from serai.core.templates.layout import Button, filled
from serai.core.templates.values import (
    LONGEST_CODE,
    LONGEST_COUPON,
    LONGEST_SECTION_TITLE,
    LONGEST_URL,
    MOST_PRODUCTS,
    MOST_SECTIONS,
    Problem,
    text_problem,
)

GIVEN: Mapping[str, frozenset[str]] = {
    "quick_reply": frozenset({"payload"}),
    "url": frozenset({"suffix"}),
    "otp": frozenset({"suffix"}),
    "copy_code": frozenset({"coupon_code"}),
    "flow": frozenset({"flow_token", "flow_data"}),
    "catalog": frozenset({"thumbnail_product_id"}),
    "mpm": frozenset({"thumbnail_product_id", "sections"}),
    "voice_call": frozenset({"ttl_minutes", "payload"}),
}
"""What may be given for each kind of button; for the others nothing."""
MEMBERS = (
    "payload", "suffix", "coupon_code", "flow_token", "flow_data", "thumbnail_product_id",
    "sections", "ttl_minutes",
)  # fmt: skip

Needs: TypeAlias = Callable[[Button, Tap, str], Problem | None]


def taps(
    buttons: Sequence[Button], given: Sequence[Tap], at: str, code: str | None
) -> tuple[tuple[Tap, ...], list[Problem]]:
    """What goes to Meta, and what is wrong. `code` is the one-time password of the body, if any."""
    by_index = {tap.index: tap for tap in given}
    problems = [
        Problem(f"{at}[{position}].index", f"The template has no button {tap.index}.")
        for position, tap in enumerate(given)
        if not 0 <= tap.index < len(buttons)
    ]
    if len(by_index) < len(given):
        problems.append(Problem(at, "A button is given twice."))
    found: list[Tap] = []
    for button in buttons:
        tap = _with_code(button, by_index.get(button.index, Tap(index=button.index)), code)
        problems += _problems(button, tap, f"{at}[{button.index}]")
        if _said(tap):
            found.append(replace(tap, kind="url" if button.kind == "otp" else button.kind))
    return tuple(found), problems


def _with_code(button: Button, tap: Tap, code: str | None) -> Tap:
    """The code of an authentication template goes into its button as well as into its body."""
    is_for_it = button.kind == "otp" or (button.kind == "url" and button.has_variable)
    return replace(tap, suffix=code) if code is not None and is_for_it else tap


def _said(tap: Tap) -> set[str]:
    """The members that hold a value."""
    return {name for name in MEMBERS if getattr(tap, name) not in (None, ())}


def _problems(button: Button, tap: Tap, at: str) -> list[Problem]:
    allowed = GIVEN.get(button.kind, frozenset[str]())
    if button.kind == "url" and not button.has_variable:
        allowed = frozenset[str]()
    surplus = [
        Problem(f"{at}.{name}", f"The button “{button.text}” takes no such value.")
        for name in sorted(_said(tap) - allowed)
    ]
    check = CHECKS.get(button.kind)
    wrong = check(button, tap, at) if check else None
    return [*surplus, *([wrong] if wrong else [])]


def _link(button: Button, tap: Tap, at: str) -> Problem | None:
    if not button.has_variable:
        return None
    if tap.suffix is None:
        return Problem(f"{at}.suffix", f"The link “{button.text}” needs its last part.", "1")
    wrong = text_problem(tap.suffix)
    if wrong is None and len(filled(button.url or "", {"1": tap.suffix})) > LONGEST_URL:
        wrong = f"With it the link is longer than {LONGEST_URL} characters."
    return Problem(f"{at}.suffix", wrong, "1") if wrong else None


def _code(_: Button, tap: Tap, at: str) -> Problem | None:
    if tap.suffix is None:
        return Problem(f"{at}.suffix", "The code is missing.")
    if len(tap.suffix) > LONGEST_CODE:
        return Problem(f"{at}.suffix", f"The code is longer than {LONGEST_CODE} characters.")
    return None


def _coupon(_: Button, tap: Tap, at: str) -> Problem | None:
    if not tap.coupon_code:
        return Problem(f"{at}.coupon_code", "The code to copy is missing.")
    if len(tap.coupon_code) > LONGEST_COUPON:
        return Problem(f"{at}.coupon_code", f"It is longer than {LONGEST_COUPON} characters.")
    return None


def _products(_: Button, tap: Tap, at: str) -> Problem | None:
    count = sum(len(section.product_ids) for section in tap.sections)
    if not tap.thumbnail_product_id:
        return Problem(f"{at}.thumbnail_product_id", "The product for the picture is missing.")
    if not 1 <= len(tap.sections) <= MOST_SECTIONS or not 1 <= count <= MOST_PRODUCTS:
        text = f"It needs 1 to {MOST_SECTIONS} sections with 1 to {MOST_PRODUCTS} products in all."
        return Problem(f"{at}.sections", text)
    for position, section in enumerate(tap.sections):
        if not 1 <= len(section.title) <= LONGEST_SECTION_TITLE:
            text = f"A title has 1 to {LONGEST_SECTION_TITLE} characters."
            return Problem(f"{at}.sections[{position}].title", text)
    return None


CHECKS: Mapping[str, Needs] = {
    "url": _link,
    "otp": _code,
    "copy_code": _coupon,
    "mpm": _products,
}
