"""WhatsApp Business Accounts: what Meta knows of them, their health, and which apps hear of them.

Source: WhatsApp Cloud API, "WhatsApp Business Account", "Health status", "Webhook overrides".
"""

from msgspec import Struct

from serai.meta.client import Graph
from serai.meta.management.answers import read_as, rows_of
from serai.meta.management.nodes import Account, Health, Subscription
from serai.meta.request import Call

FIELDS = (
    "id,name,currency,timezone_id,country,status,account_review_status,"
    "business_verification_status,ownership_type,owner_business_info,marketing_messages_onboarding_status"
)


class Healthy(Struct, frozen=True):
    health_status: Health = Health()


async def read(graph: Graph, token: str, account: str) -> Account:
    return read_as(Account, await graph.call(Call(path=account, query={"fields": FIELDS}), token))


async def health(graph: Graph, token: str, node: str) -> Health:
    """Whether messages can be sent with a number, a template or an account, and what is in the way."""
    call = Call(path=node, query={"fields": "health_status"})
    return read_as(Healthy, await graph.call(call, token)).health_status


async def subscriptions(graph: Graph, token: str, account: str) -> list[Subscription]:
    return await rows_of(graph, token, Call(path=f"{account}/subscribed_apps"), Subscription)


async def subscribe(
    graph: Graph,
    token: str,
    account: str,
    override: tuple[str, str] | None = None,
) -> None:
    """Have the token's app hear of the account; `override` is another callback URL and its verify
    token for the `messages` family. Without it an override that there was is taken off.
    """
    body = {"override_callback_uri": override[0], "verify_token": override[1]} if override else None
    await graph.call(Call(method="POST", path=f"{account}/subscribed_apps", body=body), token)


async def unsubscribe(graph: Graph, token: str, account: str) -> None:
    await graph.call(Call(method="DELETE", path=f"{account}/subscribed_apps"), token)
