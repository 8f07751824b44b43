"""pywa's webhook on FastAPI and uvicorn: signature not checked, nothing stored, as it comes."""

from fastapi import FastAPI
from pywa_async.client import WhatsApp
from pywa_async.types.message import Message

app = FastAPI()
client = WhatsApp(
    phone_id="770012340000004",
    token="none",
    server=app,
    webhook_endpoint="/webhooks/meta",
    verify_token="none",
    validate_updates=False,
)


@client.on_message
async def got(_: WhatsApp, __: Message) -> None:
    """What a program would do with it is not measured."""
