"""Every change that the API offers, made once: the log has who, what, before and after; its chain holds."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from msgspec import Struct
from serai.app.audit import QUIET
from serai.app.routes import Route, routes
from serai.core.permissions import Role
from serai.kit.db import Conn
from serai.kit.http import SAFE
from tests.app.calling import Api, serving
from tests.app.test_permissions import cookie
from tests.given import a_business, a_channel, change, deliver, delivery, rows, text_item

Ids = dict[str, str]
PHONES = ("15550100123", "15550100124")
HOURS = {"weekly": [{"weekday": 0, "opens": "09:00", "closes": "17:00"}], "exceptions": []}
AGENT = {"business_id": None, "role": "agent"}


class Call(Struct, frozen=True):
    """One change: what to send, and what its answer is called from then on."""

    route: str
    body: Callable[[Ids], Any] = lambda _: None
    names: str = ""
    """The id in the answer is kept under this name, for the paths and bodies of later calls."""
    has_rows: bool = True
    """Rows that people configure change: the entry shows them before and after."""


def plain(route: str, names: str = "", *, rows: bool = True, **body: Any) -> Call:
    return Call(route, lambda _: body or None, names, rows)


CALLS = (
    plain("POST /businesses", key="shop", name="Shop", sector="ecommerce", time_zone="UTC"),
    plain("PATCH /businesses/{business_id}", name="Kahwa"),
    Call("PUT /businesses/{business_id}/hours", lambda _: HOURS),
    plain("PUT /businesses/{business_id}/profile", description="Coffee"),
    plain("PUT /businesses/{business_id}/limits", messages_per_second=5),
    plain("PUT /channels/{channel_id}/limits", messages_per_second=4),
    plain("PUT /businesses/{business_id}/contact-attributes/{key}", name="Plate", type="text"),
    plain("DELETE /businesses/{business_id}/contact-attributes/{key}"),
    plain("POST /invitations", email="new@company.example", memberships=[AGENT]),
    plain("POST /invitations/{invitation_id}/resend"),
    plain("DELETE /invitations/{invitation_id}"),
    plain("PATCH /members/{user_id}", memberships=[{"business_id": None, "role": "analyst"}]),
    plain("PATCH /members/{user_id}", memberships=[AGENT]),
    plain("POST /members/{user_id}/disable"),
    plain("POST /members/{user_id}/enable"),
    plain("POST /members/{user_id}/forget-second-factor", rows=False),
    plain("PUT /sign-in-rules", second_factor_roles=["auditor"]),
    plain("PATCH /me", name="Ada"),
    plain("PATCH /agents/{user_id}", capacity=3),
    Call("POST /tags", lambda ids: {"business_id": ids["business_id"], "name": "VIP"}, "tag_id"),
    plain("PATCH /tags/{tag_id}", name="Regular"),
    plain("PUT /contacts/{contact_id}/tags/{tag_id}", rows=False),
    plain("DELETE /contacts/{contact_id}/tags/{tag_id}", rows=False),
    Call(
        "POST /conversations/tag",
        lambda ids: {"conversation_ids": [ids["conversation_id"]], "add": [ids["tag_id"]]},
        has_rows=False,
    ),
    plain("DELETE /tags/{tag_id}"),
    Call("POST /teams", lambda ids: {"business_id": ids["business_id"], "name": "Bar"}, "team_id"),
    Call("PUT /teams/{team_id}", lambda ids: {"business_id": ids["business_id"], "name": "Hall"}),
    plain("DELETE /teams/{team_id}"),
    plain("PUT /queues/{business_id}", policy="round_robin", answer_within_minutes=5),
    Call(
        "POST /conversations/assign",
        lambda ids: {"conversation_ids": [ids["conversation_id"]], "assignee_id": ids["user_id"]},
        has_rows=False,
    ),
    Call(
        "POST /conversations/snooze",
        lambda ids: {"conversation_ids": [ids["conversation_id"]], "until": "2999-01-01T00:00:00Z"},
        has_rows=False,
    ),
    Call(
        "POST /conversations/mark",
        lambda ids: {"conversation_ids": [ids["conversation_id"]], "mark": "resolved"},
        has_rows=False,
    ),
    plain("POST /conversations/{conversation_id}/reopen", rows=False),
    plain("POST /conversations/{conversation_id}/pending", rows=False),
    plain("POST /conversations/{conversation_id}/resolve", rows=False),
    plain("POST /conversations/{conversation_id}/unread", rows=False),
    plain("POST /conversations/{conversation_id}/notes", rows=False, body="Knows the owner."),
    plain("POST /conversations/{conversation_id}/hand", rows=False, to="people"),
    Call(
        "POST /contacts",
        lambda ids: {"business_id": ids["business_id"], "phone": "+4915112345678"},
        has_rows=False,
    ),
    plain("PATCH /contacts/{contact_id}", rows=False, name="Ada"),
    plain("POST /contacts/{contact_id}/identities", rows=False, type="email", value="a@b.example"),
    plain("PUT /contacts/{contact_id}/suggestions/{other_id}/dismissed", rows=False),
    Call(
        "POST /contacts/{contact_id}/merges",
        lambda ids: {"gone_id": ids["other_id"]},
        "merge_id",
        False,
    ),
    plain("DELETE /contacts/{contact_id}/merges/{merge_id}", rows=False),
    plain("DELETE /contacts/{contact_id}", rows=False),
    plain("POST /contacts/{contact_id}/restore", rows=False),
    plain("POST /keys", "key_id", name="Robot", scopes=["read"]),
    plain("POST /keys/{key_id}/rotate", hours=1),
    plain("DELETE /keys/{key_id}"),
    plain("POST /quick-replies", "reply_id", shortcut="hi", title="Hello", body="Hello!"),
    plain("PUT /quick-replies/{reply_id}", shortcut="hi", title="Hello", body="Hello there!"),
    plain("DELETE /quick-replies/{reply_id}"),
    plain("POST /views", "view_id", name="Mine", search={}),
    plain("PUT /views/{view_id}", name="Ours", search={}),
    plain("DELETE /views/{view_id}"),
    plain("PUT /me/habits", rows=False, undo_seconds=3, enter_sends=True),
    plain("DELETE /account/sessions", rows=False),
)
LISTED = {
    "POST /invitations": ("/invitations", "invitation_id"),
    "POST /contacts/{contact_id}/merges": ("/contacts/{contact_id}/merges", "merge_id"),
}
"""Where the id of what was made is found, if its answer does not tell."""
APART = {
    "/channels": "asks Meta, with metasim in tests/stories",
    "/templates": "asks Meta, with metasim in tests/stories",
    "/messages": "writes to people: the event log has it, and tests/app/test_sending.py its entry",
    "/conversations/{conversation_id}/messages": "as /messages",
    "/conversations/{conversation_id}/follow-ups": "as /messages, later",
    "/conversations/{conversation_id}/flows": "as /messages",
    "/follow-ups": "as /messages, later",
    "/contact-": "jobs of files and thousands of people, in tests/app/test_moving_contacts.py",
    "/contacts/{contact_id}/consents": "in tests/app/test_contacts.py",
    "/contacts/{contact_id}/identities/": "in tests/app/test_contacts.py",
    "/businesses/{business_id}/packs": "in tests/app/test_packs.py",
    "/businesses/{business_id}/go-live": "in tests/app/test_businesses.py",
    "/tags/{tag_id}/merge": "in tests/app/test_contacts.py",
    "/files": "takes a form, in tests/stories/test_files.py",
    "/push": "one's own devices, in tests/features/push",
    "/account": "needs a password and devices, in tests/features/accounts",
}
"""Changes that this test does not make, by the beginning of their path; and where they are made."""


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    business = await a_business(conn)
    await a_channel(conn, business)
    for phone in PHONES:
        await deliver(conn, delivery(change(messages=[text_item("hello", phone=phone)])))
    async with serving(db_url, conn) as api:
        yield api


async def ids_of(api: Api) -> Ids:
    """What there is to be changed, under the names that paths give it."""
    people = await rows(
        api.conn,
        "SELECT contact_id, conversations.id AS conversation_id, conversations.business_id,"
        " channels.id AS channel_id FROM conversations JOIN channels USING (business_id) ORDER BY contact_id",
    )
    await cookie(api, Role.AGENT)
    [agent] = await rows(api.conn, "SELECT id FROM users WHERE name = 'Agent'")
    found = {name: str(value) for name, value in people[0].items()}
    other = str(people[1]["contact_id"])
    return found | {"other_id": other, "user_id": str(agent["id"]), "key": "plate"}


def changing(api: Api) -> list[Route]:
    return [each for each in routes(api.app) if each.asks_who and each.method not in SAFE]


def name_of(route: Route) -> str:
    return f"{route.method} {route.path.removeprefix('/api/v1')}"


async def test_no_change_is_forgotten_here(api: Api):
    called = {each.route for each in CALLS}
    left = [
        name_of(each)
        for each in changing(api)
        if name_of(each) not in called
        and each.action not in QUIET
        and not any(each.path.removeprefix("/api/v1").startswith(apart) for apart in APART)
    ]
    assert left == []


@pytest.mark.promise("SEC-03")
async def test_every_change_leaves_who_what_before_and_after_in_a_chain_that_holds(api: Api):
    ids = await ids_of(api)
    headers = {"Cookie": await cookie(api, Role.OWNER), "Sec-Fetch-Site": "same-origin"}
    ids["me"] = (await api.ask("GET", "/me", headers=headers)).json()["id"]
    known = {name_of(each): each for each in changing(api)}
    wrong: list[str] = []
    for call in CALLS:
        method, path = call.route.split(" ", 1)
        answer = await api.ask(method, path.format(**ids), call.body(ids), headers=headers)
        if answer.status_code >= 300:
            wrong.append(f"{call.route}: {answer.status_code} {answer.text[:200]}")
            continue
        if call.names:
            ids[call.names] = answer.json()["id"]
        if call.route in LISTED:
            place, name = LISTED[call.route]
            listed = await api.ask("GET", place.format(**ids), headers=headers)
            ids[name] = listed.json()["data"][0]["id"]
        wrong += await amiss(api, call, known[call.route], headers, ids)

    assert not wrong, "\n".join(wrong)
    verdict = (await api.ask("GET", "/audit/verify", headers=headers)).json()
    assert (verdict["holds"], verdict["broken_at"]) == (True, None)


async def amiss(api: Api, call: Call, route: Route, headers: dict[str, str], ids: Ids) -> list[str]:
    """What is wrong with what the log tells of the call that was just made."""
    told = (await api.ask("GET", "/audit", params={"limit": "5"}, headers=headers)).json()["data"]
    last = told[0]["request_id"]
    entries = [each for each in told if each["request_id"] == last]
    changes = [each for entry in entries for each in entry["changes"]]
    wrong = [
        f"{each['actor_kind']} {each['actor']}" for each in entries if each["actor_kind"] != "user"
    ]
    if not any(
        each["action"] == route.action or each["subject"] in ids.values() for each in entries
    ):
        wrong.append(f"told as {[(each['action'], each['subject']) for each in entries]}")
    if call.has_rows and not changes:
        wrong.append("no rows before and after")
    if call.has_rows and any(
        not (each["before"] or each["after"] or each["hidden"]) for each in changes
    ):
        wrong.append("a change without before or after")
    return [f"{call.route}: {each}" for each in wrong]
