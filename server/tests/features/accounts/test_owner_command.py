"""`serai owner add`, as whoever runs the server types it."""

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.features.accounts.house import INDEX_KEY, KEYS, PASSWORD, House
from tests.stories import nursery

LINK = re.compile(r"/welcome/(\w+)#token=(\S+)")


def owner_add(house: House, *arguments: str) -> "subprocess.CompletedProcess[str]":
    told: Mapping[str, str] = {
        **os.environ,
        "SERAI_DATABASE_URL": house.url,
        "SERAI_KEYS": KEYS,
        "SERAI_INDEX_KEY": INDEX_KEY,
    }
    with tempfile.TemporaryDirectory() as folder:
        return nursery.run(["serai", "owner", "add", *arguments], told, Path(folder))


def link_in(said: str) -> tuple[str, str]:
    """The page, and the secret."""
    found = LINK.search(said)
    assert found is not None, said
    return found[1], found[2]


def test_a_new_owner_comes_in_by_the_link_that_it_prints(house: House):
    house.owner()

    page, token = link_in(owner_add(house, "zoe@company.example").stdout)

    browser = house.browser()
    accepted = browser.post("/invitation/accept", token=token, name="Zoe", password=PASSWORD)
    assert (page, accepted.status_code) == ("invitation", 200)
    assert "company:write" in browser.get("/me")["company"]
    [entry] = house.rows("SELECT actor FROM audit_entries WHERE action = 'command.owner'")
    assert entry["actor"].startswith("serai owner")


def test_an_owner_who_lost_password_and_device_comes_in_again(house: House):
    before = house.owner()
    house.with_app(before)
    house.execute("UPDATE users SET disabled_at = now()")
    house.execute("UPDATE memberships SET role = 'agent'")

    said = owner_add(house, "Ada@Company.example", "--forget-second-factor").stdout

    page, token = link_in(said)
    assert page == "reset"
    browser = house.browser()
    new = "four green kettles"
    assert browser.post("/password/reset", token=token, password=new).status_code == 204
    assert browser.post("/password/reset", token=token, password=new).status_code == 404
    assert browser.sign_in("ada@company.example", new).json()["next"] == "done"
    assert "company:write" in browser.get("/me")["company"]
    assert not before.is_in


def test_an_address_that_is_none_and_a_company_that_is_none_are_refused(house: House):
    house.owner()

    assert owner_add(house, "zoe").returncode == 2
    refused = owner_add(house, "zoe@company.example", "--organization", "Another")
    assert (refused.returncode, refused.stdout[:28]) == (1, "Name the company with --orga")
