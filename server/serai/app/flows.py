"""Where WhatsApp asks what a form shows next.

Source: WhatsApp Cloud API, Flows endpoint: 421 when it cannot be read, 432 when it is not signed by
one of our apps, 427 when the form is over; everything else is an answer sealed for the phone.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from msgspec import Struct

from serai.core.hours import Hours
from serai.features.businesses.store import rows as businesses
from serai.features.channels.store import apps
from serai.features.flows.decide import booking
from serai.features.flows.store import rows as store
from serai.features.flows.store import tokens
from serai.features.flows.store.rows import FlowChannel
from serai.kit.log import logger
from serai.kit.secrets import Vault
from serai.meta import flows as sealing
from serai.meta import webhooks
from serai.meta.flows import CannotRead, FlowRequest

Answer = Callable[[FlowRequest, Hours, datetime], dict[str, Any]]
ANSWERS: dict[str, Answer] = {booking.KEY: booking.answer}
OVER = "This form is no longer open. Write to us and we send you a new one."
MOST_BYTES = 1024 * 1024
"""Ours; a question is a few kilobytes."""

log = logger("serai.flows")
router = APIRouter(include_in_schema=False)


class Known(Struct, frozen=True):
    """What an answer takes."""

    channel: FlowChannel
    secrets: list[tuple[UUID, bytes]]
    hours: Hours


@router.post("/flows/{channel_id}")
async def answer(channel_id: UUID, request: Request) -> Response:
    """One question of a phone."""
    body = await request.body()
    state = request.app.state
    now = state.clock.now()
    known = await _known(state, channel_id, now)
    if len(body) > MOST_BYTES or known is None or known.channel.private_key is None:
        return PlainTextResponse("Not found", 404)
    signature = request.headers.get("X-Hub-Signature-256", "").encode()
    if webhooks.signer(body, signature, known.secrets) is None:
        return PlainTextResponse("Bad signature", 432)
    try:
        opened = sealing.opened(known.channel.private_key, body)
    except CannotRead as error:
        log.warning("flow_not_readable", channel_id=channel_id, error=str(error))
        return PlainTextResponse("Cannot decrypt", 421)
    status, reply = _reply(state.wiring.vault, known, opened.request, now)
    return PlainTextResponse(opened.seal(reply), status)


def _reply(
    vault: Vault, known: Known, asked: FlowRequest, now: datetime
) -> tuple[int, dict[str, Any]]:
    if asked.action == "ping":
        return 200, {"data": {"status": "active"}}
    if "error" in asked.data:
        log.warning("flow_error_told", channel_id=known.channel.id, screen=asked.screen)
        return 200, {"data": {"acknowledged": True}}
    key = tokens.flow_of(vault, known.channel.id, asked.flow_token, now)
    if key not in ANSWERS:
        return 427, {"error_msg": OVER}
    return 200, ANSWERS[key](asked, known.hours, now)


async def _known(state: Any, channel_id: UUID, now: datetime) -> Known | None:
    vault = state.wiring.vault
    async with state.engine_pool.connection() as conn:
        channel = await store.channel(conn, vault, channel_id)
        if channel is None:
            return None
        [business] = await businesses.find(conn, id_=channel.business_id)
        mine = [app for app in await apps.apps(conn, vault, now) if app.id == channel.app_id]
    return Known(
        channel, [(app.id, secret) for app in mine for secret in app.secrets], business.hours
    )
