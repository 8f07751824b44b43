"""The verification request to a callback.

Source: WhatsApp Cloud API reference, 4.1 "Subscription and verification": GET with `hub.mode`,
`hub.challenge` and `hub.verify_token`; the answer is 200 with the raw challenge.
"""

import secrets

import aiohttp

from metasim.shapes import Json
from metasim.world import App

SECONDS = 10.0


async def shake(app: App) -> Json:
    """Ask the app's callback; `verified` says whether it passed, `reason` why not."""
    if not app.callback_url:
        return {"verified": False, "reason": "The app has no callback_url."}
    return await shake_hands(app.callback_url, app.verify_token)


async def shake_hands(url: str, verify_token: str) -> Json:
    """The same for any address and token."""
    challenge = str(10**9 + secrets.randbelow(9 * 10**9))
    query = {
        "hub.mode": "subscribe",
        "hub.challenge": challenge,
        "hub.verify_token": verify_token,
    }
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url, params=query, allow_redirects=False) as response,
        ):
            body = await response.content.read(1024)
            return _verdict(response.status, body, challenge)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return {"verified": False, "reason": f"No answer: {type(error).__name__}."}


def _verdict(status: int, body: bytes, challenge: str) -> Json:
    if status != 200:
        return {"verified": False, "reason": f"The callback answered {status}, not 200."}
    if body != challenge.encode():
        return {"verified": False, "reason": "The callback did not answer the raw challenge."}
    return {"verified": True, "reason": None}
