"""What notifications say, language by language: a typed table, so that no sentence can be missing."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from serai.core.languages import Language
from serai.features.push.model import Kind


def _new_english(count: int) -> str:
    return "New message" if count < 2 else f"{count} new messages"


def _new_arabic(count: int) -> str:
    """Arabic counts one, two, a few (3 to 10 of each hundred), and many, each in its own way."""
    if count < 2:
        return "رسالة جديدة"
    if count == 2:
        return "رسالتان جديدتان"
    ending = count % 100
    if 3 <= ending <= 10:
        return f"{count} رسائل جديدة"
    return f"{count} رسالة جديدة"


class Words(Struct, frozen=True, kw_only=True):
    why: Mapping[Kind, str]
    somebody: str
    test: str
    new: Callable[[int], str]
    """So many new messages, from one on."""


WORDS: Mapping[Language, Words] = {
    "en": Words(
        why={"assigned": "Assigned to you", "mention": "You were mentioned"},
        somebody="Somebody",
        test="Notifications reach this device.",
        new=_new_english,
    ),
    "ar": Words(
        why={"assigned": "أُسندت إليك", "mention": "تمت الإشارة إليك"},
        somebody="شخص ما",
        test="تصل الإشعارات إلى هذا الجهاز.",
        new=_new_arabic,
    ),
}
