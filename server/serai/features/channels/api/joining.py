"""What is done at Meta when a number is connected, step by step."""

from collections.abc import Awaitable
from typing import Literal, NamedTuple

from pydantic import BaseModel

from serai.features.channels.store.apps import Opened
from serai.kit.errors import Upstream
from serai.meta.client import Graph
from serai.meta.management import accounts, numbers, repair
from serai.meta.management.nodes import Number


class Step(BaseModel):
    key: Literal["account", "webhooks", "register", "history"]
    state: Literal["done", "failed", "skipped"]
    words: str


class Chosen(NamedTuple):
    graph: Graph
    token: str
    account: str
    number: Number
    opened: Opened
    callback_url: str | None


async def join(chosen: Chosen, pin: str | None) -> list[Step]:
    """Subscribe the account, then the app's fields; register if there is a PIN and a need."""
    subscribed = await _step(
        "account",
        "The account tells the app of its messages.",
        accounts.subscribe(chosen.graph, chosen.token, chosen.account),
    )
    steps = [subscribed, await _webhooks(chosen), await _register(chosen, pin)]
    if chosen.number.is_on_biz_app:
        call = numbers.sync_phone_app(chosen.graph, chosen.token, chosen.number.id)
        steps.append(await _step("history", "The phone app sends its contacts and history.", call))
    return steps


async def _webhooks(chosen: Chosen) -> Step:
    wanted = repair.Wanted(chosen.opened.app, chosen.opened.verify_token, chosen.callback_url)
    try:
        is_done = await repair.repair(chosen.graph, chosen.token, chosen.account, wanted)
    except Upstream as error:
        return Step(key="webhooks", state="failed", words=str(error))
    if not is_done:
        words = "The app has no callback yet. Set SERAI_PUBLIC_URL, then press Repair."
        return Step(key="webhooks", state="failed", words=words)
    return Step(key="webhooks", state="done", words="Meta sends here what people write.")


async def _register(chosen: Chosen, pin: str | None) -> Step:
    if chosen.number.status == "CONNECTED":
        return Step(key="register", state="skipped", words="The number is registered already.")
    if pin is None:
        words = "The number has to be registered: give a PIN of six digits on its page."
        return Step(key="register", state="failed", words=words)
    call = numbers.register(chosen.graph, chosen.token, chosen.number.id, pin)
    return await _step("register", "The number is registered. Keep the PIN.", call)


async def _step(
    key: Literal["account", "register", "history"], words: str, call: Awaitable[None]
) -> Step:
    try:
        await call
    except Upstream as error:
        return Step(key=key, state="failed", words=str(error))
    return Step(key=key, state="done", words=words)
