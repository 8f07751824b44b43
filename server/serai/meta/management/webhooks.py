"""Which webhooks Meta sends the app, and where to.

Source: Graph API, "App subscriptions"; WhatsApp Cloud API, "Webhooks": the app's own callback and
fields, and each account's `subscribed_apps`; both are needed before anything arrives.
"""

from collections.abc import Sequence

from serai.meta.client import Graph
from serai.meta.management.access import App, AppSubscription
from serai.meta.management.answers import rows_of
from serai.meta.request import Call

OBJECT = "whatsapp_business_account"


async def subscription(graph: Graph, app: App) -> AppSubscription | None:
    """The app's own for WhatsApp; None when there is none."""
    call = Call(path=f"{app.id}/subscriptions")
    found = await rows_of(graph, app.token, call, AppSubscription)
    return next((each for each in found if each.object == OBJECT), None)


async def subscribe(
    graph: Graph, app: App, callback_url: str, verify_token: str, fields: Sequence[str]
) -> None:
    """Set callback and fields; Meta asks the callback for the verify token before it answers."""
    body = {
        "object": OBJECT,
        "callback_url": callback_url,
        "verify_token": verify_token,
        "fields": ",".join(fields),
    }
    await graph.call(Call(method="POST", path=f"{app.id}/subscriptions", body=body), app.token)
