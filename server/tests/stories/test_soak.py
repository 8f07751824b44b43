"""An installation under load for a while: what it promises is kept, and told as it was.

A few seconds here; `./run test --soak 60` takes an hour.
"""

import asyncio
import os
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from serai.app.watching.reckoning import reckon
from serai.kit.db import ENGINE, pool
from tests.stories.conftest import SCHOOL, Stack, until

MINUTES = float(os.environ.get("SERAI_SOAK_MINUTES", "0"))
SECONDS = MINUTES * 60 or 5.0
A_SECOND = 10
"""Messages; 36,000 an hour."""
PEOPLE = [f"1212556{n:04d}" for n in range(40)]
NAMES = ("up", "answers", "errors", "delivery")


def load(stack: Stack, seconds: float) -> int:
    """People write and a colleague looks at pages; returns how many messages."""
    began, count = time.monotonic(), 0
    while time.monotonic() - began < seconds:
        stack.write(PEOPLE[count % len(PEOPLE)], SCHOOL, "menu")
        count += 1
        if count % A_SECOND == 0:
            for path in ("/conversations", "/contacts", "/channels"):
                assert stack.ask("GET", path).status_code == 200
        time.sleep(max(0.0, began + count / A_SECOND - time.monotonic()))
    return count


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
def test_under_load_every_promise_is_kept_and_the_figures_are_those_of_what_happened(stack: Stack):
    stack.worker()
    for person in PEOPLE:
        stack.tell("POST", "/people", {"phone": person, "name": f"Guest {person[-2:]}"})
    stack.write(PEOPLE[0], SCHOOL, "menu")  # all that is done once is done
    until(lambda: delivered(stack) == 1)

    written, told = 1, {}
    for _ in range(
        1 if MINUTES else 3
    ):  # a machine may be busy for a moment, an hour may not be bad
        written += load(stack, SECONDS)
        until(lambda: delivered(stack) == written)  # noqa: B023 — asked at once
        told = counted(stack)
        if told["answers"]["is_kept"]:
            break

    assert told["answers"]["count"] == written
    assert (told["delivery"]["count"], told["delivery"]["part_count"]) == (written, written)
    assert told["answers"]["is_kept"], told["answers"]
    stack.stop("server")  # says its last word
    stack.serve()
    told = counted(stack)
    assert told["errors"]["count"] >= written
    assert told["errors"]["part_count"] == 0
    if MINUTES:
        print({name: (told[name]["share"], told[name]["count"]) for name in NAMES})  # noqa: T201
        assert told["up"]["is_kept"], told["up"]
    assert {row["n"] for row in stack.rows("SELECT count(*) AS n FROM sends")} == {written}


def delivered(stack: Stack) -> int:
    sql = "SELECT count(DISTINCT message_id) AS n FROM message_events WHERE kind = 'delivered'"
    return stack.rows(sql)[0]["n"]
