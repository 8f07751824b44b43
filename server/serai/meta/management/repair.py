"""Mending the chain by which webhooks reach us."""

from typing import NamedTuple

from serai.meta.client import Graph
from serai.meta.management import accounts, webhooks
from serai.meta.management.access import FIELDS, App, AppSubscription, lacking


class Wanted(NamedTuple):
    """How the chain shall be."""

    app: App
    verify_token: str
    callback_url: str | None
    """None: as the app has it already."""


async def repair(graph: Graph, token: str, account: str, wanted: Wanted) -> bool:
    """Subscribe the app to all our fields and the account to the app; what is whole stays as it is.

    False when the app has no callback and none is given: nothing was changed then.
    """
    found = await webhooks.subscription(graph, wanted.app)
    callback = wanted.callback_url or (found.callback_url if found else None)
    if not callback:
        return False
    is_ours = found is not None and found.callback_url == callback
    if lacking(found) or not is_ours:
        await webhooks.subscribe(graph, wanted.app, callback, wanted.verify_token, _fields(found))
    subscribed = await accounts.subscriptions(graph, token, account)
    if all(each.whatsapp_business_api_data.id != wanted.app.id for each in subscribed):
        await accounts.subscribe(graph, token, account)
    return True


def _fields(found: AppSubscription | None) -> tuple[str, ...]:
    """Ours, and such as someone else put there."""
    theirs = (field.name for field in found.fields) if found else ()
    return tuple(dict.fromkeys((*FIELDS, *theirs)))
