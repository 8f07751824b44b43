"""Resumable uploads: sessions that take a file in pieces, and handles to the finished files.

Source: WhatsApp Cloud API reference, 3 "Resumable upload".
"""

import secrets
from base64 import b64encode, urlsafe_b64encode

import msgspec

from metasim.media.rules import MEGABYTE

TYPES = ("application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4")
LARGEST = 100 * MEGABYTE
"""Bytes."""
KEEP = 500
"""Sessions; the oldest are dropped first."""


class Session(msgspec.Struct):
    """One upload."""

    id: str
    """With its `?sig=…`."""
    app_id: str
    name: str
    length: int
    mime: str
    handle: str = ""
    """Given out when the file is complete."""
    data: bytes = b""


class Uploads(msgspec.Struct):
    """All sessions by id, and the handles by their text."""

    sessions: dict[str, Session] = {}
    handles: dict[str, str] = {}

    def open(self, app_id: str, name: str, length: int, mime: str) -> Session:
        """A new session; the caller has checked type and length."""
        token = urlsafe_b64encode(secrets.token_bytes(24)).decode()
        session = Session(
            f"upload:{token}?sig=ARZ{secrets.token_hex(6)}", app_id, name, length, mime
        )
        self.sessions[session.id] = session
        while len(self.sessions) > KEEP:
            oldest = self.sessions.pop(next(iter(self.sessions)))
            self.handles.pop(oldest.handle, None)
        return session

    def write(self, session: Session, data: bytes, now: float) -> str | None:
        """Add bytes; the handle when the file is complete. `now` is part of the handle's text."""
        session.data += data
        if len(session.data) < session.length:
            return None
        if not session.handle:
            parts = [b64encode(part.encode()).decode() for part in (session.name, session.mime)]
            nonce = secrets.token_hex(8)
            session.handle = f"4::{parts[1]}:{parts[0]}:e:{int(now)}:{session.app_id}:0:{nonce}"
            self.handles[session.handle] = session.id
        return session.handle

    def file(self, handle: str) -> Session | None:
        """The finished file behind a handle; of several joined by new lines, the first."""
        first = handle.split("\n", 1)[0]
        return self.sessions.get(self.handles.get(first, ""))
