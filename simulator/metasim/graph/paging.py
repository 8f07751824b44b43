"""Cursor paging.

Source: WhatsApp Cloud API reference, 1.5 "Pagination".
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import urlencode

from metasim.graph.errors import GraphError, invalid
from metasim.graph.request import Request
from metasim.shapes import Json

DEFAULT_LIMIT = 25
HIGHEST_LIMIT = 1000


def page(request: Request, rows: list[Json], stamp: str = "") -> Json:
    """One page of rows; `next` and `previous` are absent at the ends.

    `stamp` goes into the cursors, and comes back by `stamp_of`.
    """
    limit = _limit(request)
    start = _start(request, limit)
    shown = rows[start : start + limit]
    if not shown:
        return {"data": []}
    end = start + len(shown)
    before, after = _cursor(start, stamp), _cursor(end, stamp)
    paging: Json = {"cursors": {"before": before, "after": after}}
    if end < len(rows):
        paging["next"] = _link(request, "after", after)
    if start > 0:
        paging["previous"] = _link(request, "before", before)
    return {"data": shown, "paging": paging}


def _limit(request: Request) -> int:
    asked = request.query.get("limit", str(DEFAULT_LIMIT))
    if not asked.isascii() or not asked.isdecimal() or not 1 <= int(asked[:9]) <= HIGHEST_LIMIT:
        raise invalid(f"Param limit must be a number from 1 to {HIGHEST_LIMIT}.")
    return int(asked)


def _start(request: Request, limit: int) -> int:
    if "after" in request.query:
        return _position(request.query["after"])
    if "before" in request.query:
        return max(0, _position(request.query["before"]) - limit)
    return 0


def stamp_of(request: Request) -> str | None:
    """What `page` put into the cursor of this call; None without a cursor. Raises 131059."""
    cursor = request.query.get("after") or request.query.get("before")
    return None if cursor is None else _read(cursor)[1]


def _cursor(position: int, stamp: str) -> str:
    return urlsafe_b64encode(f"row:{position}:{stamp}".encode()).decode().rstrip("=")


def _position(cursor: str) -> int:
    return _read(cursor)[0]


def _read(cursor: str) -> tuple[int, str]:
    """Position and stamp. Raises 131059 for what is no cursor. Source: 1.1, v24."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except ValueError:
        return _no_cursor(), ""
    position, _, stamp = text.removeprefix("row:").partition(":")
    is_whole = position.isdecimal() and len(position) < 12
    return (int(position) if is_whole else _no_cursor()), stamp


def _no_cursor() -> int:
    raise GraphError(131059)


def _link(request: Request, name: str, cursor: str) -> str:
    kept = {key: value for key, value in request.query.items() if key not in ("after", "before")}
    kept.pop("access_token", None)
    host = request.header(b"host") or "graph.facebook.com"
    return f"http://{host}{request.path}?{urlencode({**kept, name: cursor})}"
