"""New words into known components, keeping what Meta's report leaves out: formats and examples."""

from collections.abc import Sequence
from typing import Any

from serai.core.template import ShownButton, TemplateTexts

Component = dict[str, Any]


def revised(components: Sequence[Component], texts: TemplateTexts) -> list[Component]:
    """The components with the reported body, header text, footer and button labels.

    A header with a file, cards and what else the report does not carry stay as they were.
    """
    kept = {str(each["type"]).upper(): each for each in components}
    kept["BODY"] = kept.get("BODY", {"type": "BODY"}) | {"text": texts.body}
    if texts.header is not None and _format(kept.get("HEADER")) == "TEXT":
        header = kept.get("HEADER", {"type": "HEADER", "format": "TEXT"})
        kept["HEADER"] = header | {"text": texts.header}
    if texts.footer is not None:
        kept["FOOTER"] = {"type": "FOOTER", "text": texts.footer}
    if texts.buttons:
        old = kept.get("BUTTONS", {}).get("buttons", [])
        kept["BUTTONS"] = {"type": "BUTTONS", "buttons": _buttons(old, texts.buttons)}
    order = ("HEADER", "BODY", "FOOTER", "BUTTONS")
    return [kept[name] for name in order if name in kept] + [
        each for name, each in kept.items() if name not in order
    ]


def _format(header: Component | None) -> str:
    return str(header.get("format", "TEXT")).upper() if header else "TEXT"


def _buttons(old: Sequence[Component], new: Sequence[ShownButton]) -> list[Component]:
    """Each reported button, with what was known of the one in its place if it is of the same kind."""
    found: list[Component] = []
    for number, button in enumerate(new):
        before = old[number] if number < len(old) else {}
        is_same = str(before.get("type", "")).lower() == button.kind
        said = {"type": button.kind.upper(), "text": button.text}
        links = {"url": button.url, "phone_number": button.phone_number}
        known = {name: value for name, value in links.items() if value is not None}
        found.append((before if is_same else {}) | said | known)
    return found
