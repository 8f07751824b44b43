"""What the routes about files give."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from serai.core.files import missing_words
from serai.features.media.store.read import FileRow
from serai.kit.http import example
from serai.meta.media import BY_TYPE, is_voice


class File(BaseModel):
    model_config = ConfigDict(
        **example(
            {
                "id": "0b6ff1c6-0e1e-5a53-9d67-5a2f7d2e8c11",
                "business_id": "6a0e4d0e-9f0f-5d8e-8a51-0a1a5a1a5a1a",
                "state": "ready",
                "reason": None,
                "name": "menu.pdf",
                "mime_type": "application/pdf",
                "kind": "document",
                "size": 48213,
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "width": None,
                "height": None,
                "duration": None,
                "can_be_voice": False,
                "has_thumbnail": True,
            }
        )
    )
    id: UUID
    business_id: UUID
    state: Literal["waiting", "ready", "failed", "infected"]
    reason: str | None = Field(description="Why it is not here, with the next step.")
    name: str | None
    mime_type: str | None
    kind: Literal["image", "sticker", "video", "audio", "document"] | None = Field(
        description="As what WhatsApp takes it; none: not at all."
    )
    size: int | None = Field(description="Bytes.")
    sha256: str | None
    width: int | None
    height: int | None
    duration: float | None = Field(description="Seconds.")
    can_be_voice: bool = Field(description="Whether it may be sent as a voice note.")
    has_thumbnail: bool


def file(row: FileRow) -> File:
    kind = BY_TYPE.get(row.mime_type or "")
    return File(
        id=row.id,
        business_id=row.business_id,
        state=row.state,  # pyright: ignore[reportArgumentType]
        reason=missing_words(row.state, row.reason),
        name=row.name,
        mime_type=row.mime_type,
        kind=kind.name if kind else None,  # pyright: ignore[reportArgumentType]
        size=row.size_bytes,
        sha256=row.sha256,
        width=row.width,
        height=row.height,
        duration=row.duration_seconds,
        can_be_voice=is_voice(row.mime_type or "", row.audio_codec, row.channel_count),
        has_thumbnail=row.has_thumbnail,
    )
