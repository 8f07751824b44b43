"""Access tokens: what they are, from code to token, and how they are made to last.

Source: Graph API, "Access tokens", "Debug token"; WhatsApp Cloud API, "Embedded Signup": a code
lives 30 seconds; system-user tokens never expire or last 60 days.
"""

from msgspec import Struct

from serai.meta.client import Graph
from serai.meta.management.access import App, Token, TokenFacts
from serai.meta.management.answers import read_as
from serai.meta.request import Call


class Debugged(Struct, frozen=True):
    data: TokenFacts = TokenFacts()


async def debug(graph: Graph, app: App, token: str) -> TokenFacts:
    call = Call(path="debug_token", query={"input_token": token})
    return read_as(Debugged, await graph.call(call, app.token)).data


async def from_code(graph: Graph, app: App, code: str, redirect_uri: str | None = None) -> Token:
    """The token that Meta's login gave a code for; the code lives 30 seconds.

    `redirect_uri` has to be that of the login, if it had one.
    """
    query = {"client_id": app.id, "client_secret": app.secret, "code": code}
    if redirect_uri is not None:
        query["redirect_uri"] = redirect_uri
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
