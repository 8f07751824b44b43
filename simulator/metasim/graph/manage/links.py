"""Addresses of files that metasim itself serves in place of Meta's content servers."""

from metasim.graph.request import Request


def own_url(request: Request, path: str) -> str:
    """The address at which the caller reached metasim, with another path."""
    host = request.header(b"host") or "127.0.0.1"
    return f"http://{host}{path}"


def upload_name(session_id: str) -> str:
    """An upload session without its prefix and signature: the last part of its file's address."""
    return session_id.removeprefix("upload:").partition("?")[0]
