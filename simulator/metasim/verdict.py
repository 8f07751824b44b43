"""metasim's reviewer: fixed rules in place of Meta's people and models.

Source of the reasons: WhatsApp Cloud API reference, 7.5 "rejected_reason", 7.2
"allow_category_change", 7.4. The rules themselves are metasim's and stand in its README.
"""

import re
from collections.abc import Iterable

import msgspec

from metasim.shapes import Json, as_list
from metasim.world import Category, Template

PROMOTIONAL = re.compile(
    r"\b(sale|discount|% ?off|\d+% off|special offer|buy now|shop now|promo(tion|tional)?( code)?|"
    r"coupon|deal|limited time|free gift|voucher|black friday)\b|\d ?% off",
    re.IGNORECASE,
)
CODES = re.compile(
    r"\b(verification code|one[- ]time (code|password|pin)|otp|login code|passcode)\b",
    re.IGNORECASE,
)
SCAM = re.compile(
    r"\b(card number|cvv|social security number|send (us )?your (pin|password|bank)|"
    r"full account number)\b",
    re.IGNORECASE,
)
ABUSE = re.compile(r"\b(idiot|moron|we will harm you|threat)\b", re.IGNORECASE)
TOUCHING = re.compile(r"\}\}\s*\{\{")
SCRIPTS = {
    "ar": "\u0600-\u06ff", "fa": "\u0600-\u06ff", "ur": "\u0600-\u06ff", "he": "\u0590-\u05ff",
    "ru": "\u0400-\u04ff", "uk": "\u0400-\u04ff", "bg": "\u0400-\u04ff", "mk": "\u0400-\u04ff",
    "el": "\u0370-\u03ff", "hi": "\u0900-\u097f", "mr": "\u0900-\u097f", "bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f", "gu": "\u0a80-\u0aff", "ta": "\u0b80-\u0bff", "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff", "ml": "\u0d00-\u0d7f", "th": "\u0e00-\u0e7f", "ka": "\u10a0-\u10ff",
    "ko": "\uac00-\ud7af", "ja": "\u3040-\u30ff\u4e00-\u9fff", "zh": "\u4e00-\u9fff",
}  # fmt: skip
"""Letters that a text in this language must have at least one of."""


class Verdict(msgspec.Struct):
    """What the reviewer says: a reason to reject, or perhaps another category."""

    reason: str | None = None
    info: dict[str, str] | None = None
    category: Category | None = None


def verdict(template: Template, others: Iterable[Template]) -> Verdict:
    """The same answer for the same template, always. `others` are those of the account."""
    text = text_of(template)
    if template.category == "AUTHENTICATION":
        return Verdict()
    found = _reason(template, text) or _duplicate(template, others)
    if found is not None:
        reason, why, advice = found
        return Verdict(reason, {"reason": why, "recommendation": advice})
    promotes = template.category == "UTILITY" and PROMOTIONAL.search(text)
    return Verdict(category="MARKETING" if promotes else None)


def text_of(template: Template) -> str:
    """All words of the template, a line for each part."""
    lines: list[str] = []
    for part in template.components:
        lines += _lines(part)
    return "\n".join(lines)


def _lines(part: Json) -> list[str]:
    lines = [str(part["text"])] if part.get("text") else []
    lines += [str(each.get("text", "")) for each in as_list(part.get("buttons")) or []]
    for card in as_list(part.get("cards")) or []:
        for inner in as_list(card.get("components")) or []:
            lines += _lines(inner)
    return lines


def _reason(template: Template, text: str) -> tuple[str, str, str] | None:
    if TOUCHING.search(text):
        return "INVALID_FORMAT", "Two variables touch each other.", "Put text between them."
    if ABUSE.search(text):
        return "ABUSIVE_CONTENT", "The text threatens or insults.", "Word it politely."
    if SCAM.search(text):
        return "SCAM", "The text asks for secrets of the person.", "Never ask for them."
    if CODES.search(text):
        return (
            "INCORRECT_CATEGORY",
            "Codes to log in belong to the category AUTHENTICATION.",
            "Create an authentication template.",
        )
    letters = SCRIPTS.get(template.language.split("_", maxsplit=1)[0])
    if letters is not None and not re.search(f"[{letters}]", text):
        return (
            "TAG_CONTENT_MISMATCH",
            "The text is not in the language that was chosen.",
            "Choose the language of the text.",
        )
    return None


def _duplicate(template: Template, others: Iterable[Template]) -> tuple[str, str, str] | None:
    """Body and footer of another template in the same language. Source: 7.4, rule 5."""
    own = _body_and_footer(template)
    for other in others:
        if other.id == template.id or other.language != template.language:
            continue
        if other.status in ("APPROVED", "PENDING", "PAUSED") and _body_and_footer(other) == own:
            return (
                "INVALID_FORMAT",
                "Body and footer are those of another template.",
                "Use that template, or word this one differently.",
            )
    return None


def _body_and_footer(template: Template) -> list[object]:
    parts = [each for each in template.components if each.get("type") in ("BODY", "FOOTER")]
    return [(part["type"], part.get("text")) for part in parts]
