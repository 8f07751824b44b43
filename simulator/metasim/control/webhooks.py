"""Post any payload, signed as Meta would."""

import binascii
from base64 import b64decode

from metasim.control.call import Wrong, app_of, given
from metasim.graph.request import Request
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.webhooks.wire import encoded


async def post(sim: Sim, request: Request) -> Json:
    """`payload` is encoded with Meta's escapes; `raw` (base64) goes out byte for byte."""
    wish = given(request)
    app = app_of(sim, wish.get("app_id"))
    if not app.callback_url:
        raise Wrong("The app has no callback_url.", 409)
    secret = wish.get("secret")
    if secret is not None and not isinstance(secret, str):
        raise Wrong("secret is text.")
    delivery = await sim.post.post_raw(app, _bytes(wish), secret)
    return delivery.shown()


def _bytes(wish: Json) -> bytes:
    if ("raw" in wish) == ("payload" in wish):
        raise Wrong("Give either payload or raw.")
    if "payload" in wish:
        if as_object(wish["payload"]) is None:
            raise Wrong("payload is a JSON object.")
        return encoded(wish["payload"])
    try:
        return b64decode(str(wish["raw"]), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Wrong(f"raw is not base64: {error}") from error
