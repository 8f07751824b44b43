"""The block list of a number.

Source: WhatsApp Cloud API reference, 8.6 "Block users", 5.7 (139100 to 139103).
"""

from metasim.graph.access import MANAGEMENT, MESSAGING, need_one, number_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing
from metasim.graph.paging import page
from metasim.graph.request import Request
from metasim.shapes import Json, as_list, as_object, digits_of
from metasim.sim import Sim
from metasim.world import Number, Person, Token

RECENT = 86_400.0
"""Seconds: only people who wrote within them can be blocked."""
MOST = 64_000
NOT_RECENT, FULL = 131_047, 139_101


def listed(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The people on the list, paged."""
    number = _number(sim, token, "GET", node)
    desk = sim.desk.number(number.id)
    rows = [_listed(sim, user_id, desk.blocked_as.get(user_id, "")) for user_id in desk.blocked]
    return page(request, rows)


def _listed(sim: Sim, user_id: str, named: str) -> Json:
    """By the kind of name that was used to block. pywa also reads `input` (SDK)."""
    person = sim.world.person(user_id)
    row: Json = {"messaging_product": "whatsapp", "input": named or user_id}
    if named == user_id or person is None:
        return {**row, "user_id": user_id}
    return {**row, "wa_id": person.phone}


def block(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Put people on the list. Raises 139100 with the result beside it when some cannot."""
    return _change(sim, token, node, request, "added_users")


def unblock(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Take people off the list."""
    return _change(sim, token, node, request, "removed_users")


def is_blocked(sim: Sim, number_id: str, person: Person) -> bool:
    """Does this number refuse the person's messages?"""
    desk = sim.desk.numbers.get(number_id)
    return desk is not None and person.user_id in desk.blocked


def _change(sim: Sim, token: Token, node: str, request: Request, done_name: str) -> Json:
    number = _number(sim, token, request.method, node)
    rows = _rows(request.parameters())
    done: list[Json] = []
    failed: list[Json] = []
    for row in rows:
        person = sim.world.person(str(row.get("user") or row.get("user_id")))
        reason = _obstacle(sim, number, person, done_name)
        if person is None or reason is not None:
            failed.append(_failed(row, *(reason or _unknown())))
            continue
        _put(sim, number, person, done_name)
        sim.desk.number(number.id).blocked_as[person.user_id] = str(
            row.get("user") or person.user_id
        )
        done.append(_named(row, person))
    return _answer({done_name: done, **({"failed_users": failed} if failed else {})})


def _rows(body: Json) -> list[Json]:
    strict(body, {"messaging_product", "block_users"}, "root")
    if body.get("messaging_product") != "whatsapp":
        raise missing("messaging_product")
    rows = as_list(body.get("block_users"))
    if not rows:
        raise missing("block_users")
    return [_row(row, index) for index, row in enumerate(rows)]


def _row(row: object, index: int) -> Json:
    given = as_object(row)
    if given is None or ("user" in given) == ("user_id" in given):
        raise invalid(f"Param block_users[{index}] needs either user or user_id.")
    strict(given, {"user", "user_id"}, f"block_users[{index}]")
    return given


def _obstacle(
    sim: Sim, number: Number, person: Person | None, done_name: str
) -> tuple[int, str] | None:
    """Why this person cannot be put on, or taken off, the list."""
    if person is None or not person.on_whatsapp:
        return _unknown()
    blocked = sim.desk.number(number.id).blocked
    if done_name == "removed_users":
        return None
    if len(blocked) >= MOST:
        return FULL, "The block list is full."
    wrote_at = sim.ledger.chat(number.id, person.phone).wrote_at
    if wrote_at is None or sim.clock.now() - wrote_at > RECENT:
        return NOT_RECENT, "The user did not write to this number in the last 24 hours."
    return None


def _unknown() -> tuple[int, str]:
    return 131_026, "The user is not on WhatsApp."


def _put(sim: Sim, number: Number, person: Person, done_name: str) -> None:
    blocked = sim.desk.number(number.id).blocked
    if done_name == "removed_users":
        blocked.pop(person.user_id, None)
    else:
        blocked[person.user_id] = sim.clock.now()


def _named(row: Json, person: Person) -> Json:
    if "user_id" in row:
        return {"input": row["user_id"], "user_id": person.user_id}
    return {"input": row["user"], "wa_id": person.phone}


def _failed(row: Json, code: int, text: str) -> Json:
    error: Json = {"message": text, "code": code, "error_data": {"details": text}}
    failed: Json = {"input": row.get("user", row.get("user_id")), "errors": [error]}
    if "user" in row:
        failed["wa_id"] = digits_of(str(row["user"]))
    return failed


def _answer(result: Json) -> Json:
    whole: Json = {"messaging_product": "whatsapp", "block_users": result}
    if "failed_users" not in result:
        return whole
    error = GraphError(139100, "Failed to block/unblock some users.")
    error.extra = whole
    raise error


def _number(sim: Sim, token: Token, method: str, node: str) -> Number:
    number = number_for(sim, token, method, node)
    need_one(token, MESSAGING, MANAGEMENT)
    return number
