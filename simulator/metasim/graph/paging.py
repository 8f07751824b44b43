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


def page(request: Request, rows: list[Json]) -> Json:
    """One page of rows; `next` and `previous` are absent at the ends."""
    limit = _limit(request)
    start = _start(request, limit)
    shown = rows[start : start + limit]
    if not shown:
        return {"data": []}
    end = start + len(shown)
    paging: Json = {"cursors": {"before": _cursor(start), "after": _cursor(end)}}
    if end < len(rows):
        paging["next"] = _link(request, "after", _cursor(end))
    if start > 0:
        paging["previous"] = _link(request, "before", _cursor(start))
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


def _cursor(position: int) -> str:
    return urlsafe_b64encode(b"row:%d" % position).decode().rstrip("=")


def _position(cursor: str) -> int:
    """Raises 131059 for what is no cursor. Source: 1.1, v24."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        return int(text.removeprefix("row:")) if text[4:].isdecimal() else _no_cursor()
    except ValueError:
        return _no_cursor()


def _no_cursor() -> int:
    raise GraphError(131059)


def _link(request: Request, name: str, cursor: str) -> str:
    kept = {key: value for key, value in request.query.items() if key not in ("after", "before")}
    kept.pop("access_token", None)
    host = request.header(b"host") or "graph.facebook.com"
    return f"http://{host}{request.path}?{urlencode({**kept, name: cursor})}"
