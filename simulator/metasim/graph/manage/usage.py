"""How much of the hourly quota of management calls is used: counted, told in headers, enforced.

Source: WhatsApp Cloud API reference, 1.6 "Rate limits on management calls". Messages do not count.
"""

import msgspec

from metasim.desk import Usage
from metasim.graph.errors import GraphError
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Token

HOUR = 3_600.0
COUNTED = {"", "assigned_users", "phone_numbers", "message_templates", "subscribed_apps"}
"""Edges of an account that count, and the account itself; of a number the GET of it."""
QUOTA, SMALL_QUOTA = 5_000, 200
"""Calls an hour for one app and account; the small one until a number is registered."""
FULL = 100
"""Percent."""
TRIVIAL = 1
"""Percent; below it no header is sent."""
KIND = "whatsapp"
"""`type` in the header; the reference is not sure of it (11.5)."""


def count(sim: Sim, token: Token, parts: list[str], request: Request) -> None:
    """Count this call, when it counts. Raises 4 or 80007 when a quota is used up."""
    waba_id = _waba_of(sim, parts, request.method)
    request.usage_of = (token.app_id, waba_id)
    app, account = _usage(sim, token.app_id), _usage(sim, f"{token.app_id} {waba_id}")
    if app.percent is not None and app.percent >= FULL:
        raise GraphError(4)
    if not waba_id:
        return
    account.calls += 1
    if percent_of(sim, token.app_id, waba_id) > FULL or (account.percent or 0) >= FULL:
        raise GraphError(80007)


def headers(sim: Sim, request: Request) -> list[tuple[bytes, bytes]]:
    """Both headers, once there is something to tell. Values are percent, and minutes."""
    if request.usage_of is None:
        return []
    app_id, waba_id = request.usage_of
    found: list[tuple[bytes, bytes]] = []
    app = _usage(sim, app_id)
    account = percent_of(sim, app_id, waba_id) if waba_id else 0
    whole = account if app.percent is None else app.percent
    if whole >= TRIVIAL:
        told = {"call_count": whole, "total_time": whole, "total_cputime": whole}
        found.append((b"x-app-usage", msgspec.json.encode(told)))
    if account >= TRIVIAL:
        row: Json = {
            "type": KIND,
            "call_count": account,
            "total_cputime": account,
            "total_time": account,
            "estimated_time_to_regain_access": _minutes(sim, app_id, waba_id, account),
        }
        told = {waba_id: [row]}
        found.append((b"x-business-use-case-usage", msgspec.json.encode(told)))
    return found


def percent_of(sim: Sim, app_id: str, waba_id: str) -> int:
    """Of the account's quota, or what was set by hand."""
    usage = _usage(sim, f"{app_id} {waba_id}")
    if usage.percent is not None:
        return usage.percent
    return -(-usage.calls * FULL // _quota(sim, waba_id)) if usage.calls else 0


def _quota(sim: Sim, waba_id: str) -> int:
    registered = any(
        number.waba_id == waba_id and number.status == "CONNECTED"
        for number in sim.world.numbers.values()
    )
    return QUOTA if registered else SMALL_QUOTA


def _usage(sim: Sim, key: str) -> Usage:
    """Of the running hour; a new hour begins from nothing."""
    now = sim.clock.now()
    usage = sim.desk.usage.setdefault(key, Usage(now))
    if now - usage.since >= HOUR:
        usage.since, usage.calls = now, 0
    return usage


def _minutes(sim: Sim, app_id: str, waba_id: str, percent: int) -> int:
    if percent < FULL:
        return 0
    usage = _usage(sim, f"{app_id} {waba_id}")
    return max(1, int((HOUR - (sim.clock.now() - usage.since)) // 60))


def _waba_of(sim: Sim, parts: list[str], method: str) -> str:
    """The account whose quota this call uses; empty when it uses none."""
    node, edge = parts[0], "/".join(parts[1:])
    if node in sim.world.wabas and edge in COUNTED:
        return node
    number = sim.world.numbers.get(node)
    return number.waba_id if number is not None and not edge and method == "GET" else ""
