"""The wizard that connects a channel: log in at Meta or paste a token, choose, join, done.

Between its steps the token travels sealed, in a ticket that only we can open.
"""

import base64
import binascii
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Request
from msgspec import Struct
from pydantic import BaseModel, Field, model_validator

from serai.core.ids import BusinessId
from serai.core.permissions import Permission
from serai.features.channels.api import joining
from serai.features.channels.api.external import chosen_ids, known_kind, refuse_taken, taken
from serai.features.channels.api.wizard import (
    Chosen,
    ExternalIds,
    FoundAccount,
    FoundChannel,
    Step,
    Wizard,
)
from serai.features.channels.store import apps, numbers
from serai.features.channels.store.apps import Opened
from serai.features.channels.store.mending import mended
from serai.features.channels.store.numbers import NewChannel
from serai.kit.db import seeing
from serai.kit.errors import BadRequest, Conflict, Invalid, NotFound
from serai.kit.http import Moment, may
from serai.kit.secrets import CannotOpen, Vault
from serai.meta.management import tokens

router = APIRouter(
    tags=["channels"],
    prefix="/channels/connect",
    dependencies=[Depends(may(Permission.CHANNELS_WRITE))],
)

WIZARDS: dict[str, Wizard] = {"whatsapp": joining.WIZARD}
"""By kind of channel."""
TICKET_LIVES = timedelta(hours=1)


class Ticket(Struct, frozen=True):
    token: str
    app_id: str
    ends_at: datetime
    kind: str = "whatsapp"


class Ways(BaseModel):
    app_id: str
    app_name: str
    login_url: str = Field(description="Meta's login; it comes back with `code` in the address.")
    callback_url: str | None = Field(description="Where webhooks will go; null: not set yet.")


class Begin(BaseModel):
    """A code from Meta's login, within 30 seconds of it, or a token of a system user."""

    kind: str = Field("whatsapp", max_length=40, description="What is to be connected.")
    code: str | None = Field(None, min_length=1, max_length=2000)
    redirect_uri: str | None = Field(None, max_length=500, description="That of the login.")
    token: str | None = Field(None, min_length=1, max_length=1000)
    app_id: str | None = Field(None, description="Meta's id of the app; default: the first one.")

    @model_validator(mode="after")
    def _one_of_both(self) -> "Begin":
        if (self.code is None) == (self.token is None):
            raise ValueError("Give either a code or a token")
        return self


class Found(BaseModel):
    ticket: str = Field(description="Give it back in the last step, within an hour.")
    token_expires_at: datetime | None
    lacking_scopes: list[str] = Field(description="Permissions without which it will not work.")
    accounts: list[FoundAccount]


class Choice(BaseModel):
    ticket: str = Field(max_length=4000)
    business_id: UUID
    external_ids: ExternalIds
    name: str | None = Field(None, min_length=1, max_length=120)
    pin: str | None = Field(None, pattern=r"^\d{6}$", description="To register a WhatsApp number.")


class Connected(BaseModel):
    channel_id: UUID
    state: Literal["connected", "incomplete"]
    steps: list[Step]


@router.get("")
async def ways(
    request: Request, kind: str = "whatsapp", redirect_uri: str = "", app_id: str | None = None
) -> Ways:
    """What the wizard begins with."""
    opened = await _app(request, app_id)
    settings = request.app.state.settings
    query = {
        "client_id": opened.app.id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": ",".join(_wizard(kind).login_scopes),
    }
    return Ways(
        app_id=opened.app.id,
        app_name=opened.name,
        login_url=f"{settings.login_url}/{settings.graph_version}/dialog/oauth?{urlencode(query)}",
        callback_url=settings.callback_url,
    )


@router.post("")
async def begin(body: Begin, request: Request, now: Moment) -> Found:
    """What the login or the token gives access to. Nothing is changed yet."""
    wizard, kind = _wizard(body.kind), known_kind(body.kind)
    opened = await _app(request, body.app_id)
    graph = request.app.state.graph
    token = body.token
    if body.code is not None:
        got = await tokens.from_code(graph, opened.app, body.code, body.redirect_uri)
        token = got.access_token
    assert token is not None  # noqa: S101 — the model lets neither through
    facts = await tokens.debug(graph, opened.app, token)
    if not facts.is_valid:
        raise Conflict("token_invalid", "Meta says that this token is not valid. Make a new one.")
    ticket = Ticket(token, opened.app.id, now + TICKET_LIVES, kind.key)
    return Found(
        ticket=_sealed(request, ticket),
        token_expires_at=facts.ends_at,
        lacking_scopes=[scope for scope in kind.scopes if scope not in facts.scopes],
        accounts=await wizard.find(graph, token, facts),
    )


@router.post("/channel")
async def finish(body: Choice, request: Request, now: Moment) -> Connected:
    """Connect the chosen one: subscribe, register if there is a PIN, and keep it.

    A step that fails says why; the channel is kept all the same, and its page shows what is missing.
    """
    ticket = _opened(request, body.ticket, now)
    opened = await _app(request, ticket.app_id)
    state = request.app.state
    own, account = chosen_ids(known_kind(ticket.kind), body.external_ids)
    chosen = Chosen(
        graph=state.graph,
        token=ticket.token,
        opened=opened,
        callback_url=state.settings.callback_url,
        own_id=own,
        account_id=account,
        pin=body.pin,
    )
    seen = await _seen(ticket, body, chosen)
    inbox = await _inbox(request, body.business_id)
    await refuse_taken(state.engine_pool, ticket.kind, own, body.business_id)
    joined = await _wizard(ticket.kind).join(chosen)
    new = NewChannel(
        business_id=BusinessId(body.business_id),
        inbox_id=inbox,
        app_id=opened.id,
        kind=ticket.kind,
        name=body.name or seen.public_name or seen.address,
        meta_id=own,
        display_phone_number=seen.address,
        account_id=account,
        token=joined.token,
    )
    is_whole = all(step.state != "failed" for step in joined.steps)
    return Connected(
        channel_id=await _keep(request, new, now),
        state="connected" if is_whole else "incomplete",
        steps=list(joined.steps),
    )


async def _seen(ticket: Ticket, body: Choice, chosen: Chosen) -> FoundChannel:
    """The chosen one as Meta shows it. Raises Conflict if the access does not open it."""
    facts = await tokens.debug(chosen.graph, chosen.opened.app, ticket.token)
    accounts = await _wizard(ticket.kind).find(chosen.graph, ticket.token, facts)
    for each in (channel for account in accounts for channel in account.channels):
        if each.external_ids == body.external_ids:
            return each
    raise Conflict(
        "channel_not_opened",
        "This access does not open that channel. Begin again and choose it from the list.",
        "external_ids",
    )


async def _inbox(request: Request, business: UUID) -> UUID:
    async with seeing(request.app.state.pool, request.state.principal.businesses) as conn:
        inbox = await numbers.inbox_of(conn, business)
    if inbox is None:
        raise NotFound("business_not_found", "There is no such business.", "business_id")
    return inbox


async def _keep(request: Request, new: NewChannel, now: datetime) -> UUID:
    state = request.app.state
    async with seeing(state.pool, request.state.principal.businesses) as conn:
        id_ = await numbers.add(conn, state.wiring.vault, new)
        if id_ is None:
            raise taken()
        await mended(conn, id_, new.business_id, now)
    return id_


def _wizard(kind: str) -> Wizard:
    """Raises Invalid."""
    wizard = WIZARDS.get(known_kind(kind).key)
    if wizard is None:
        raise Invalid("kind_without_wizard", "Channels of this kind join in another way.", "kind")
    return wizard


async def _app(request: Request, meta_id: str | None) -> Opened:
    organization = request.state.principal.organization_id
    async with request.app.state.pool.connection() as conn:
        found = await apps.opened(conn, request.app.state.wiring.vault, organization, meta_id)
    if not found:
        raise NotFound("app_not_found", "Connect the Meta app first: serai connect-app.", "app_id")
    return found[0]


def _context(request: Request) -> bytes:
    return f"connect:{request.state.principal.organization_id}".encode()


def _sealed(request: Request, ticket: Ticket) -> str:
    vault: Vault = request.app.state.wiring.vault
    sealed = vault.ring.seal(msgspec.msgpack.encode(ticket), _context(request))
    return base64.urlsafe_b64encode(sealed).decode()


def _opened(request: Request, text: str, now: datetime) -> Ticket:
    vault: Vault = request.app.state.wiring.vault
    try:
        sealed = base64.urlsafe_b64decode(text)
        ticket = msgspec.msgpack.decode(vault.ring.open(sealed, _context(request)), type=Ticket)
    except (binascii.Error, ValueError, CannotOpen, msgspec.DecodeError) as error:
        raise BadRequest(
            "ticket_invalid", "Begin again: this is no ticket of ours.", "ticket"
        ) from error
    if ticket.ends_at <= now:
        raise BadRequest("ticket_ended", "Begin again: an hour has passed.", "ticket")
    return ticket
