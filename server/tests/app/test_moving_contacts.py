"""Many people at once: in from a table, out into one, and changed together."""

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from openpyxl import Workbook
from serai.app.rotation import reseal
from serai.core.ids import BusinessId
from serai.engine import due
from serai.features.contacts import jobs
from serai.features.contacts.jobs import Mover, importing
from serai.features.contacts.store import jobs as store
from serai.kit.clock import Clock
from serai.kit.db import Conn
from serai.kit.secrets import KeyRing, Vault
from tests.app.calling import KEYS, Api, serving
from tests.given import VAULT, a_business, a_channel, rows

PEOPLE = """Name;Mobile;E-mail;Tags;Opt in;Shoe size
Ada;+1 555 010 0123;ada@example.org;VIP; yes;38
Ben;00 1 555 010 0456;;Parent; VIP;no;
Bia;+55 11 99876-5432;;;;
Bia again;+55 11 9876-5432;;;;
Nobody;;;;;
Broken;12;;;;
"""
MAPPING = {
    "columns": ["name", "phone", "email", "tags", "consent", ""],
    "proof": "Form of May 2026",
}


class Desk:
    def __init__(self, api: Api, key: str, business: BusinessId) -> None:
        self.api, self.key, self.business = api, key, str(business)

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = await self.api.ask(method, path, body, key=self.key, **more)
        assert answer.status_code < 300, answer.text
        kind = answer.headers.get("content-type", "")
        return answer.json() if kind == "application/json" else answer.content

    async def upload(self, table: bytes, name: str = "people.csv") -> Any:
        path = f"/api/v1/contact-imports?business_id={self.business}&name={name}"
        headers = {"Authorization": f"Bearer {self.key}"}
        return await self.api.http.post(path, content=table, headers=headers)

    async def take_in(self, table: bytes, mapping: dict[str, Any] = MAPPING) -> Any:
        """Counts of the dry run; everything is then written."""
        job = (await self.upload(table)).json()
        await self.ask("PUT", f"/contact-imports/{job['id']}/mapping", mapping)
        await self.work()
        checked = await self.ask("GET", f"/contact-jobs/{job['id']}")
        await self.ask("POST", f"/contact-imports/{job['id']}/start")
        await self.work()
        done = await self.ask("GET", f"/contact-jobs/{job['id']}")
        assert done["state"] == "done"
        return checked

    async def work(self, later: timedelta = timedelta()) -> None:
        mover = Mover(self.api.app.state.engine_pool, VAULT, lambda: Clock().now() + later)
        while await jobs.work(mover):
            pass

    async def step(self) -> int:
        """One of the job that is next; how many were done."""
        mover = Mover(self.api.app.state.engine_pool, VAULT, Clock().now)
        [row] = await rows(self.api.conn, "SELECT id, business_id FROM contact_jobs")
        leased = due.Job(jobs.KIND, row["id"], row["business_id"])
        return int(await jobs.step(mover, leased))

    async def shown(self) -> list[tuple[str, list[str]]]:
        """Who is in the list, with their tags."""
        found = (await self.ask("GET", "/contacts?sort=newest"))["data"]
        return [(each["id"], [tag["name"] for tag in each["tags"]]) for each in found]

    async def exported(self, kind: str = "csv") -> bytes:
        job = await self.ask("POST", "/contact-exports", {"business_id": self.business})
        await self.work()
        return await self.ask("GET", f"/contact-jobs/{job['id']}/file?format={kind}")


@pytest.fixture
async def desk(db_url: str, conn: Conn) -> AsyncIterator[Desk]:
    business = await a_business(conn)
    await a_channel(conn, business)
    async with serving(db_url, conn) as api:
        yield Desk(api, await api.key("admin"), business)


TABLE = PEOPLE.replace("VIP; yes", "VIP;yes").replace("Parent; VIP", '"Parent; VIP"').encode()


@pytest.mark.promise("CON-09")
async def test_a_table_is_looked_at_row_by_row_before_anything_is_written(desk: Desk):
    job = (await desk.upload(TABLE)).json()
    assert job["mapping"] == ["name", "phone", "email", "tags", "consent", ""], "guessed"
    await desk.ask("PUT", f"/contact-imports/{job['id']}/mapping", MAPPING)
    await desk.work()
    checked = await desk.ask("GET", f"/contact-jobs/{job['id']}")
    assert (checked["state"], checked["counts"]) == (
        "checked",
        {"new": 3, "duplicate": 1, "invalid": 2},
    )
    assert await rows(desk.api.conn, "SELECT FROM contacts") == []
    report = (await desk.ask("GET", f"/contact-imports/{job['id']}/report")).decode()
    assert "5,duplicate,The same person as in row 4." in report
    assert "6,invalid" in report
    assert "7,invalid,Column 2 (Mobile): “phone” cannot be read.,Broken,12" in report


@pytest.mark.promise("CON-09")
async def test_what_was_taken_in_changes_nothing_the_second_time_nor_as_it_was_written_out(
    desk: Desk,
):
    await desk.take_in(TABLE)
    found = (await desk.ask("GET", "/contacts?sort=name"))["data"]
    assert [(each["name"], each["agreed_to_marketing"]) for each in found] == [
        ("Ada", "yes"), ("Ben", "no"), ("Bia", "unknown"),
    ]  # fmt: skip
    assert [tag["name"] for tag in found[1]["tags"]] == ["Parent", "VIP"]
    again = await desk.take_in(TABLE)
    assert again["counts"] == {"same": 3, "duplicate": 1, "invalid": 2}

    for kind in ("csv", "xlsx"):
        table = await desk.exported(kind)
        job = (await desk.upload(table, f"people.{kind}")).json()
        assert set(job["mapping"]) >= {"name", "phone", "tags", "consent", "email"}
        mapping = {"columns": job["mapping"], "proof": "As before"}
        assert (await desk.take_in(table, mapping))["counts"] == {"same": 3}, kind


async def test_a_consent_column_counts_only_with_what_proves_it(desk: Desk):
    await desk.take_in(TABLE, {"columns": MAPPING["columns"]})
    assert await rows(desk.api.conn, "SELECT FROM consent_records") == []


async def test_an_import_is_undone_but_for_whom_it_did_not_make(desk: Desk):
    await desk.ask("POST", "/contacts", {"business_id": desk.business, "phone": "+15550100123"})
    await desk.take_in(TABLE)
    [job] = (await desk.ask("GET", "/contact-jobs"))["data"]
    await desk.ask("POST", f"/contact-imports/{job['id']}/undo")
    assert [each["name"] for each in (await desk.ask("GET", "/contacts"))["data"]] == ["Ada"]


WORKER = """
import asyncio, sys
from serai.engine import due
from serai.features.contacts import jobs
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, pool
from tests.given import VAULT

async def work():
    async with pool(sys.argv[1], ENGINE, 1) as connections:
        while await jobs.work(jobs.Mover(connections, VAULT, Clock().now)):
            pass

asyncio.run(work())
"""
DONE = "SELECT done_count FROM contact_jobs WHERE kind = 'import'"


async def test_an_import_whose_worker_is_killed_goes_on_where_it_was_and_doubles_nothing(
    desk: Desk, db_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(importing, "READ_AT_ONCE", 5)  # of twelve parts
    people = "".join(f"Person {n},+1555010{n:04d}\n" for n in range(6000))
    job = (await desk.upload(f"Name,Phone\n{people}".encode())).json()
    await desk.ask("PUT", f"/contact-imports/{job['id']}/mapping", {"columns": ["name", "phone"]})
    await desk.work()
    await desk.ask("POST", f"/contact-imports/{job['id']}/start")

    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", WORKER, db_url)
    done = 0
    while not done:
        [row] = await rows(desk.api.conn, DONE)
        done = row["done_count"]
        await asyncio.sleep(0.01)
    worker.kill()
    await worker.wait()
    [row] = await rows(desk.api.conn, DONE)
    assert 0 < row["done_count"] < 6000, "it died in the middle"
    await desk.work(later=2 * jobs.LEASE)

    told = await desk.ask("GET", f"/contact-jobs/{job['id']}")
    assert (told["state"], told["done_count"], told["counts"]) == (
        "done",
        6000,
        {"new": 6000, "written": 6000},
    )
    for table in ("contacts", "contact_identities"):
        assert await rows(desk.api.conn, f"SELECT count(*) AS n FROM {table}") == [{"n": 6000}]


async def test_an_import_that_is_stopped_keeps_what_was_written_says_so_and_deletes_the_file(
    desk: Desk,
):
    people = "".join(f"Person {n},+1555010{n:04d}\n" for n in range(2500))
    job = (await desk.upload(f"Name,Phone\n{people}".encode())).json()
    where = f"/contact-imports/{job['id']}"
    await desk.ask("PUT", f"{where}/mapping", {"columns": ["name", "phone"]})
    await desk.work()
    await desk.ask("POST", f"{where}/start")
    assert await desk.step() == 1
    stopped = await desk.ask("POST", f"/contact-jobs/{job['id']}/cancel")
    await desk.work()

    assert (stopped["state"], stopped["done_count"], stopped["total_count"]) == (
        "cancelled",
        1000,
        2500,
    )
    assert stopped["counts"]["written"] == 1000
    assert (await desk.ask("GET", "/contacts/count"))["count"] == 1000
    assert await rows(desk.api.conn, "SELECT FROM contact_job_parts") == []
    gone = await desk.api.ask("GET", f"{where}/report", key=desk.key)
    assert (gone.status_code, gone.json()["code"]) == (409, "file_gone")
    await desk.ask("POST", f"{where}/undo")
    assert (await desk.ask("GET", "/contacts/count"))["count"] == 0


async def test_files_and_what_undoing_takes_are_deleted_a_week_after_a_job_ended(desk: Desk):
    tag = await desk.ask("POST", "/tags", {"business_id": desk.business, "name": "VIP"})
    await desk.take_in(TABLE)
    await desk.exported()
    body = {"business_id": desk.business, "kind": "tag", "tag_ids": [tag["id"]]}
    await desk.ask("POST", "/contact-jobs", body)
    await desk.upload(TABLE)
    await desk.work()
    await desk.work(later=timedelta(days=6))
    for table, count in (("contact_job_parts", 3), ("contact_job_changes", 1)):
        assert len(await rows(desk.api.conn, f"SELECT FROM {table}")) == count, table
    await desk.work(later=timedelta(days=8))
    for table in ("contact_job_parts", "contact_job_changes"):
        assert await rows(desk.api.conn, f"SELECT FROM {table}") == [], table
    states = {each["state"] for each in (await desk.ask("GET", "/contact-jobs"))["data"]}
    assert states == {"done", "cancelled"}, "what was never started is over"


async def test_bad_rows_are_told_with_their_line_and_field_and_come_as_a_table_to_mend(desk: Desk):
    table = "Name,Mobile,Born\n\nAda,+15550100123,1990-02-30\n,,\nBen,12,\nBia,+15550100789,\n"
    job = (await desk.upload(table.encode())).json()
    assert job["total_count"] == 3, "empty lines are nobody"
    where = f"/contact-imports/{job['id']}"
    await desk.ask("PUT", f"{where}/mapping", {"columns": ["name", "phone", "birthday"]})
    await desk.work()

    told = (await desk.ask("GET", f"{where}/rows"))["data"]
    assert [(each["row"], each["why"]) for each in told] == [
        (3, "Column 3 (Born): Write the birthday as 1990-12-31."),
        (5, "Column 2 (Mobile): “phone” cannot be read."),
    ]
    report = (await desk.ask("GET", f"{where}/report?only=problems")).decode("utf-8-sig")
    first, *others = report.splitlines()
    assert (first, len(others)) == ("Row,What,Why,Name,Mobile,Born", 2)
    mended = report.replace(",12,", ",+15550100456,").replace("1990-02-30", "1990-02-28")
    again = {"columns": ["", "", "", "name", "phone", "birthday"]}
    assert (await desk.take_in(mended.encode(), again))["counts"] == {"new": 2}


@pytest.mark.parametrize("kind", ["tag", "untag", "archive"])
async def test_a_change_of_many_is_taken_back_for_those_it_changed_and_nobody_else(
    desk: Desk, kind: str
):
    tag = await desk.ask("POST", "/tags", {"business_id": desk.business, "name": "VIP"})
    people = [
        await desk.ask("POST", "/contacts", {"business_id": desk.business, "phone": phone})
        for phone in ("+15550100123", "+15550100456", "+15550100789")
    ]
    await desk.api.ask("PUT", f"/contacts/{people[0]['id']}/tags/{tag['id']}", key=desk.key)
    before = await desk.shown()
    body = {"business_id": desk.business, "kind": kind, "tag_ids": [tag["id"]]}
    job = await desk.ask("POST", "/contact-jobs", body)
    too_soon = await desk.api.ask("POST", f"/contact-jobs/{job['id']}/undo", key=desk.key)
    assert (too_soon.status_code, too_soon.json()["code"]) == (409, "job_not_done")
    await desk.work()
    changed = {"tag": 2, "untag": 1, "archive": 3}[kind]
    done = await desk.ask("GET", f"/contact-jobs/{job['id']}")
    assert done["counts"] == {"changed": changed}
    assert await desk.shown() != before

    undoing = await desk.ask("POST", f"/contact-jobs/{job['id']}/undo")
    assert (undoing["state"], undoing["total_count"]) == ("undoing", changed)
    await desk.work()
    undone = await desk.ask("GET", f"/contact-jobs/{job['id']}")
    assert (undone["state"], undone["done_count"]) == ("undone", changed)
    assert await desk.shown() == before


async def test_the_rows_of_an_import_are_sealed_anew_when_the_key_changes(desk: Desk):
    job = (await desk.upload(TABLE)).json()
    newer = KeyRing.parse(f"newer:{'C' * 42}A=,{KEYS}")
    assert (await reseal(desk.api.conn, newer)).value_count >= 1
    kept = await store.parts(desk.api.conn, Vault(newer, VAULT.index), UUID(job["id"]), 0, 10)
    assert [row[0] for row in kept[0][1].rows][:2] == ["Ada", "Ben"]
    [sealed] = await rows(desk.api.conn, "SELECT sealed FROM contact_job_parts")
    assert newer.is_current(bytes(sealed["sealed"]))


async def test_formulas_go_out_as_text_and_come_back_as_they_were(desk: Desk):
    person = {"business_id": desk.business, "phone": "+15550100123", "name": '=HYPERLINK("x")'}
    await desk.ask("POST", "/contacts", person)
    table = await desk.exported()
    assert b"'=HYPERLINK" in table
    mapping = {"columns": (await desk.upload(table)).json()["mapping"]}
    assert (await desk.take_in(table, mapping))["counts"] == {"same": 1}


@pytest.mark.promise("CON-07")
async def test_ten_thousand_people_are_tagged_in_one_job_that_says_how_far_it_is(desk: Desk):
    await desk.api.conn.execute(
        f"""INSERT INTO contacts (id, business_id, name, created_at)
            SELECT gen_random_uuid(), '{desk.business}', 'Person ' || n, now() - interval '1 day'
              FROM generate_series(1, 10000) AS n""".encode()
    )
    tag = await desk.ask("POST", "/tags", {"business_id": desk.business, "name": "VIP"})
    body = {"business_id": desk.business, "kind": "tag", "tag_ids": [tag["id"]]}
    job = await desk.ask("POST", "/contact-jobs", body)
    assert (job["state"], job["done_count"], job["total_count"]) == ("running", 0, 10_000)
    await desk.work()
    done = await desk.ask("GET", f"/contact-jobs/{job['id']}")
    assert (done["state"], done["done_count"]) == ("done", 10_000)
    assert (await desk.ask("GET", "/tags"))["data"][0]["contact_count"] == 10_000


async def test_what_is_no_table_is_refused_in_words(desk: Desk):
    for table, code in ((b"\x00\x01\x02" * 50, "table_unreadable"), (b"Name,Phone\n", "table_empty"),
                        (b"PK\x03\x04 not really", "table_unreadable")):  # fmt: skip
        answer = await desk.upload(table)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_workbook_is_read_like_any_table(desk: Desk):
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "Phone"], ["Ada", 15550100123], ["Ben", "+15550100456"]):
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    assert (await desk.take_in(packed.getvalue(), {"columns": ["name", "phone"]}))["counts"] == {
        "new": 2
    }
