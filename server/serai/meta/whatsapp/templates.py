"""What Meta says about templates: status, quality, category, words.

Source: WhatsApp Cloud API, webhooks `message_template_status_update`,
`message_template_quality_update`, `template_category_update`, `message_template_components_update`
and `template_correct_category_detection`.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from serai.core.events import TemplateReported
from serai.core.template import ShownButton, TemplateTexts
from serai.core.templates.standing import PAUSES
from serai.meta.item import Item, Reader, Source

STATUSES = {"REINSTATED": "APPROVED", "UNARCHIVED": "APPROVED"}
"""Events that lead back to being approved; the others are named as the status they lead to."""


class Named(Struct, frozen=True, kw_only=True):
    """What every report about a template says of it."""

    message_template_id: int | str
    message_template_name: str
    message_template_language: str
    """Sometimes en-US instead of en_US."""


class RejectionInfo(Struct, frozen=True):
    reason: str | None = None


class OtherInfo(Struct, frozen=True):
    title: str | None = None
    """FIRST_PAUSE, SECOND_PAUSE, RATE_LIMITING_PAUSE, UNPAUSE or DISABLED."""


class StatusUpdate(Named, frozen=True, kw_only=True):
    event: str
    message_template_category: str | None = None
    reason: str | None = None
    rejection_info: RejectionInfo | None = None
    other_info: OtherInfo | None = None


class QualityUpdate(Named, frozen=True, kw_only=True):
    new_quality_score: str


class CategoryUpdate(Named, frozen=True, kw_only=True):
    """In an announcement `new_category` is the present one and `correct_category` what it becomes."""

    new_category: str
    correct_category: str | None = None
    previous_category: str | None = None


class CategoryDetection(Named, frozen=True, kw_only=True):
    category: str
    correct_category: str


class ReportedButton(Struct, frozen=True, kw_only=True):
    message_template_button_type: str
    message_template_button_text: str = ""
    message_template_button_url: str | None = None
    message_template_button_phone_number: str | None = None


class ComponentsUpdate(Named, frozen=True, kw_only=True):
    message_template_element: str
    """The body."""
    message_template_title: str | None = None
    message_template_footer: str | None = None
    message_template_buttons: tuple[ReportedButton, ...] | None = None


Told = TypeVar("Told", bound=Named)
Said: TypeAlias = dict[str, Any]


def _status(told: StatusUpdate, at: datetime) -> Said:
    status = STATUSES.get(told.event, told.event)
    reason = told.rejection_info.reason if told.rejection_info else None
    pause = PAUSES.get(told.other_info.title or "") if told.other_info else None
    return {
        "status": status,
        "category": told.message_template_category,
        "reason": reason or (told.reason if told.reason != "NONE" else None),
        "paused_until": at + pause if pause and status == "PAUSED" else None,
    }


def _quality(told: QualityUpdate, _: datetime) -> Said:
    return {"quality": told.new_quality_score}


def _category(told: CategoryUpdate, _: datetime) -> Said:
    return {
        "category": told.new_category,
        "correct_category": told.correct_category,
        "previous_category": told.previous_category,
    }


def _detection(told: CategoryDetection, _: datetime) -> Said:
    return {"category": told.category, "correct_category": told.correct_category}


def _components(told: ComponentsUpdate, _: datetime) -> Said:
    buttons = tuple(
        ShownButton(
            kind=each.message_template_button_type.lower(),
            text=each.message_template_button_text,
            url=each.message_template_button_url,
            phone_number=each.message_template_button_phone_number,
        )
        for each in told.message_template_buttons or ()
    )
    texts = TemplateTexts(
        body=told.message_template_element,
        header=told.message_template_title,
        footer=told.message_template_footer,
        buttons=buttons,
    )
    return {"texts": texts}


def _reader(field: str, kind: type[Told], say: Callable[[Told, datetime], Said]) -> Reader:
    decoder = msgspec.json.Decoder(kind, strict=False)

    def read(raw: msgspec.Raw, source: Source) -> Iterator[Item]:
        told = decoder.decode(raw)
        digest = hashlib.sha256(bytes(raw)).hexdigest()[:16]
        event = TemplateReported(
            key=f"{source.account}:{field}:{digest}:{source.time.timestamp():.0f}",
            at=source.time,
            account=source.account,
            template=str(told.message_template_id),
            name=told.message_template_name,
            language=told.message_template_language.replace("-", "_"),
            **say(told, source.time),
        )
        yield Item(lane_key=source.account, event=event)

    return read


STATUS = "message_template_status_update"
QUALITY = "message_template_quality_update"
CATEGORY = "template_category_update"
DETECTION = "template_correct_category_detection"
COMPONENTS = "message_template_components_update"

READERS: Mapping[str, Reader] = {
    STATUS: _reader(STATUS, StatusUpdate, _status),
    QUALITY: _reader(QUALITY, QualityUpdate, _quality),
    CATEGORY: _reader(CATEGORY, CategoryUpdate, _category),
    DETECTION: _reader(DETECTION, CategoryDetection, _detection),
    COMPONENTS: _reader(COMPONENTS, ComponentsUpdate, _components),
}
