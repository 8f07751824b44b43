"""Callbacks of a number or an account of their own, instead of the app's.

Source: WhatsApp Cloud API reference, 4.1: number before account before app, for `messages` only.
"""

from metasim.graph.errors import GraphError, invalid
from metasim.shapes import Json, as_text
from metasim.sim import Sim
from metasim.webhooks.handshake import shake_hands
from metasim.webhooks.wire import Update
from metasim.world import App

LONGEST = 200
"""Characters of `override_callback_uri`."""
FIELD = "messages"


def url_for(sim: Sim, app: App, update: Update) -> str:
    """Where this update goes: empty for the app's own callback."""
    if update.field != FIELD:
        return ""
    number = sim.desk.numbers.get(update.number)
    waba = sim.desk.wabas.get(update.waba)
    own = None if number is None else number.overrides.get(app.id)
    return own or ("" if waba is None else waba.overrides.get(app.id, ""))


async def checked(given: Json) -> str:
    """The new address after its handshake. Raises GraphError."""
    url, verify = as_text(given.get("override_callback_uri")), as_text(given.get("verify_token"))
    if not url or len(url) > LONGEST or not url.startswith(("http://", "https://")):
        raise invalid(f"Param override_callback_uri must be a URL of at most {LONGEST} characters.")
    if not verify:
        raise invalid("Param verify_token is required with override_callback_uri.")
    await ensure_answers(url, verify)
    return url


async def ensure_answers(url: str, verify_token: str) -> None:
    """The verification request. Raises 2200 (observed) when the callback does not pass."""
    verdict = await shake_hands(url, verify_token)
    if not verdict["verified"]:
        raise GraphError(
            2200,
            message="(#2200) Callback verification failed with the following errors: "
            f"{verdict['reason']}",
        )
