"""The cookie that carries a session, and whose pages may use it.

On https its name is `__Host-serai`: the browser then takes it from this host alone, over https, for
every path. Browsers refuse that name on plain http, which we allow on the machine itself only; there
the name holds the port, because cookies do not tell two servers on one machine apart.
"""

from urllib.parse import SplitResult, urlsplit

from fastapi import Request, Response

from serai.kit.errors import Forbidden
from serai.kit.settings import Settings

SECURE_NAME = "__Host-serai"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
SAFE = {"GET", "HEAD", "OPTIONS"}


def name_of(request: Request) -> str:
    """What the cookie is called here. Raises Forbidden on plain http that others can hear."""
    if not _is_secure(request) and request.url.hostname not in LOOPBACK:
        raise Forbidden(
            "https_needed",
            "Nobody signs in over plain http from another machine. Open Serai's https address.",
        )
    return plain_name(request)


def token_in(request: Request) -> str | None:
    """The session's token that the request shows, if any."""
    return request.cookies.get(plain_name(request))


def plain_name(request: Request) -> str:
    """The cookie's name, whether or not anybody may sign in here."""
    return SECURE_NAME if _is_secure(request) else f"serai-{request.url.port or 80}"


def put(
    request: Request, response: Response, value: str, seconds: int, *, name: str | None = None
) -> None:
    """Give the browser a session's token, or another secret, for `seconds`. Raises Forbidden."""
    of_session = name_of(request)
    response.set_cookie(
        name or of_session,
        value,
        max_age=seconds,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


def take(request: Request, response: Response) -> None:
    """Have the browser forget the token."""
    response.delete_cookie(
        name_of(request), path="/", secure=_is_secure(request), httponly=True, samesite="lax"
    )


def ensure_own_page(request: Request) -> None:
    """Whether one of our own pages asks, where something may change. Raises Forbidden.

    A browser sends our cookie with whatever any page asks of us; it also says which page asked.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site == "same-origin" or (site is None and origin in origins(request)):
        return
    raise Forbidden("origin_refused", "Only Serai's own pages may do this for someone signed in.")


def is_number(host: str) -> bool:
    """Whether a host is an address and no name; passkeys are bound to names."""
    return ":" in host or host.replace(".", "").isdecimal()


def origins(request: Request) -> set[str]:
    """Where our own pages are."""
    own = {f"{request.url.scheme}://{request.url.netloc}"}
    public = _public(request)
    return own | {f"{public.scheme}://{public.netloc}"} if public else own


def _is_secure(request: Request) -> bool:
    """Also behind a proxy that ends TLS and does not say so, when the settings name our address."""
    if request.url.scheme == "https":
        return True
    public = _public(request)
    return public is not None and public.scheme == "https" and public.netloc == request.url.netloc


def _public(request: Request) -> SplitResult | None:
    settings: Settings = request.app.state.settings
    return urlsplit(settings.public_url) if settings.public_url else None
