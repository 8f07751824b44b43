"""Access tokens: what they are, from code to token, and how they are made to last.

Source: Graph API, "Access tokens", "Debug token"; WhatsApp Cloud API, "Embedded Signup": a code
lives 30 seconds; system-user tokens never expire or last 60 days.
"""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from serai.meta.client import Graph
from serai.meta.management.answers import read_as
from serai.meta.request import Call

REFRESH_BEFORE = timedelta(days=7)
"""Of a token's end: a token of 60 days is made new on its 53rd."""
MESSAGING = "whatsapp_business_messaging"
MANAGEMENT = "whatsapp_business_management"
NEEDED = (MESSAGING, MANAGEMENT)
"""Permissions without which a number cannot be used."""


class App(Struct, frozen=True):
    """What proves that we are the app."""

    id: str
    secret: str

    @property
    def token(self) -> str:
        return f"{self.id}|{self.secret}"


class Granted(Struct, frozen=True):
    scope: str
    target_ids: tuple[str, ...] = ()
    """Accounts that the permission is for; none: all that the owner has."""


class Facts(Struct, frozen=True, kw_only=True):
    """What `debug_token` tells of a token."""

    is_valid: bool = False
    app_id: str | None = None
    type: str | None = None
    expires_at: int = 0
    """Seconds since 1970; 0: never."""
    scopes: tuple[str, ...] = ()
    granular_scopes: tuple[Granted, ...] = ()

    @property
    def ends_at(self) -> datetime | None:
        return datetime.fromtimestamp(self.expires_at, UTC) if self.expires_at else None

    @property
    def lacking(self) -> tuple[str, ...]:
        """Permissions that we need and the token does not have."""
        return tuple(scope for scope in NEEDED if scope not in self.scopes)

    @property
    def accounts(self) -> tuple[str, ...]:
        """WhatsApp Business Accounts that the token may touch, each once, in Meta's order."""
        of_ours = (granted for granted in self.granular_scopes if granted.scope in NEEDED)
        return tuple(dict.fromkeys(id_ for granted in of_ours for id_ in granted.target_ids))


class Debugged(Struct, frozen=True):
    data: Facts = Facts()


class Token(Struct, frozen=True):
    access_token: str
    expires_in: int | None = None
    """Seconds; None: it does not say, or never expires."""


async def debug(graph: Graph, app: App, token: str) -> Facts:
    call = Call(path="debug_token", query={"input_token": token})
    return read_as(Debugged, await graph.call(call, app.token)).data


async def from_code(graph: Graph, app: App, code: str) -> Token:
    """The token that Meta's login dialog gave a code for; the code lives 30 seconds."""
    query = {"client_id": app.id, "client_secret": app.secret, "code": code}
    call = Call(path="oauth/access_token", query=query)
    return read_as(Token, await graph.call(call, app.token))


async def extend(graph: Graph, app: App, token: str) -> Token:
    """A new token in place of one that is about to end."""
    query = {
        "grant_type": "fb_exchange_token",
        "client_id": app.id,
        "client_secret": app.secret,
        "fb_exchange_token": token,
    }
    call = Call(path="oauth/access_token", query=query)
    return read_as(Token, await graph.call(call, app.token))


def is_due_for_renewal(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a token is in its last week, and has not ended yet."""
    return expires_at is not None and now < expires_at <= now + REFRESH_BEFORE
