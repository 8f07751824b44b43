"""Uploads: read piece by piece, never whole into memory, and made fit for WhatsApp."""

import asyncio
import hashlib
import re
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import UUID

from fastapi import Request, Response
from fastapi.routing import APIRoute
from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from serai.core.ids import BusinessId
from serai.kit import sandbox
from serai.kit.errors import BadRequest, Forbidden, Invalid, Refused, TooLarge, WrongType
from serai.kit.http import Handler
from serai.kit.sandbox import Seen
from serai.kit.sniff import HEAD_BYTES, sniff
from serai.meta.media import (
    BY_TYPE,
    KINDS,
    MEGABYTE,
    STATIC_STICKER,
    STICKER_SIDE,
    VOICE_TYPE,
    Kind,
    is_voice,
)

ENVELOPE_BYTES = 64 * 1024
"""Of a form around its file: names, boundaries and the few other fields."""
RECORDED = frozenset({"audio/webm", "audio/ogg"})
"""What browsers record, and what is a voice note only if it has Opus and one channel."""
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
LONGEST_NAME = 240
"""Characters. Source: WhatsApp Cloud API, media, filename."""


class Taken(Struct, frozen=True, kw_only=True):
    """A form as it came."""

    business_id: BusinessId
    file: UploadFile
    as_voice: bool


class Fit(Struct, frozen=True, kw_only=True):
    """A file that WhatsApp takes."""

    path: Path
    media_type: str
    name: str


class UploadRoute(APIRoute):
    """A POST of a form with a file: done once per Idempotency-Key, as `kit.http.CreatingRoute`."""

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()

        async def once(request: Request) -> Response:
            return await request.app.state.once(request, handler, take)

        return once


async def take(request: Request) -> bytes:
    """Read the form onto `request.state.taken`; returns what tells it from another form.

    Raises WrongType, TooLarge, BadRequest, Invalid, Forbidden.
    """
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        raise WrongType("form_needed", "Send a form (multipart/form-data) with the file in it.")
    largest = request.app.state.settings.media_limit_bytes
    try:
        form = await MultiPartParser(request.headers, _bounded(request, largest)).parse()
    except MultiPartException as error:
        raise BadRequest("form_unreadable", "The form cannot be read. Send it again.") from error
    try:
        taken = request.state.taken = _read(form, request.state.principal.businesses)
    except Refused:
        await form.close()  # what was read of it lies in a file by now
        raise
    digest = await asyncio.to_thread(_digest, taken.file)
    return f"{taken.business_id} {taken.as_voice} {taken.file.filename} ".encode() + digest


async def fitted(taken: Taken, drawer: Path) -> Fit:
    """The file in the drawer, made a voice note if it shall or must be one.

    Raises WrongType, TooLarge, Invalid.
    """
    path = drawer / "taken"
    head = await asyncio.to_thread(_write, taken.file, path)
    media_type = _document(sniff(head, taken.file.content_type))
    size = taken.file.size or 0
    if size == 0:
        raise Invalid("file_empty", "The file is empty. Choose another one.", "file")
    _ensure_size(BY_TYPE.get(media_type), size)
    seen = await sandbox.look(path, media_type, drawer / "looked")
    name = _name(taken.file.filename)
    if _becomes_voice(seen, as_voice=taken.as_voice):
        return await _voice(path, seen, name)
    kind = BY_TYPE.get(seen.media_type)
    if kind is None:
        raise WrongType("file_type_not_taken", _not_taken(seen.media_type), "file")
    _ensure_sticker(kind, seen, size)
    return Fit(path=path, media_type=seen.media_type, name=name)


def _document(media_type: str) -> str:
    """Any text may go as a plain one; its name says what it is."""
    return "text/plain" if media_type.startswith("text/") else media_type


def _becomes_voice(seen: Seen, *, as_voice: bool) -> bool:
    if is_voice(seen.media_type, seen.audio_codec, seen.channel_count):
        return False
    return as_voice or (seen.media_type in RECORDED and seen.audio_codec is not None)


async def _voice(path: Path, seen: Seen, name: str) -> Fit:
    voice = path.with_name("voice")
    if await sandbox.to_voice(path, seen.media_type, voice) is None:
        raise WrongType(
            "not_a_recording", "There is no sound in this file. Record or choose another.", "file"
        )
    return Fit(path=voice, media_type=VOICE_TYPE, name=f"{Path(name).stem}.ogg")


def _read(form: FormData, businesses: tuple[BusinessId, ...]) -> Taken:
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise Invalid("file_missing", "The form has no file.", "file")
    return Taken(
        business_id=_business(str(form.get("business_id") or ""), businesses),
        file=file,
        as_voice=form.get("voice") == "true",
    )


def _business(named: str, businesses: tuple[BusinessId, ...]) -> BusinessId:
    if not named and len(businesses) == 1:
        return businesses[0]
    try:
        business = BusinessId(UUID(named))
    except ValueError as error:
        text = "Say to which business the file belongs."
        raise Invalid("business_missing", text, "business_id") from error
    if business not in businesses:
        raise Forbidden("business_not_seen", "This API key does not see that business.")
    return business


async def _bounded(request: Request, largest: int) -> AsyncGenerator[bytes]:
    most = largest + ENVELOPE_BYTES
    said = request.headers.get("Content-Length", "")
    came = int(said) if said.isdecimal() else 0
    if came > most:
        raise _too_large(largest)
    came = 0
    async for piece in request.stream():
        came += len(piece)
        if came > most:
            raise _too_large(largest)
        yield piece


def _too_large(largest: int) -> TooLarge:
    return TooLarge("file_too_large", f"A file may have {_words(largest)} at most.", "file")


def _ensure_size(kind: Kind | None, size: int) -> None:
    if kind is not None and size > kind.largest:
        text = f"{kind.words} may have {_words(kind.largest)} in WhatsApp; this has {_words(size)}."
        raise TooLarge("file_too_large", text, "file")


def _ensure_sticker(kind: Kind, seen: Seen, size: int) -> None:
    if kind.name != "sticker":
        return
    if (seen.width, seen.height) != (STICKER_SIDE, STICKER_SIDE):
        text = f"A sticker has {STICKER_SIDE} by {STICKER_SIDE} pixels; this has not."
        raise Invalid("sticker_size", text, "file")
    if not seen.is_animated and size > STATIC_STICKER:
        text = f"A sticker that does not move may have {_words(STATIC_STICKER)} in WhatsApp."
        raise TooLarge("file_too_large", text, "file")


def _not_taken(media_type: str) -> str:
    taken = ", ".join(sorted(media_type for kind in KINDS for media_type in kind.types))
    return f"WhatsApp takes no {media_type}. It takes {taken}."


def _words(size: int) -> str:
    return f"{size / MEGABYTE:.3g} MB" if size >= MEGABYTE else f"{size / 1024:.3g} KB"


def _name(given: str | None) -> str:
    """The file's own name, without folders and what no system takes."""
    last = (given or "").replace("\\", "/").rsplit("/", 1)[-1]
    return NOT_IN_NAMES.sub("_", last).strip(" .")[-LONGEST_NAME:] or "file"


def _digest(file: UploadFile) -> bytes:
    file.file.seek(0)
    digest = hashlib.sha256()
    while piece := file.file.read(MEGABYTE):
        digest.update(piece)
    return digest.digest()


def _write(file: UploadFile, path: Path) -> bytes:
    """Returns the first bytes."""
    file.file.seek(0)
    with path.open("wb") as target:
        shutil.copyfileobj(file.file, target, MEGABYTE)
    with path.open("rb") as source:
        return source.read(HEAD_BYTES)
