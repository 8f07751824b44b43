"""A phone that runs a Flow: it talks with the business's endpoint and sends the answers at the end.

Source: WhatsApp Cloud API reference, 8.12 "Data endpoint", 4.2 "Signature".
"""

import aiohttp
import msgspec

from metasim import people
from metasim.desk import Flow
from metasim.flows.check import data_api_version_of, screens_of
from metasim.flows.crypto import Garbled, Sealed, public_key, seal, unseal
from metasim.register import Unfit
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.webhooks.wire import signature
from metasim.world import Number, Person

ACTIONS = ("INIT", "data_exchange", "BACK", "ping", "error")
SECONDS = 10.0
"""Real ones. Source: 8.12, "Answer within 10 s"."""
LARGEST = 10_000_000
"""Bytes of a reply."""
REFETCH, TOKEN_OVER, BAD_SIGNATURE = 421, 427, 432


class Run(msgspec.Struct):
    """What a person has in hand: the Flow, its token, and the message it came with."""

    flow: Flow
    token: str
    message_id: str | None = None


class Heard(msgspec.Struct):
    """What the endpoint said."""

    status: int
    """HTTP status; 0 when there was no answer at all."""
    reply: Json | None = None
    """Decrypted."""
    trouble: str | None = None
    tries: int = 1


def find(sim: Sim, number: Number, wish: Json) -> Run:
    """The Flow of a message that the business sent, or one by its id. Raises Unfit."""
    message_id = wish.get("message")
    if isinstance(message_id, str):
        return _of_message(sim, number, message_id)
    flow = _flow(sim, number, wish.get("flow"), None)
    return Run(flow, str(wish.get("flow_token", "unused")))


async def step(sim: Sim, number: Number, person: Person, run: Run, wish: Json) -> Json:
    """One request to the endpoint, and what it means. Raises Unfit."""
    action = wish.get("action", "INIT")
    if action not in ACTIONS:
        raise Unfit(f"action is one of {', '.join(ACTIONS)}.")
    request = _request(run, str(action), wish)
    heard = await _ask(sim, number, run.flow, request)
    shown: Json = {"request": request, **msgspec.to_builtins(heard)}
    answers = _answers(heard.reply)
    if answers is not None:
        shown["message_id"] = _submit(sim, number, person, run, answers)
    return shown


def _of_message(sim: Sim, number: Number, message_id: str) -> Run:
    send = sim.ledger.sends.get(message_id)
    if send is None or send.number != number.id:
        raise Unfit("The number sent no such message.")
    interactive = as_object(send.body.get("interactive"))
    if interactive is None or interactive.get("type") != "flow":
        raise Unfit("That message holds no Flow.")
    given: Json = interactive["action"]["parameters"]
    flow = _flow(sim, number, given.get("flow_id"), given.get("flow_name"))
    return Run(flow, str(given.get("flow_token", "unused")), message_id)


def _flow(sim: Sim, number: Number, key: object, name: object) -> Flow:
    for flow in sim.desk.flows.values():
        own = flow.waba_id == number.waba_id
        if own and (flow.id == str(key) or (name is not None and flow.name == name)):
            return flow
    raise Unfit("The account of the number has no such Flow.")


def _request(run: Run, action: str, wish: Json) -> Json:
    """Source: 8.12 "Request"."""
    request: Json = {"version": data_api_version_of(run.flow.text) or "3.0", "action": action}
    if action == "ping":
        return request
    request["flow_token"] = run.token
    data = as_object(wish.get("data")) or {}
    if action == "error":
        request["action"] = "data_exchange"
        first = (screens_of(run.flow.text) or [{}])[0].get("id")
        told = {"error": "INVALID_SCREEN_TRANSITION", "error_message": "The screen is not valid."}
        return {**request, "screen": wish.get("screen", first), "data": {**told, **data}}
    if action != "INIT":
        request["screen"] = str(wish.get("screen", ""))
    return {**request, "data": data}


async def _ask(sim: Sim, number: Number, flow: Flow, request: Json) -> Heard:
    heard = await _ask_once(sim, number, flow, request)
    if heard.status != REFETCH:
        return heard
    # 421: the endpoint cannot decrypt; the phone fetches the public key anew and tries once more
    again = await _ask_once(sim, number, flow, request)
    again.tries = 2
    return again


async def _ask_once(sim: Sim, number: Number, flow: Flow, request: Json) -> Heard:
    key = public_key(sim.desk.number(number.id).public_key or "")
    if key is None:
        raise Unfit("The number has no public key: POST it to whatsapp_business_encryption.")
    if not flow.endpoint_uri:
        raise Unfit("The Flow has no endpoint_uri.")
    sealed = seal(request, key)
    headers = {
        "Content-Type": "application/json",
        "X-Hub-Signature-256": signature(sealed.body, _secret(sim, flow)),
    }
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(flow.endpoint_uri, data=sealed.body, headers=headers) as answer,
        ):
            return _read(answer.status, await answer.content.read(LARGEST), sealed)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return Heard(0, None, f"No answer: {type(error).__name__}.")


def _read(status: int, body: bytes, sealed: Sealed) -> Heard:
    """Source: 8.12: 200 and 427 carry an encrypted body."""
    if status not in (200, TOKEN_OVER):
        texts = {
            REFETCH: "The endpoint cannot decrypt.",
            BAD_SIGNATURE: "The endpoint does not accept the signature.",
        }
        return Heard(status, None, texts.get(status, f"The endpoint answered {status}."))
    try:
        return Heard(status, unseal(body, sealed))
    except Garbled as garbled:
        return Heard(status, None, str(garbled))


def _answers(reply: Json | None) -> Json | None:
    """The parameters of a SUCCESS screen. Source: 8.12 "finish"."""
    if reply is None or reply.get("screen") != "SUCCESS":
        return None
    data = as_object(reply.get("data")) or {}
    message = as_object(data.get("extension_message_response")) or {}
    return as_object(message.get("params")) or {}


def _submit(sim: Sim, number: Number, person: Person, run: Run, answers: Json) -> str:
    """The answers arrive as a message of the person. Source: 4.5, `nfm_reply`."""
    reply = {"name": "flow", "body": "Sent", "response_json": {"flow_token": run.token, **answers}}
    said: Json = {
        "type": "interactive",
        "interactive": {"type": "nfm_reply", "nfm_reply": reply},
    }
    if run.message_id is not None:
        said["context"] = {"id": run.message_id}
    return people.write(sim, person, number, said).id


def _secret(sim: Sim, flow: Flow) -> str:
    """Of the app that the Flow belongs to, or of the first one subscribed to the account."""
    subscribed = sim.world.wabas[flow.waba_id].subscribed_apps
    for app_id in (flow.application_id, *subscribed):
        app = sim.world.apps.get(app_id or "")
        if app is not None and app.secrets:
            return app.secrets[0]
    return ""
