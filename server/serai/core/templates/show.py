"""How a person reads a template message; the inbox shows the same."""

from collections.abc import Mapping, Sequence

from serai.core.template import Shown, ShownButton, Tap
from serai.core.templates.layout import Button, Face, filled

LABELS = {"otp": "Copy code", "copy_code": "Copy code", "catalog": "View catalog"}
"""What WhatsApp writes on buttons whose label is not ours to choose."""


def shown(face: Face, body: str, header_words: Mapping[str, str], taps: Sequence[Tap]) -> Shown:
    """The face with its values in place."""
    is_text = face.header_kind == "text"
    by_index = {tap.index: tap for tap in taps}
    return Shown(
        body=body,
        header_kind=face.header_kind,
        header_text=filled(face.header_text, header_words) if is_text else None,
        footer=face.footer,
        buttons=tuple(_button(button, by_index.get(button.index)) for button in face.buttons),
    )


def _button(button: Button, tap: Tap | None) -> ShownButton:
    suffix = tap.suffix if tap else None
    is_code = button.kind == "otp"
    return ShownButton(
        kind=button.kind,
        text=button.text or LABELS.get(button.kind, ""),
        url=None if is_code or button.url is None else filled(button.url, {"1": suffix or ""}),
        phone_number=button.phone_number,
        code=(suffix if is_code else tap.coupon_code) if tap else None,
    )
