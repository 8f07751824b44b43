"""What changes about numbers and their templates."""

from datetime import datetime

from msgspec import field

from serai.core.effects.effect import Effect
from serai.core.ids import ChannelId
from serai.core.template import TemplateTexts


class UpdateTemplate(Effect, frozen=True, kw_only=True):
    """What Meta says of a template, unless something later is known; None leaves a value as it is."""

    channel_id: ChannelId
    """Any of the account that the template belongs to."""
    name: str
    language: str
    at: datetime
    meta_id: str | None = None
    status: str | None = None
    reason: str | None = None
    paused_until: datetime | None = None
    quality: str | None = None
    category: str | None = None
    correct_category: str | None = None
    """Announced, not yet true."""
    texts: TemplateTexts | None = None


class RefreshTemplates(Effect, frozen=True, kw_only=True):
    """Read an account's templates from Meta again: what we know of one no longer fits."""

    channel_id: ChannelId
    due_at: datetime


class PauseChannel(Effect, frozen=True, kw_only=True):
    """Nothing leaves through this number until a person has mended what is wrong."""

    channel_id: ChannelId
    reason: str
    cause: str = "error"
    """token, left, number, account or error: what ends the pause depends on it."""
    code: int | None = None
    """Meta's error code, if it was one."""


class ResumeChannel(Effect, frozen=True, kw_only=True):
    """Let messages out again if one of these causes held them."""

    channel_id: ChannelId
    causes: tuple[str, ...]


class RestrictChannel(Effect, frozen=True, kw_only=True):
    """Messages of these kinds may not go, each until its time or until they are allowed again."""

    channel_id: ChannelId
    kinds: dict[str, datetime | None] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    """Kinds that may go again."""


class NoteChannel(Effect, frozen=True, kw_only=True):
    """What Meta tells of a number; what is None or not named stays as it was."""

    channel_id: ChannelId
    facts: dict[str, object] = field(default_factory=dict)
    messages_per_second: int | None = None
    messaging_limit: int | None = None


class PostNotice(Effect, frozen=True, kw_only=True):
    """Something that the owner of a number must, or may want to, know; one of a code at a time."""

    channel_id: ChannelId
    code: str
    at: datetime
    level: str = ""
    """informational, warning or critical."""
    words: str = ""
    next_step: str = ""
    holds: bool = True
    """False: what it said is over; also for every notice with a part behind this code and a colon."""
