"""What a template asks for, so that people and programs know what to give."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from serai.core.templates.layout import Face, Layout

MEMBERS: Mapping[str, str] = {
    "copy_code": "coupon_code",
    "mpm": "sections",
}
"""What a button of this kind cannot go without; a link with a variable needs its suffix."""


class Need(Struct, frozen=True):
    """One value that has to be given."""

    field: str
    """Its place among the values: body.date, header, buttons[1].suffix, cards[0].body.1."""
    kind: str
    """text, image, video, gif, document, location, product, suffix, coupon_code, sections or time."""


def needs(layout: Layout, labels: Mapping[str, str]) -> tuple[Need, ...]:
    """Every value that has to be given, in the order in which it is read.

    A carousel of products may be sent with other numbers of cards than are listed.
    """
    found = [*_face(layout.face, labels, "")]
    if layout.offer is not None and layout.offer.has_expiration:
        found.append(Need("offer_expires_at", "time"))
    for number, card in enumerate(layout.cards):
        found += _face(card, {}, f"cards[{number}].")
    return tuple(found)


def _face(face: Face, labels: Mapping[str, str], at: str) -> Iterator[Need]:
    if face.header_kind == "text" and face.header_variables:
        yield Need(f"{at}header", "text")
    elif face.header_kind not in {None, "text"}:
        yield Need(f"{at}header", face.header_kind or "")
    for name in face.body_variables:
        yield Need(f"{at}body.{labels.get(name, name)}", "text")
    for button in face.buttons:
        member = "suffix" if button.has_variable else MEMBERS.get(button.kind)
        if member is not None:
            yield Need(f"{at}buttons[{button.index}].{member}", member)
