"""An installation under load for a while: what it promises is kept, and told as it was.

A few seconds here; `./run test --soak 60` takes an hour, and leaves its report in `bench/results/load.md`.
"""

import asyncio
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from serai.app.watching.reckoning import reckon
from serai.kit.db import ENGINE, pool
from tests.app.measured import Read
from tests.stories.conftest import SCHOOL, Stack, standing, until
from tests.stories.load_report import Report, estimated, percentiles, write

MINUTES = float(os.environ.get("SERAI_SOAK_MINUTES", "0"))
SECONDS = MINUTES * 60 or 5.0
A_SECOND = 10
"""Messages; 36,000 an hour."""
PEOPLE = [f"1212556{n:04d}" for n in range(40)]
TOKEN = "a-token-for-the-figures"
ROOT = Path(__file__).parents[3]
REPORT = ROOT / ("bench/results/load" if MINUTES else "var/load")
ANSWERS = """
    SELECT incoming.meta_id AS id, answers.id::text AS answer
      FROM messages AS incoming
      JOIN events ON events.message_id = incoming.id AND events.kind = 'MessageReceived'
      JOIN messages AS answers ON split_part(answers.cause, ' ', 1) = events.key
           AND answers.direction = 'out'
     WHERE incoming.direction = 'in'
"""
NAMES = ("up", "answers", "errors", "delivery")


def load(stack: Stack, seconds: float) -> dict[str, float]:
    """People write and a colleague looks at pages; returns when each message was written, by its id."""
    began, count = time.monotonic(), 0
    written: dict[str, float] = {}
    while time.monotonic() - began < seconds:
        at = time.time()
        written[stack.write(PEOPLE[count % len(PEOPLE)], SCHOOL, "menu")] = at
        count += 1
        if count % A_SECOND == 0:
            for path in ("/conversations", "/contacts", "/channels"):
                assert stack.ask("GET", path).status_code == 200
        time.sleep(max(0.0, began + count / A_SECOND - time.monotonic()))
    return written


def reported(stack: Stack, written: dict[str, float], seconds: float) -> Report:
    """How long each of these messages waited for its answer, and webhooks for their 200."""
    ahead = _moment(stack.tell("GET", "/clock")["now"]) - time.time()
    taken = {
        send["biz_opaque_callback_data"]: _moment(send["at"]) - ahead
        for send in stack.tell("GET", "/sends")["sends"]
    }
    answered = {row["id"]: taken[row["answer"]] for row in stack.rows(ANSWERS)}
    waits = [answered[id_] - at for id_, at in written.items() if id_ in answered]
    headers = {"Authorization": f"Bearer {TOKEN}"}
    page = Read(stack.http.get(f"http://127.0.0.1:{stack.port}/metrics", headers=headers).text)
    buckets = {
        float(dict(labels)["le"]): value
        for (name, labels), value in page.samples.items()
        if name == "serai_door_seconds_bucket"
    }
    statuses = {
        dict(labels)["status"]: int(value)
        for (name, labels), value in page.samples.items()
        if name == "serai_door_requests_total"
    }
    kept = statuses.pop("200")
    return Report(
        seconds=seconds,
        messages=len(written),
        answers=len(waits),
        answer_ms=percentiles(waits),
        webhooks=kept,
        webhook_ms=estimated(buckets),
        failures=sum(statuses.values()),
    )


def counted(stack: Stack) -> dict[str, Any]:
    """The figures, counted now."""

    async def count() -> None:
        async with pool(stack.url, ENGINE, 1) as engine:
            await engine.open()
            while await reckon(engine, lambda: datetime.now(UTC)):
                pass

    stack.execute("UPDATE chores SET due_at = now() WHERE name LIKE 'service%'")
    asyncio.run(count())
    return stack.ask("GET", "/reports/service-levels").json()


@pytest.mark.promise("OPS-08")
@pytest.mark.promise("TST-12")
def test_under_load_every_promise_is_kept_and_the_figures_are_those_of_what_happened(db_url: str):
    with standing(db_url, SERAI_METRICS_TOKEN=TOKEN) as stack:
        stack.worker()
        for person in PEOPLE:
            stack.tell("POST", "/people", {"phone": person, "name": f"Guest {person[-2:]}"})
        stack.write(PEOPLE[0], SCHOOL, "menu")  # all that is done once is done
        until(lambda: delivered(stack) == 1)

        count, told = 1, {}
        written: dict[str, float] = {}
        for _ in range(
            1 if MINUTES else 3
        ):  # a machine may be busy for a moment, an hour may not be bad
            began = time.monotonic()
            written = load(stack, SECONDS)
            took = time.monotonic() - began
            count += len(written)
            until(lambda: delivered(stack) == count)  # noqa: B023 — asked at once
            write(reported(stack, written, took), REPORT)
            told = counted(stack)
            if told["answers"]["is_kept"]:
                break

        _ensure_whole(json.loads(REPORT.with_suffix(".json").read_text()), len(written))
        assert told["answers"]["count"] == count
        assert (told["delivery"]["count"], told["delivery"]["part_count"]) == (count, count)
        assert told["answers"]["is_kept"], told["answers"]
        stack.stop("server")  # says its last word
        stack.serve()
        told = counted(stack)
        assert told["errors"]["count"] >= count
        assert told["errors"]["part_count"] == 0
        if MINUTES:
            print({name: (told[name]["share"], told[name]["count"]) for name in NAMES})  # noqa: T201
            assert told["up"]["is_kept"], told["up"]
        assert {row["n"] for row in stack.rows("SELECT count(*) AS n FROM sends")} == {count}


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _ensure_whole(report: dict[str, Any], written: int) -> None:
    """Of every message, its answer and its webhooks; how long they took depends on the machine."""
    assert (report["messages"], report["answers"], report["failures"]) == (written, written, 0)
    assert report["webhooks"] >= 3 * written, "read comes last, and may be on its way"
    for name in ("answer_ms", "webhook_ms"):
        assert 0 < report[name]["p50"] <= report[name]["p95"] <= report[name]["p99"]


def test_percentiles_are_those_counted_by_hand():
    assert percentiles([n / 1000 for n in range(1, 101)]) == {
        "p50": 51.0,
        "p95": 96.0,
        "p99": 100.0,
    }
    buckets = {0.01: 50.0, 0.02: 90.0, 0.04: 100.0, float("inf"): 100.0}
    assert estimated(buckets) == {"p50": 10.0, "p95": 30.0, "p99": 38.0}


def delivered(stack: Stack) -> int:
    sql = "SELECT count(DISTINCT message_id) AS n FROM message_events WHERE kind = 'delivered'"
    return stack.rows(sql)[0]["n"]
