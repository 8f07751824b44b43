"""Conversational components: welcome message, ice breakers, commands.

Source: WhatsApp Cloud API reference, 8.7 "Conversational components".
"""

import msgspec

from metasim.graph.access import MANAGEMENT, MESSAGING, need_one, number_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid
from metasim.graph.manage.template_text import EMOJI
from metasim.graph.request import Request
from metasim.shapes import Json, as_list, as_object
from metasim.sim import Sim
from metasim.world import Token

MOST_PROMPTS, LONGEST_PROMPT = 4, 80
MOST_COMMANDS, LONGEST_COMMAND, LONGEST_HINT = 30, 32, 256
KNOWN = {"enable_welcome_message", "prompts", "commands", "messaging_product"}


def read(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """What is set."""
    number = number_for(sim, token, "GET", node)
    need_one(token, MANAGEMENT, MESSAGING)
    return {
        "conversational_automation": {**sim.desk.number(number.id).automation, "id": number.id},
        "id": number.id,
    }


def change(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """What is given replaces what was set."""
    number = number_for(sim, token, "POST", node)
    need_one(token, MANAGEMENT, MESSAGING)
    body = request.parameters()
    strict(body, KNOWN, "root")
    checked: Json = {}
    if "enable_welcome_message" in body:
        checked["enable_welcome_message"] = _switch(body["enable_welcome_message"])
    if "prompts" in body:
        checked["prompts"] = _prompts(_list(body["prompts"], "prompts"))
    if "commands" in body:
        checked["commands"] = _commands(_list(body["commands"], "commands"))
    desk = sim.desk.number(number.id)
    desk.automation = {**desk.automation, **checked}
    return {"success": True}


def _switch(value: object) -> bool:
    if str(value).lower() not in ("true", "false"):
        raise invalid("Param enable_welcome_message must be a boolean.")
    return str(value).lower() == "true"


def _list(value: object, name: str) -> list[object]:
    """A list, or text that holds one as JSON: some clients write it so."""
    rows = as_list(value)
    if rows is None and isinstance(value, str):
        rows = as_list(_decoded(value))
    if rows is None:
        raise invalid(f"Param {name} must be an array.")
    return rows


def _decoded(text: str) -> object:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return None


def _prompts(rows: list[object]) -> list[str]:
    if len(rows) > MOST_PROMPTS:
        raise invalid(f"Param prompts has at most {MOST_PROMPTS} entries.")
    return [_text(row, LONGEST_PROMPT, "prompts") for row in rows]


def _commands(rows: list[object]) -> list[Json]:
    if len(rows) > MOST_COMMANDS:
        raise invalid(f"Param commands has at most {MOST_COMMANDS} entries.")
    commands: list[Json] = []
    for row in rows:
        given = as_object(row)
        if given is None:
            raise invalid("Param commands must be an array of objects.")
        strict(given, {"command_name", "command_description"}, "commands")
        name = _text(given.get("command_name"), LONGEST_COMMAND, "command_name")
        hint = _text(given.get("command_description"), LONGEST_HINT, "command_description")
        commands.append({"command_name": name, "command_description": hint})
    return commands


def _text(value: object, longest: int, name: str) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        raise invalid(f"Param {name} must have 1 to {longest} characters.")
    if EMOJI.search(value):
        raise GraphError(100, message=f"(#100) Param {name} must not have emojis.")
    return value
