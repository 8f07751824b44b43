"""Which function reads which type of message.

Source: WhatsApp Cloud API reference, 2.1, `type`.
"""

from collections.abc import Callable
from typing import cast

from metasim.graph.draft import Draft, check_text
from metasim.graph.types import cards, interactive, media
from metasim.graph.types.content import Content, MediaKind

MEDIA = ("image", "video", "audio", "document", "sticker")
READERS: dict[str, Callable[[object], Content]] = {
    "text": lambda given: Content(check_text(given)),
    "location": cards.location,
    "contacts": cards.contacts,
    "reaction": cards.reaction,
    "pin": cards.pin,
    "interactive": interactive.content,
}


def content(draft: Draft) -> Content:
    """What the message says; templates are read elsewhere. Raises GraphError."""
    if draft.type in MEDIA:
        return media.content(cast("MediaKind", draft.type), draft.content)
    return READERS[draft.type](draft.content)
