"""The routes about files."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from serai.core.files import INFECTED, missing_words
from serai.core.ids import derived
from serai.core.permissions import Permission
from serai.features.media.api import shapes
from serai.features.media.api.giving import Given, give
from serai.features.media.api.shapes import File
from serai.features.media.api.taking import Taken, UploadRoute, fitted
from serai.features.media.model import Blob
from serai.features.media.store import blobs, read, uploads
from serai.features.media.store.read import FileRow
from serai.features.media.store.shelf import Shelf
from serai.kit.blobs import Blobs, StoreAway
from serai.kit.db import seeing
from serai.kit.errors import Conflict, Invalid, NotFound, NotNow
from serai.kit.http import Connection, Moment, may
from serai.kit.scan import ScannerAway

router = APIRouter(tags=["files"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])
taking = APIRouter(route_class=UploadRoute)

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "business_id": {
                            "type": "string",
                            "format": "uuid",
                            "description": "Whose file it is; needed if the key sees several.",
                        },
                        "voice": {
                            "type": "boolean",
                            "description": "Make a voice note of it (OGG with Opus, one channel).",
                        },
                    },
                }
            }
        },
    }
}
BYTES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        "description": "The bytes.",
    },
    206: {"description": "The part that was asked for with Range."},
    304: {"description": "Unchanged since If-None-Match."},
    416: {"description": "There is no such part."},
}


@taking.post(
    "/files", dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))], openapi_extra=FORM
)
async def upload_file(request: Request, now: Moment) -> File:
    """Upload a file to be sent. What a browser recorded becomes a voice note; 413, 415 and 422 name
    what WhatsApp would not take."""
    taken: Taken = request.state.taken
    shelf: Shelf = request.app.state.shelf
    principal = request.state.principal
    try:
        with shelf.drawer() as drawer:
            fit = await fitted(taken, drawer)
            blob = await shelf.keep(taken.business_id, fit.path, fit.media_type, now)
    except (StoreAway, ScannerAway) as error:
        text = "Files cannot be kept at the moment. Try again shortly."
        raise NotNow("files_away", text) from error
    finally:
        await taken.file.close()
    if blob.is_infected:
        raise Invalid("file_infected", INFECTED, "file")
    id_ = derived("upload", principal.id, request.state.idempotency_key)
    async with seeing(request.app.state.pool, principal.businesses) as conn:
        await uploads.add(conn, id_, blob, fit.name, now)
        return shapes.file((await read.find(conn, [id_]))[id_])


@router.get("/files/{file_id}", responses=BYTES, response_class=Response)
async def get_file(
    file_id: UUID,
    request: Request,
    download: Annotated[bool, Query(description="As a download, whatever it is.")] = False,
) -> Response:
    """The bytes of a file, whole or by Range."""
    row, blob = await _ready(request, file_id)
    size = await _size(request, blob.key)
    if size is None:
        raise NotFound("file_missing", "The bytes of this file are not in the store any more.")
    given = Given(
        key=blob.key,
        size=size,
        mime_type=blob.mime_type,
        tag=blob.sha256.hex(),
        name=row.name,
    )
    return give(request, _blobs(request), given, as_download=download)


@router.get("/files/{file_id}/thumbnail", responses=BYTES, response_class=Response)
async def get_thumbnail(file_id: UUID, request: Request) -> Response:
    """A small picture (WebP, at most 480 pixels) of a picture, film or PDF."""
    _, blob = await _ready(request, file_id)
    size = await _size(request, blob.thumbnail_key) if blob.has_thumbnail else None
    if size is None:
        raise NotFound("thumbnail_not_found", "There is no small picture of this file.")
    given = Given(
        key=blob.thumbnail_key, size=size, mime_type="image/webp", tag=f"{blob.sha256.hex()}-480"
    )
    return give(request, _blobs(request), given)


@router.get("/files/{file_id}/info")
async def get_file_info(file_id: UUID, conn: Connection) -> File:
    """What is known of a file, also while it is waited for."""
    return shapes.file(_found(await read.find(conn, [file_id]), file_id))


async def _ready(request: Request, file_id: UUID) -> tuple[FileRow, Blob]:
    """A file whose bytes may be given out; the database is let go before they are."""
    async with seeing(request.app.state.pool, request.state.principal.businesses) as conn:
        row = _found(await read.find(conn, [file_id]), file_id)
        blob = await blobs.of_file(conn, file_id)
    if row.state == "waiting":
        raise Conflict("file_waiting", "The file is on its way. Try again shortly.")
    if row.state != "ready" or blob is None:
        why = missing_words(row.state, row.reason) or "There is no such file."
        raise NotFound(f"file_{row.state}", why)
    return row, blob


def _found(rows: dict[UUID, FileRow], file_id: UUID) -> FileRow:
    if file_id not in rows:
        raise NotFound("file_not_found", "There is no such file.")
    return rows[file_id]


def _blobs(request: Request) -> Blobs:
    shelf: Shelf = request.app.state.shelf
    return shelf.blobs


async def _size(request: Request, key: str) -> int | None:
    try:
        return await _blobs(request).size(key)
    except StoreAway as error:
        raise NotNow("files_away", "Files cannot be read at the moment. Try again.") from error


router.include_router(taking)
