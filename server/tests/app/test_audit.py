"""Every change leaves who, what, when, before and after, in a chain that shows tampering."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from serai.features.audit import api as audit
from serai.features.audit import store
from serai.kit.db import ACTING, ENGINE, Conn, connect
from tests.app.calling import Api, serving
from tests.given import (
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)

HOURS = {"weekly": [{"weekday": 0, "opens": "09:00", "closes": "17:00"}], "exceptions": []}


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    """A café with a number and one conversation; the caller may do everything."""
    await a_channel(conn, await a_business(conn))
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    async with serving(db_url, conn) as api:
        api.http.headers["Authorization"] = f"Bearer {await api.key('admin', name='Amal')}"
        yield api


async def cafe(api: Api) -> str:
    return (await api.ask("GET", "/businesses")).json()["data"][0]["id"]


async def entries(api: Api, **wanted: str) -> list[dict[str, Any]]:
    answer = await api.ask("GET", "/audit", params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


@pytest.mark.promise("SEC-03")
async def test_a_change_leaves_who_what_before_and_after(api: Api):
    id_ = await cafe(api)

    assert (await api.ask("PATCH", f"/businesses/{id_}", {"name": "Kahwa"})).status_code == 200

    [newest, *_] = await entries(api, business_id=id_)
    assert (newest["actor_kind"], newest["actor"]) == ("key", "Amal")
    assert newest["action"] == "businesses.change_business"
    assert newest["subject"] == f"/businesses/{id_}"
    [changed] = newest["changes"]
    assert (changed["table"], changed["id"], changed["kind"]) == ("businesses", id_, "changed")
    assert (changed["before"], changed["after"]) == ({"name": "Cafe"}, {"name": "Kahwa"})


@pytest.mark.promise("SEC-03")
async def test_what_goes_through_the_engine_leaves_one_entry_with_its_business(api: Api):
    id_ = await cafe(api)
    [talk] = (await api.ask("GET", "/conversations")).json()["data"]

    assert (await api.ask("POST", f"/conversations/{talk['id']}/resolve")).status_code == 200

    [entry] = await entries(api, subject=talk["id"])
    assert entry["action"] == "inbox.resolve"
    assert entry["business_id"] == id_


async def test_what_was_refused_leaves_no_entry(api: Api):
    before = await entries(api)
    id_ = await cafe(api)

    assert (
        await api.ask("PATCH", f"/businesses/{id_}", {"time_zone": "No/Where"})
    ).status_code == 422

    assert await entries(api) == before


async def test_rows_that_are_replaced_by_the_same_have_not_changed(api: Api):
    id_ = await cafe(api)
    await api.ask("PUT", f"/businesses/{id_}/hours", HOURS)
    longer = {"weekly": [HOURS["weekly"][0] | {"closes": "18:00"}], "exceptions": []}

    await api.ask("PUT", f"/businesses/{id_}/hours", HOURS)
    await api.ask("PUT", f"/businesses/{id_}/hours", longer)

    [last, same, first, *_] = await entries(api, action="hours")
    assert [each["kind"] for each in first["changes"]] == ["added"]
    assert same["changes"] == []
    [changed] = last["changes"]
    assert (changed["kind"], changed["before"], changed["after"]) == (
        "changed", {"closes": "17:00"}, {"closes": "18:00"},
    )  # fmt: skip


@pytest.mark.promise("SEC-03")
async def test_secrets_show_only_that_they_changed(api: Api):
    await api.conn.execute("UPDATE channels SET token = '\\xdead', name = 'Front desk'")

    [entry, *_] = await entries(api, subject="channels")
    [changed] = entry["changes"]
    assert changed["hidden"] == ["token"]
    assert (changed["before"], changed["after"]) == ({"name": "Number"}, {"name": "Front desk"})
    assert "dead" not in json.dumps(entry)
    assert entry["actor_kind"] == "serai"


@pytest.mark.promise("SEC-03")
async def test_a_changed_entry_and_a_removed_one_break_the_chain(api: Api):
    for name in ("One", "Two", "Three"):
        await api.ask("PATCH", f"/businesses/{await cafe(api)}", {"name": name})
    [last, middle, *_] = await entries(api)
    whole = (await api.ask("GET", "/audit/verify")).json()
    assert (whole["holds"], whole["broken_at"]) == (True, None)
    assert whole["entries"] == last["number"]

    for tampering in (
        f"UPDATE audit_entries SET actor = 'Nobody' WHERE number = {middle['number']}",
        f"DELETE FROM audit_entries WHERE number = {middle['number']}",
        f"DELETE FROM audit_entries WHERE number = {last['number']}",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation):
            await api.conn.execute(tampering.encode())
        async with api.conn.transaction(force_rollback=True):
            await api.conn.execute("SET ROLE NONE")
            await api.conn.execute("ALTER TABLE audit_entries DISABLE TRIGGER only_added")
            await api.conn.execute(tampering.encode())
            for many in (1, 2, 1000):
                found = (await walked(api, many)).broken_at
                assert found in {middle["number"], middle["number"] + 1, last["number"]}, many


async def walked(api: Api, many: int) -> store.Walked:
    """A company's chain, so many entries at a time."""
    [company] = await rows(api.conn, "SELECT id FROM organizations WHERE name = 'Company'")
    found = store.Walked()
    while not found.is_over:
        found = await store.verify(api.conn, company["id"], found, many)
    return found


async def test_a_long_chain_is_looked_at_in_pieces_in_short_transactions(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    await api.conn.execute(
        "SELECT note_audit(id, NULL, now(), 'Amal', 'test.noted', n::text, '{}')"
        "  FROM organizations, generate_series(1, 100) AS n WHERE name = 'Company'"
    )
    whole = (await api.ask("GET", "/audit/verify")).json()
    assert whole["entries"] > 100
    for many in (1, 7, whole["entries"], 1000):
        found = await walked(api, many)
        assert (found.entries, found.broken_at) == (whole["entries"], None), many
    asked: list[int] = []
    look = store.verify

    async def counted(conn: Conn, *more: Any) -> store.Walked:
        asked.append((await rows(conn, "SELECT txid_current() AS id"))[0]["id"])
        return await look(conn, *more)

    monkeypatch.setattr(audit, "VERIFIED_AT_ONCE", 10)
    monkeypatch.setattr(store, "verify", counted)
    assert (await api.ask("GET", "/audit/verify")).json() == whole
    assert len(set(asked)) == len(asked) == whole["entries"] // 10 + 1, "a transaction each"


async def test_companies_have_chains_of_their_own_and_do_not_wait_for_each_other(
    api: Api, db_url: str
):
    await api.conn.execute("INSERT INTO organizations (name) VALUES ('Other')")
    rename = "UPDATE organizations SET name = name || '!' WHERE name = %s"
    async with (
        await connect(db_url, ENGINE) as first,
        await connect(db_url, ENGINE) as second,
        first.transaction(),
    ):
        await first.execute(rename, ("Company",))
        await first.execute("SET CONSTRAINTS ALL IMMEDIATE")  # holds the end of its chain
        async with asyncio.timeout(5):
            await second.execute(rename, ("Other",))

    found = await rows(
        api.conn,
        "SELECT organization_id, array_agg(number ORDER BY number) AS numbers"
        " FROM audit_entries WHERE organization_id IS NOT NULL GROUP BY 1",
    )
    assert len(found) == 2
    assert all(row["numbers"] == list(range(1, len(row["numbers"]) + 1)) for row in found)


async def test_changes_of_one_company_at_once_make_one_chain_without_gaps(api: Api):
    id_ = await cafe(api)

    answers = await asyncio.gather(
        *(api.ask("PATCH", f"/businesses/{id_}", {"name": f"Name {n}"}) for n in range(12))
    )

    assert {answer.status_code for answer in answers} == {200}
    assert (await api.ask("GET", "/audit/verify")).json()["holds"]
    assert len(await entries(api, action="change_business")) == 12


async def test_the_log_is_searched_by_who_what_and_when_and_read_page_by_page(api: Api):
    id_ = await cafe(api)
    other = await api.key("admin", name="Badr")
    for n in range(3):
        await api.ask("PATCH", f"/businesses/{id_}", {"name": f"Name {n}"})
    await api.ask("PATCH", f"/businesses/{id_}", {"name": "By Badr"}, key=other)

    assert [each["actor"] for each in await entries(api, who="bad")] == ["Badr"]
    [badr] = [
        each
        for each in (await api.ask("GET", "/audit/actors")).json()["data"]
        if each["name"] == "Badr"
    ]
    assert len(await entries(api, actor_id=badr["id"])) == 1
    assert await entries(api, since="2999-01-01T00:00:00Z") == []
    seen: list[int] = []
    cursor = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = (await api.ask("GET", "/audit", params={"limit": "2", **more})).json()
        seen += [each["number"] for each in page["data"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == list(range(len(seen), 0, -1))


async def test_the_log_leaves_as_csv_and_as_lines_of_json(api: Api):
    await api.ask("PATCH", f"/businesses/{await cafe(api)}", {"name": "=1+1"})
    count = len(await entries(api))

    as_csv = await api.ask("GET", "/audit/export", params={"format": "csv"})
    as_lines = await api.ask("GET", "/audit/export", params={"format": "jsonl"})

    table = list(csv.DictReader(io.StringIO(as_csv.text)))
    lines = [json.loads(line) for line in as_lines.text.splitlines()]
    assert len(table) == len(lines) == count
    assert table[0]["action"] == lines[0]["action"] == "businesses.change_business"
    assert as_csv.headers["content-disposition"] == 'attachment; filename="audit.csv"'


async def test_a_long_log_leaves_whole_though_it_is_read_in_pieces(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(audit, "EXPORTED_AT_ONCE", 2)
    for name in ("One", "Two", "Three", "Four", "Five"):
        await api.ask("PATCH", f"/businesses/{await cafe(api)}", {"name": name})
    answer = await api.ask("GET", "/audit/export", params={"format": "jsonl"})
    numbers = [json.loads(line)["number"] for line in answer.text.splitlines()]
    assert numbers == list(range(len(numbers), 0, -1))
    assert len(numbers) >= 5


async def test_whoever_sees_one_business_sees_its_entries_only(api: Api):
    other = await a_business(api.conn, "other")
    mine = await cafe(api)
    await api.ask("PATCH", f"/businesses/{mine}", {"name": "Mine"})
    await api.ask("PATCH", f"/businesses/{other}", {"name": "Theirs"})
    narrow = await api.key("audit:read", businesses=[other])

    seen = (await api.ask("GET", "/audit", key=narrow)).json()["data"]

    assert seen
    assert {each["business_id"] for each in seen} == {str(other)}


async def test_a_command_is_named_as_who_did_it(api: Api, db_url: str):
    told = json.dumps(
        {"kind": "command", "name": "serai limits (root)", "action": "command.limits"}
    )
    token = ACTING.set(told)
    async with await connect(db_url, ENGINE) as command:
        await command.execute("UPDATE businesses SET name = 'Renamed'")
    ACTING.reset(token)

    [entry, *_] = await entries(api)
    assert (entry["actor_kind"], entry["actor"]) == ("command", "serai limits (root)")
    assert entry["action"] == "command.limits"
