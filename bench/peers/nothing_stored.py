"""The limit: the same raw ASGI server that checks the signature and decodes, and stores nothing."""

from serai.app.demo import world
from serai.app.door import Receive, Scope, Send
from serai.meta import webhooks


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    body = (await receive()).get("body", b"")
    header = next((v for k, v in scope["headers"] if k == b"x-hub-signature-256"), b"")
    known = webhooks.is_signed(body, header, world.APP_SECRET.encode())
    if known:
        list(webhooks.read(body))
    status = 200 if known else 403
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-length", b"2")]}
    )
    await send({"type": "http.response.body", "body": b"OK"})
