"""pywa's webhook on FastAPI and uvicorn: signature not checked, nothing stored, as it comes."""

from fastapi import FastAPI
from pywa_async import WhatsApp
from pywa_async.types import Message

app = FastAPI()
client = WhatsApp(
    phone_id="770012340000004",
    token="none",  # noqa: S106 — never used: nothing is sent
    server=app,
    webhook_endpoint="/webhooks/meta",
    verify_token="none",  # noqa: S106 — the handshake is not measured
    validate_updates=False,
)


@client.on_message
async def got(_: WhatsApp, __: Message) -> None:
    """What a program would do with it is not measured."""
