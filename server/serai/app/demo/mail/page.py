"""The page of the demo's post: letters on one side, the one that is read on the other."""

from datetime import UTC, datetime
from html import escape
from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse, Response

from serai.app.demo.mail.letters import Letters, Read

FOLDER = Path(__file__).parent
KINDS = {"page.css": "text/css", "page.js": "text/javascript"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'self'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A letter may look as it likes, and its links open; it runs nothing and asks for nothing."""


def application(letters: Letters) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/")
    async def latest() -> HTMLResponse:
        return HTMLResponse(_page(letters.all(), None), headers=HEADERS)

    @app.get("/letters")
    async def listed() -> list[dict[str, object]]:
        """For whoever waits for a letter."""
        return [
            {"number": each.number, "to": each.to, "subject": each.subject, "text": each.text}
            for each in letters.all()
        ]

    @app.get("/letters/{number}")
    async def one(number: int) -> HTMLResponse:
        return HTMLResponse(_page(letters.all(), _found(letters, number)), headers=HEADERS)

    @app.get("/letters/{number}/page")
    async def body(number: int) -> HTMLResponse:
        found = _found(letters, number)
        text = found.page or f"<pre>{escape(found.text)}</pre>"
        opened = text.replace("<a ", '<a target="_blank" rel="noreferrer" ')
        return HTMLResponse(opened, headers=HEADERS | {"Content-Security-Policy": SANDBOX})

    @app.get("/files/{name}")
    async def file(name: str) -> Response:
        if name not in KINDS:
            raise HTTPException(404)
        return Response((FOLDER / name).read_bytes(), media_type=KINDS[name], headers=HEADERS)

    return app


def _found(letters: Letters, number: int) -> Read:
    found = letters.find(number)
    if found is None:
        raise HTTPException(404)
    return found


def _page(listed: list[Read], chosen: Read | None) -> str:
    shown = chosen or (listed[0] if listed else None)
    rows = "".join(_row(each, is_shown=shown == each) for each in listed)
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width"><title>Mail · Serai demo</title>'
        '<link rel=stylesheet href="/files/page.css"><link rel=icon href="data:,">'
        '<script type=module src="/files/page.js"></script></head>'
        f'<body data-count="{len(listed)}" data-latest="{listed[0].number if listed else 0}">'
        "<header><h1>Mail</h1><p>Every letter of this demo ends here. None leaves the machine.</p></header>"
        + (f"<nav aria-label=Letters><ul>{rows}</ul></nav>{_letter(shown)}" if shown else EMPTY)
        + "</body></html>"
    )


EMPTY = (
    "<main class=empty><h2>No letters yet</h2><p>Invite somebody under Settings, Members, or say that "
    "you forgot your password. What Serai writes then appears here by itself.</p></main>"
)


def _row(letter: Read, *, is_shown: bool) -> str:
    current = " aria-current=page" if is_shown else ""
    return (
        f'<li><a href="/letters/{letter.number}"{current}><b><bdi>{escape(letter.subject)}</bdi></b>'
        f"<span>{escape(letter.to)}</span>{_time(letter)}</a></li>"
    )


def _letter(letter: Read) -> str:
    return (
        f"<main><h2><bdi>{escape(letter.subject)}</bdi></h2><dl><dt>From<dd>{escape(letter.sender)}"
        f"<dt>To<dd>{escape(letter.to)}<dt>Came<dd>{_time(letter)}</dl>"
        f'<iframe title="The letter" src="/letters/{letter.number}/page"></iframe></main>'
    )


def _time(letter: Read) -> str:
    at = datetime.fromtimestamp(letter.seconds, UTC)
    return f"<time datetime={at:%Y-%m-%dT%H:%M:%SZ}>{at:%d %b, %H:%M} UTC</time>"
