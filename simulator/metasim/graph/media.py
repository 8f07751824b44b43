"""Media: upload, address, download, delete.

Source: WhatsApp Cloud API reference, 3 "Media".
"""

from metasim.graph.access import MESSAGING, caller, need, number_for
from metasim.graph.errors import GraphError, invalid, missing, no_such
from metasim.graph.request import Answer, Request
from metasim.media.forms import NoForm, Part, parts_of
from metasim.media.rules import DOCUMENTS, TYPES, bare, kind_of, problem
from metasim.media.shelf import Kept
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Token

SHORTEST_TTL, LONGEST_TTL = 60, 43_200
"""Minutes."""
FIELDS = {"file", "type", "messaging_product", "ttl_minutes"}


def upload(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Keep a file of a number for 30 days. Raises GraphError."""
    number = number_for(sim, token, "POST", node)
    need(token, MESSAGING)
    file, fields = _form(request)
    if fields.get("messaging_product") != "whatsapp":
        raise missing("messaging_product")
    mime = fields.get("type") or file.mime or ""
    kind = _kind(mime)
    trouble = problem(kind, mime, file.data)
    if trouble is not None:
        raise GraphError(131053, trouble)
    minutes = _ttl(fields)
    now = sim.clock.now()
    kept = sim.shelf.put(number.id, mime, file.data, "upload", now, file.filename)
    if minutes is not None:
        kept.until = now + 60.0 * minutes
    return {"id": kept.id}


def owns(sim: Sim, node: str) -> bool:
    """Is this the id of a file?"""
    return node in sim.shelf.items


def read(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The address of a file, which dies after 5 minutes. Raises 100/33."""
    kept = _alive(sim, token, node, request)
    host = request.header(b"host")
    return {
        "messaging_product": "whatsapp",
        "url": sim.shelf.url(kept, f"http://{host}" if host else sim.origin, sim.clock.now()),
        "mime_type": kept.mime,
        "sha256": kept.sha256,
        "file_size": str(kept.size),
        "id": kept.id,
    }


def delete(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Forget a file. Raises 100/33."""
    sim.shelf.drop(_alive(sim, token, node, request).id)
    return {"success": True}


def download(sim: Sim, request: Request) -> Answer:
    """The bytes behind an address, for a token of the account. 401 without one, 404 when dead."""
    token = caller(sim, request)
    kept = sim.shelf.by_url(request.query, sim.clock.now())
    if kept is None or not _may_touch(sim, token, kept):
        return Answer(
            404, b"", b"text/html; charset=utf-8", headers=[(b"cache-control", b"no-store")]
        )
    headers = [
        (b"cache-control", b"private, no-store"),
        (b"content-disposition", b"attachment"),
        (b"x-content-type-options", b"nosniff"),
    ]
    return Answer(
        200, sim.shelf.data(kept), kept.mime.encode("latin-1", "replace"), headers=headers
    )


def _form(request: Request) -> tuple[Part, dict[str, str]]:
    """The file and the text fields; some clients send these in the query. Raises code 100."""
    try:
        parts = parts_of(request.header(b"content-type"), request.body)
    except NoForm as why:
        raise invalid(f"Param file is required. {why}") from why
    fields = {name: value for name, value in request.query.items() if name in FIELDS}
    files = [part for part in parts if part.name == "file"]
    for part in parts:
        if part.name not in FIELDS:
            raise invalid(f"Unexpected key {part.name!r} on param 'root'.")
        if part.name != "file":
            fields[part.name] = part.data.decode("utf-8", "replace")
    if len(files) != 1:
        raise missing("file")
    return files[0], fields


def _kind(mime: str) -> str:
    """Raises code 100 for what WhatsApp does not carry.

    Other applications and texts tend to pass as documents (observed). Source: 2.3.
    """
    kind = kind_of(mime)
    if kind is not None:
        return kind
    family, _, rest = bare(mime).partition("/")
    if family in ("application", "text") and rest not in ("", "octet-stream"):
        return "document"
    known = sorted(DOCUMENTS.union(*TYPES.values()))
    raise invalid(
        f"Param file must be a file with one of the following types: {', '.join(known)}. Received "
        f"file of type {mime!r}."
    )


def _ttl(fields: dict[str, str]) -> int | None:
    given = fields.get("ttl_minutes")
    if given is None:
        return None
    if not given.isdecimal() or not SHORTEST_TTL <= int(given[:9]) <= LONGEST_TTL:
        raise invalid(f"Param ttl_minutes must be a number from {SHORTEST_TTL} to {LONGEST_TTL}.")
    return int(given)


def _alive(sim: Sim, token: Token, node: str, request: Request) -> Kept:
    need(token, MESSAGING)
    kept = sim.shelf.get(node, sim.clock.now())
    asked = request.query.get("phone_number_id")
    if kept is None or not _may_touch(sim, token, kept) or asked not in (None, kept.number):
        raise no_such(request.method, node)
    return kept


def _may_touch(sim: Sim, token: Token, kept: Kept) -> bool:
    number: Number | None = sim.world.numbers.get(kept.number)
    return number is not None and number.waba_id in token.waba_ids
