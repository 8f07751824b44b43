"""Connecting a number of WhatsApp: which ones a token opens, and what is done at Meta, step by step."""

from collections.abc import Awaitable, Sequence
from typing import Literal

from serai.features.channels.api.wizard import (
    Chosen,
    FoundAccount,
    FoundChannel,
    Joined,
    Step,
    Wizard,
)
from serai.kit.errors import Upstream
from serai.meta.capabilities import ids_of
from serai.meta.client import Graph
from serai.meta.management import accounts, numbers, repair
from serai.meta.management.access import TokenFacts
from serai.meta.management.nodes import Number
from serai.meta.whatsapp.kind import WHATSAPP

REGISTERED = "CONNECTED"


async def find(graph: Graph, token: str, facts: TokenFacts) -> list[FoundAccount]:
    """The token's accounts with their numbers, in Meta's order."""
    return [await _account(graph, token, id_) for id_ in facts.accounts]


async def join(chosen: Chosen) -> Joined:
    """Subscribe the account, then the app's fields; register if there is a PIN and a need.

    Raises Upstream if Meta does not show the number.
    """
    number = await numbers.read(chosen.graph, chosen.token, chosen.own_id)
    account = accounts.subscribe(chosen.graph, chosen.token, chosen.account_id)
    steps = [
        await _step("account", "The account tells the app of its messages.", account),
        await _webhooks(chosen),
        await _register(chosen, number),
    ]
    if number.is_on_biz_app:
        call = numbers.sync_phone_app(chosen.graph, chosen.token, number.id)
        steps.append(await _step("history", "The phone app sends its contacts and history.", call))
    return Joined(chosen.token, steps)


async def _account(graph: Graph, token: str, id_: str) -> FoundAccount:
    account = await accounts.read(graph, token, id_)
    return FoundAccount(
        id=account.id,
        name=account.name,
        review=account.account_review_status,
        channels=_shapes(await numbers.numbers_of(graph, token, id_), id_),
    )


def _shapes(found: Sequence[Number], account: str) -> list[FoundChannel]:
    return [
        FoundChannel(
            external_ids=ids_of(WHATSAPP.key, each.id, account),
            address=each.display_phone_number,
            public_name=each.verified_name,
            status=each.status,
            quality=each.quality_rating,
            needs_registering=each.status != REGISTERED,
        )
        for each in found
    ]


async def _webhooks(chosen: Chosen) -> Step:
    wanted = repair.Wanted(chosen.opened.app, chosen.opened.verify_token, chosen.callback_url)
    try:
        is_done = await repair.repair(chosen.graph, chosen.token, chosen.account_id, wanted)
    except Upstream as error:
        return Step(key="webhooks", state="failed", words=str(error))
    if not is_done:
        words = "The app has no callback yet. Set SERAI_PUBLIC_URL, then press Repair."
        return Step(key="webhooks", state="failed", words=words)
    return Step(key="webhooks", state="done", words="Meta sends here what people write.")


async def _register(chosen: Chosen, number: Number) -> Step:
    if number.status == REGISTERED:
        return Step(key="register", state="skipped", words="The number is registered already.")
    if chosen.pin is None:
        words = "The number has to be registered: give a PIN of six digits on its page."
        return Step(key="register", state="failed", words=words)
    call = numbers.register(chosen.graph, chosen.token, number.id, chosen.pin)
    return await _step("register", "The number is registered. Keep the PIN.", call)


async def _step(
    key: Literal["account", "register", "history"], words: str, call: Awaitable[None]
) -> Step:
    try:
        await call
    except Upstream as error:
        return Step(key=key, state="failed", words=str(error))
    return Step(key=key, state="done", words=words)


WIZARD = Wizard((*WHATSAPP.scopes, "business_management"), find, join)
