"""What people configure of a business, through the API."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest
from serai.app import packs
from serai.kit.db import Conn
from tests.app.calling import serving
from tests.given import a_business, rows

WEEK = [
    {"weekday": day, "opens": opens, "closes": closes}
    for day in range(5)
    for opens, closes in (("09:00", "12:00"), ("13:00", "18:00"))
]


@pytest.fixture
async def http(db_url: str, conn: Conn) -> AsyncIterator[httpx2.AsyncClient]:
    async with serving(db_url, conn) as api:
        api.http.headers["Authorization"] = f"Bearer {await api.key('admin')}"
        yield api.http


@pytest.fixture
async def cafe(conn: Conn) -> str:
    """The path of a business in Berlin."""
    business = await a_business(conn, sector="hospitality", time_zone="Europe/Berlin")
    return f"/api/v1/businesses/{business}"


def hours(*, exceptions: Any = (), weekly: Any = WEEK, **more: Any) -> dict[str, Any]:
    return {"weekly": weekly, "exceptions": list(exceptions), **more}


@pytest.mark.promise("HRS-05")
async def test_hours_come_back_as_they_were_set(http: httpx2.AsyncClient, cafe: str):
    christmas = {"on": "2026-12-25", "name": "Christmas", "opens": None, "closes": None}

    set_ = await http.put(f"{cafe}/hours", json=hours(exceptions=[christmas]))
    got = await http.get(f"{cafe}/hours")

    assert set_.status_code == 200
    assert got.json() == hours(exceptions=[christmas])


@pytest.mark.promise("HRS-05")
async def test_every_overlap_is_refused_with_its_day_and_its_pair(
    http: httpx2.AsyncClient, cafe: str
):
    twice = [*WEEK, {"weekday": 0, "opens": "11:00", "closes": "14:00"}]
    day = {"on": "2026-12-24", "name": "Christmas Eve", "opens": "09:00", "closes": "12:00"}
    later = {**day, "opens": "11:30", "closes": "13:00"}

    refused = await http.put(f"{cafe}/hours", json=hours(weekly=twice, exceptions=[day, later]))

    assert refused.status_code == 422
    assert refused.json()["code"] == "hours_invalid"
    assert refused.json()["field"] == "weekly[10].opens"
    assert "On Monday, 11:00–14:00 overlaps with 09:00–12:00" in refused.json()["detail"]
    assert "On 24 December 2026, 11:30–13:00 overlaps with 09:00–12:00" in refused.text
    assert (await http.get(f"{cafe}/hours")).json() == hours(weekly=[])


async def test_a_preview_shows_two_weeks_of_hours_that_nobody_saved(
    http: httpx2.AsyncClient, cafe: str
):
    eve = {"on": "2026-10-24", "name": "Fair", "opens": "20:00", "closes": "24:00"}
    trial = hours(exceptions=[eve], away="Back {next_opening}.", first_on="2026-10-23")

    seen = (await http.post(f"{cafe}/hours/preview", json=trial)).json()

    friday, saturday, sunday = seen["days"][:3]
    assert len(seen["days"]) == 14
    assert [(each["opens"], each["closes"]) for each in friday["openings"]] == [
        (540, 720),
        (780, 1080),
    ]
    assert (saturday["names"], saturday["openings"][0]["closes"]) == (["Fair"], 1440)
    assert sunday["clock_change"] == {"minutes": -60, "at": "2026-10-25T01:00:00Z"}
    assert sunday["openings"] == []
    assert seen["away"]["text"].startswith("Back ")
    assert "{" not in seen["away"]["text"]
    assert (await http.get(f"{cafe}/hours")).json() == hours(weekly=[])


async def test_a_text_may_be_changed_and_taken_back_and_the_rest_stays(
    http: httpx2.AsyncClient, cafe: str
):
    said = {"welcome": "Hello!", "away": "Back {next_opening}."}
    await http.patch(cafe, json=said)

    changed = (await http.patch(cafe, json={"welcome": None, "name": "Cafe two"})).json()

    assert (changed["name"], changed["welcome"]) == ("Cafe two", None)
    assert changed["away"] == said["away"]
    assert changed["time_zone"] == "Europe/Berlin"


async def test_a_variable_that_nobody_fills_is_refused_where_it_stands(
    http: httpx2.AsyncClient, cafe: str
):
    refused = await http.patch(cafe, json={"away": "Back {opening}.", "welcome": "Hello"})

    assert refused.status_code == 422
    assert refused.json()["field"] == "away"
    assert "{next_opening}" in refused.json()["detail"]


async def test_the_profile_comes_back_as_it_was_set(http: httpx2.AsyncClient, cafe: str):
    profile = {
        "address": "1 Beach Road",
        "website": "https://cafe.example",
        "email": "hello@cafe.example",
        "phone": "+971 4 555 0100",
        "languages": ["ar", "en"],
    }

    before = (await http.get(f"{cafe}/profile")).json()
    await http.put(f"{cafe}/profile", json=profile)

    assert before["languages"] == []
    assert (await http.get(f"{cafe}/profile")).json() == profile
    bad = await http.put(f"{cafe}/profile", json=profile | {"email": "nobody"})
    assert bad.status_code == 422


async def test_a_pack_says_what_it_would_change_and_after_it_is_in_nothing(
    http: httpx2.AsyncClient, conn: Conn, cafe: str
):
    pack = packs.find("hawana-cafe")

    before = (await http.get(f"{cafe}/packs/{pack.key}")).json()
    unchanged = (await http.get(f"{cafe}/hours")).json()
    after = (await http.put(f"{cafe}/packs/{pack.key}")).json()

    assert {each["part"] for each in before["differences"]} == {
        "text",
        "hours",
        "exception",
        "rule",
        "template",
        "reply",
    }
    assert unchanged == hours(weekly=[])
    assert (after["installed_version"], after["differences"]) == (pack.version, [])
    business = UUID(cafe.rsplit("/", 1)[1])
    [kept] = await rows(conn, f"SELECT count(*) AS n FROM rules WHERE business_id = '{business}'")
    assert kept["n"] == len(pack.rules)


async def test_a_pack_of_another_sector_is_refused(http: httpx2.AsyncClient, cafe: str):
    refused = await http.put(f"{cafe}/packs/school-catering")

    assert refused.status_code == 409
    assert refused.json()["code"] == "pack_of_another_sector"
