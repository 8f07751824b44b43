"""Resumable uploads, for pictures of profiles and examples of templates.

Source: WhatsApp Cloud API reference, 3 "Resumable upload".
"""

from metasim.graph.errors import GraphError, invalid, missing, no_such
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.uploads import LARGEST, TYPES, Session
from metasim.world import Token

PREFIX = "upload:"


def begin(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """A new session for a file of this name, length and type. Raises GraphError."""
    if node not in (token.app_id, "app"):
        raise no_such("POST", node)
    given = request.parameters()
    length, mime = str(given.get("file_length", "")), given.get("file_type")
    if not length:
        raise missing("file_length")
    if not length.isdecimal() or not 1 <= int(length[:12]) <= LARGEST:
        raise invalid(f"Param file_length must be a number from 1 to {LARGEST}.")
    if mime not in TYPES:
        raise invalid(f"Param file_type must be one of {{{', '.join(TYPES)}}}.")
    name = str(given.get("file_name", "file"))
    return {"id": sim.uploads.open(token.app_id, name, int(length), str(mime)).id}


def write(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Add the bytes of the body at `file_offset`; the handle when the file is complete."""
    session = _session(sim, token, node, request)
    offset = request.header(b"file_offset")
    if offset != str(len(session.data)):
        raise GraphError(
            100, f"file_offset must be {len(session.data)}.", message="(#100) Invalid file_offset"
        )
    if len(session.data) + len(request.body) > session.length:
        raise invalid(f"More bytes than the file_length of {session.length}.")
    handle = sim.uploads.write(session, request.body, sim.clock.now())
    return {"h": handle} if handle is not None else _progress(session)


def read(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """From where to go on."""
    return _progress(_session(sim, token, node, request))


def _progress(session: Session) -> Json:
    return {"id": session.id, "file_offset": len(session.data)}


def _session(sim: Sim, token: Token, node: str, request: Request) -> Session:
    """Its id has a query part, which arrives as a parameter."""
    session = sim.uploads.sessions.get(f"{node}?sig={request.query.get('sig', '')}")
    if session is None or session.app_id != token.app_id:
        raise no_such(request.method, node)
    return session
