"""The buttons of a template.

Source: WhatsApp Cloud API reference, 7.3 "Components", table of buttons.
"""

from collections.abc import Callable
from typing import TypeAlias

from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, refused
from metasim.graph.manage.template_text import EMOJI, TOO_LONG, VARIABLE, example_missing
from metasim.shapes import Json, as_list, as_object

MOST = 10
MOST_OF_KIND = {
    "URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1, "VOICE_CALL": 1, "FLOW": 1, "CATALOG": 1,
    "MPM": 1, "SPM": 1, "OTP": 1, "REQUEST_CONTACT_INFO": 1, "CALL_PERMISSION_REQUEST": 1,
}  # fmt: skip
LONGEST_LABEL = 25
LONGEST_CODE = 20
"""Since 3 December 2025."""
OTP_KINDS = ("COPY_CODE", "ONE_TAP", "ZERO_TAP")

Check: TypeAlias = Callable[[Json, str], None]


def check(component: Json, category: str) -> None:
    """All buttons of one BUTTONS component. Raises GraphError."""
    rows = as_list(component.get("buttons"))
    if not rows:
        raise invalid("Param components['buttons'] must be a non-empty array.")
    if len(rows) > MOST:
        raise refused(f"A template has at most {MOST} buttons.")
    kinds = [_one(row, index) for index, row in enumerate(rows)]
    for kind, most in MOST_OF_KIND.items():
        if kinds.count(kind) > most:
            raise refused(f"A template has at most {most} button(s) of type {kind}.")
    _ensure_together(kinds)
    if ("OTP" in kinds) != (category == "AUTHENTICATION"):
        raise refused("OTP buttons belong to templates of category AUTHENTICATION, and only there.")


def _one(row: object, index: int) -> str:
    button = as_object(row)
    kind = "" if button is None else str(button.get("type", "")).upper()
    checked = CHECKS.get(kind)
    where = f"components['buttons'][{index}]"
    if button is None or checked is None:
        raise invalid(f"Param {where}['type'] must be one of {{{', '.join(CHECKS)}}}.")
    known, check_kind = checked
    strict(button, {"type", "text", *known}, where)
    check_kind(button, where)
    return kind


def _ensure_together(kinds: list[str]) -> None:
    """Quick replies stand next to each other, before or after the others."""
    quick = [place for place, kind in enumerate(kinds) if kind == "QUICK_REPLY"]
    if not quick:
        return
    together = quick[-1] - quick[0] == len(quick) - 1
    if not together or (quick[0] != 0 and quick[-1] != len(kinds) - 1):
        raise refused("Quick reply buttons must be grouped, before or after all other buttons.")


def _label(button: Json, where: str) -> None:
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise GraphError(100, message=f"(#100) The parameter {where}['text'] is required.")
    if len(text) > LONGEST_LABEL:
        raise refused(f"The text of a button has at most {LONGEST_LABEL} characters.", TOO_LONG)
    if "{{" in text or "\n" in text or EMOJI.search(text):
        raise refused("The text of a button can't have variables, new lines or emojis.")


def _fixed(_button: Json, _where: str) -> None:
    """The app writes the label itself."""


def _url(button: Json, where: str) -> None:
    _label(button, where)
    url = button.get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise refused("The URL of a button must start with http:// or https://.")
    if len(url) > 2000:
        raise refused("The URL of a button has at most 2000 characters.", TOO_LONG)
    found = VARIABLE.findall(url)
    if len(found) > 1 or (found and not url.endswith("{{1}}")):
        raise refused("The URL of a button can have one variable {{1}}, at its end.")
    example = button.get("example")
    if found and not (example if isinstance(example, str) else as_list(example)):
        raise example_missing("BUTTONS")


def _phone(button: Json, where: str) -> None:
    _label(button, where)
    number = button.get("phone_number")
    if not isinstance(number, str) or not 1 <= len(number) <= 20:
        raise refused("The phone number of a button has 1 to 20 signs.")


def _copy_code(button: Json, _where: str) -> None:
    example = button.get("example")
    rows = as_list(example)
    code = rows[0] if rows else example
    if not isinstance(code, str) or not code:
        raise example_missing("BUTTONS")
    if len(code) > LONGEST_CODE:
        raise refused(f"The example code has at most {LONGEST_CODE} characters.", TOO_LONG)


def _flow(button: Json, where: str) -> None:
    _label(button, where)
    if sum(name in button for name in ("flow_id", "flow_name", "flow_json")) != 1:
        raise refused("A FLOW button needs exactly one of flow_id, flow_name and flow_json.")
    action = str(button.get("flow_action", "navigate")).lower()
    if action not in ("navigate", "data_exchange"):
        raise invalid(f"Param {where}['flow_action'] must be one of {{NAVIGATE, DATA_EXCHANGE}}.")


def _otp(button: Json, where: str) -> None:
    kind = str(button.get("otp_type", "")).upper()
    if kind not in OTP_KINDS:
        raise invalid(f"Param {where}['otp_type'] must be one of {{{', '.join(OTP_KINDS)}}}.")
    apps = as_list(button.get("supported_apps")) or []
    if kind != "COPY_CODE" and not 1 <= len(apps) <= 5:
        raise refused("One-tap and zero-tap buttons need 1 to 5 supported_apps.")
    for row in apps:
        app = as_object(row) or {}
        package, signed = app.get("package_name"), app.get("signature_hash")
        if not isinstance(package, str) or not 1 <= len(package) <= 224:
            raise refused("package_name has 1 to 224 characters.")
        if not isinstance(signed, str) or len(signed) != 11:
            raise refused("signature_hash has 11 characters.")
    if kind == "ZERO_TAP" and button.get("zero_tap_terms_accepted") is not True:
        raise refused("zero_tap_terms_accepted must be true.")


CHECKS: dict[str, tuple[tuple[str, ...], Check]] = {
    "QUICK_REPLY": ((), _label),
    "URL": (("url", "example", "app_deep_link"), _url),
    "PHONE_NUMBER": (("phone_number",), _phone),
    "COPY_CODE": (("example",), _copy_code),
    "VOICE_CALL": (("ttl_minutes",), _label),
    "FLOW": (
        ("flow_id", "flow_name", "flow_json", "flow_action", "navigate_screen", "icon"),
        _flow,
    ),
    "CATALOG": ((), _fixed),
    "MPM": ((), _fixed),
    "SPM": ((), _fixed),
    "OTP": (
        ("otp_type", "autofill_text", "supported_apps", "zero_tap_terms_accepted"),
        _otp,
    ),
    "REQUEST_CONTACT_INFO": ((), _fixed),
    "CALL_PERMISSION_REQUEST": ((), _fixed),
}
"""Fields besides `type` and `text`, and the check, of each kind."""
