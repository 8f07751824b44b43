"""The wizard that connects a number: log in at Meta or paste a token, choose, register, done.

Between its steps the token travels sealed, in a ticket that only we can open.
"""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Request
from msgspec import Struct
from pydantic import BaseModel, Field, model_validator

from serai.core.ids import BusinessId
from serai.core.permissions import Permission
from serai.features.channels.api import joining
from serai.features.channels.api.joining import Step
from serai.features.channels.store import apps, numbers
from serai.features.channels.store.apps import Opened
from serai.features.channels.store.mending import mended
from serai.features.channels.store.numbers import NewChannel
from serai.kit.db import seeing
from serai.kit.errors import BadRequest, Conflict, NotFound
from serai.kit.http import Moment, may
from serai.kit.secrets import CannotOpen, Vault
from serai.meta.management import accounts, tokens
from serai.meta.management import numbers as meta_numbers
from serai.meta.management.access import NEEDED
from serai.meta.management.nodes import Number

router = APIRouter(
    tags=["channels"],
    prefix="/channels/connect",
    dependencies=[Depends(may(Permission.CHANNELS_WRITE))],
)

TICKET_LIVES = timedelta(hours=1)
SCOPES = (*NEEDED, "business_management")


class Ticket(Struct, frozen=True):
    token: str
    app_id: str
    ends_at: datetime
    token_expires_at: datetime | None


class Ways(BaseModel):
    app_id: str
    app_name: str
    login_url: str = Field(description="Meta's login; it comes back with `code` in the address.")
    callback_url: str | None = Field(description="Where webhooks will go; null: not set yet.")


class Begin(BaseModel):
    """A code from Meta's login, within 30 seconds of it, or a token of a system user."""

    code: str | None = Field(None, min_length=1, max_length=2000)
    redirect_uri: str | None = Field(None, max_length=500, description="That of the login.")
    token: str | None = Field(None, min_length=1, max_length=1000)
    app_id: str | None = Field(None, description="Meta's id of the app; default: the first one.")

    @model_validator(mode="after")
    def _one_of_both(self) -> "Begin":
        if (self.code is None) == (self.token is None):
            raise ValueError("Give either a code or a token")
        return self


class FoundNumber(BaseModel):
    phone_number_id: str
    display_phone_number: str
    verified_name: str | None
    status: str | None
    quality: str | None
    needs_registering: bool = Field(description="A PIN is needed in the last step.")


class FoundAccount(BaseModel):
    waba_id: str
    name: str
    review: str | None
    numbers: list[FoundNumber]


class Found(BaseModel):
    ticket: str = Field(description="Give it back in the last step, within an hour.")
    token_expires_at: datetime | None
    lacking_scopes: list[str] = Field(description="Permissions without which it will not work.")
    accounts: list[FoundAccount]


class Choice(BaseModel):
    ticket: str = Field(max_length=4000)
    business_id: UUID
    waba_id: str = Field(pattern=r"^[A-Za-z0-9_]{1,40}$")
    phone_number_id: str = Field(pattern=r"^[A-Za-z0-9_]{1,40}$")
    name: str | None = Field(None, min_length=1, max_length=120)
    pin: str | None = Field(None, pattern=r"^\d{6}$", description="To register the number.")


class Connected(BaseModel):
    channel_id: UUID
    state: Literal["connected", "incomplete"]
    steps: list[Step]


@router.get("")
async def ways(request: Request, redirect_uri: str = "", app_id: str | None = None) -> Ways:
    """What the wizard begins with."""
    opened = await _app(request, app_id)
    settings = request.app.state.settings
    query = {
        "client_id": opened.app.id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": ",".join(SCOPES),
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
    ticket = Ticket(token, opened.app.id, now + TICKET_LIVES, facts.ends_at)
    found = [await _account(graph, token, id_) for id_ in facts.accounts]
    return Found(
        ticket=_sealed(request, ticket),
        token_expires_at=facts.ends_at,
        lacking_scopes=list(facts.lacking),
        accounts=found,
    )


@router.post("/number")
async def finish(body: Choice, request: Request, now: Moment) -> Connected:
    """Connect the chosen number: subscribe, register if there is a PIN, and keep it.

    A step that fails says why; the number is kept all the same, and its page shows what is missing.
    """
    ticket = _opened(request, body.ticket, now)
    opened = await _app(request, ticket.app_id)
    state = request.app.state
    number = await meta_numbers.read(state.graph, ticket.token, body.phone_number_id)
    chosen = joining.Chosen(
        graph=state.graph,
        token=ticket.token,
        account=body.waba_id,
        number=number,
        opened=opened,
        callback_url=state.settings.callback_url,
    )
    steps = await joining.join(chosen, body.pin)
    channel_id = await _keep(request, body, (ticket, opened, number), now)
    is_whole = all(step.state != "failed" for step in steps)
    return Connected(
        channel_id=channel_id, state="connected" if is_whole else "incomplete", steps=steps
    )


async def _keep(
    request: Request, body: Choice, known: tuple[Ticket, Opened, Number], now: datetime
) -> UUID:
    ticket, opened, number = known
    state = request.app.state
    async with seeing(state.pool, request.state.principal.businesses) as conn:
        inbox = await numbers.inbox_of(conn, body.business_id)
        if inbox is None:
            raise NotFound("business_not_found", "There is no such business.", "business_id")
        new = NewChannel(
            business_id=BusinessId(body.business_id),
            inbox_id=inbox,
            app_id=opened.id,
            name=body.name or number.verified_name or number.display_phone_number,
            meta_id=number.id,
            display_phone_number=number.display_phone_number,
            account_id=body.waba_id,
            token=ticket.token,
        )
        id_ = await numbers.add(conn, state.wiring.vault, new)
        if id_ is None:
            raise Conflict("channel_taken", "Another business uses this number.", "phone_number_id")
        await mended(conn, id_, body.business_id, now)
    return id_


async def _app(request: Request, meta_id: str | None) -> Opened:
    organization = request.state.principal.organization_id
    async with request.app.state.pool.connection() as conn:
        found = await apps.opened(conn, request.app.state.wiring.vault, organization, meta_id)
    if not found:
        raise NotFound("app_not_found", "Connect the Meta app first: serai connect-app.", "app_id")
    return found[0]


async def _account(graph: Any, token: str, id_: str) -> FoundAccount:
    account = await accounts.read(graph, token, id_)
    return FoundAccount(
        waba_id=account.id,
        name=account.name,
        review=account.account_review_status,
        numbers=_shapes(await meta_numbers.numbers_of(graph, token, id_)),
    )


def _shapes(found: Sequence[Number]) -> list[FoundNumber]:
    return [
        FoundNumber(
            phone_number_id=each.id,
            display_phone_number=each.display_phone_number,
            verified_name=each.verified_name,
            status=each.status,
            quality=each.quality_rating,
            needs_registering=each.status != "CONNECTED",
        )
        for each in found
    ]


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
