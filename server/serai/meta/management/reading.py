"""All that Meta tells about one number at one time; a token in its last week is renewed as well."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from typing import Any

from serai.kit.errors import Upstream
from serai.meta.client import Graph
from serai.meta.management import accounts, numbers, profile, tokens, webhooks
from serai.meta.management.access import TokenFacts, is_due_for_renewal
from serai.meta.management.told import Asked, Reading


async def read(graph: Graph, asked: Asked, now: datetime) -> Reading:
    """One call for each section, all at once. Raises nothing of Meta's."""
    token, number, account, app = asked.token, asked.number, asked.account, asked.app
    calls: dict[str, Awaitable[Any]] = {
        "number": numbers.read(graph, token, number),
        "account": accounts.read(graph, token, account),
        "health": accounts.health(graph, token, number),
        "profile": profile.read(graph, token, number),
        "subscriptions": accounts.subscriptions(graph, token, account),
    }
    if app is not None:
        calls |= {
            "app_subscription": webhooks.subscription(graph, app),
            "token": tokens.debug(graph, app, token),
        }
    found = await asyncio.gather(*map(answer_to, calls.values()))
    answers = dict(zip(calls, found, strict=True))
    if app is not None and _is_ending(answers["token"], now):
        answers["renewed"] = await answer_to(tokens.extend(graph, app, token))
    errors = {name: each for name, each in answers.items() if isinstance(each, Upstream)}
    good = {name: each for name, each in answers.items() if name not in errors}
    return Reading(**good, errors=errors)


async def answer_to(call: Awaitable[Any]) -> Any:
    """The answer, or why there is none."""
    try:
        return await call
    except Upstream as error:
        return error


def _is_ending(about: TokenFacts | Upstream, now: datetime) -> bool:
    if isinstance(about, Upstream):
        return False
    return about.is_valid and is_due_for_renewal(about.ends_at, now)
