"""Addresses of files that metasim itself serves in place of Meta's content servers."""

from metasim.graph.request import Request


def own_url(request: Request, path: str) -> str:
    """The address at which the caller reached metasim, with another path."""
    host = request.header(b"host") or "127.0.0.1"
    return f"http://{host}{path}"
