"""The files of a message, as far as they are here."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from serai.core.files import missing_words
from serai.features.inbox.store.read import FileRow


class MessageFile(BaseModel):
    """One file of a message; its bytes are at /files/{id} once it is ready."""

    id: UUID
    state: Literal["waiting", "ready", "failed", "infected"]
    name: str | None
    mime_type: str | None
    size: int | None = Field(description="Bytes.")
    duration: float | None = Field(description="Seconds of sound or film.")
    width: int | None
    height: int | None
    has_thumbnail: bool
    reason: str | None = Field(description="Why it is not here, with the next step.")


def message_file(row: FileRow) -> MessageFile:
    return MessageFile(
        id=row.id,
        state=row.state,  # pyright: ignore[reportArgumentType]
        name=row.name,
        mime_type=row.mime_type,
        size=row.size,
        duration=row.duration,
        width=row.width,
        height=row.height,
        has_thumbnail=row.has_thumbnail,
        reason=missing_words(row.state, row.reason),
    )
