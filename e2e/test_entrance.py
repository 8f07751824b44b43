"""Coming in: by a letter, by the company's own sign-in, and as the first one of all."""

import base64
import contextlib
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx2
import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect
from pyotp.totp import TOTP
from serai.kit import migrate
from serai.kit.embedded import Cluster
from tests.features.accounts.provider import CLIENT_ID, CLIENT_SECRET, FakeProvider
from tests.ports import free_port

from e2e.mail import Mail
from e2e.screens import DESK, HANDSET, Complaints, NewPage, look
from e2e.stack import Stack

LINK = re.compile(r"(http\S+/welcome/first-run#token=\S+)")
START_SECONDS = 60.0
PATIENT = 20_000


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def ask_for_letter(page: Page, email: str) -> str:
    """What the page answers."""
    page.get_by_role("link", name="Forgot it?").click()
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible(timeout=PATIENT)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send the link").click()
    return page.get_by_role("status").inner_text(timeout=PATIENT)


def choose(page: Page, link: str, password: str) -> None:
    page.goto(link)
    page.get_by_label("New password").fill(password)
    page.get_by_role("button", name="Keep it").click()


def test_who_forgot_their_password_gets_a_letter_and_chooses_a_new_one(
    new_page: NewPage, demo: Stack, mail: Mail, complaints: Complaints
) -> None:
    """The auditor's: nobody else signs in as them with the demo's password meanwhile."""
    email, new = demo.email("auditor"), "five quiet lanterns"
    elsewhere = new_page(DESK)
    elsewhere.goto(demo.serai)
    sign_in(elsewhere, email, demo.password)
    expect(elsewhere.get_by_role("heading", name="All conversations")).to_be_visible(
        timeout=PATIENT
    )
    page = new_page(HANDSET)
    page.goto(demo.serai)
    to_nobody = ask_for_letter(page, "nobody@demo.example")
    page.get_by_role("link", name="Go to sign in").click()
    assert ask_for_letter(page, email) == to_nobody

    link = mail.link(email, "A new password for")
    page.goto(f"{demo.mail}/")
    expect(page.get_by_role("heading", name="A new password for")).to_be_visible()
    look(page, "mail-390-light")
    choose(page, link, new)
    expect(page.get_by_role("heading", name="Your password is new")).to_be_visible(timeout=PATIENT)
    assert mail.count("nobody@demo.example") == 0
    elsewhere.reload()
    # "Again", if it was the reload that told the page.
    out = elsewhere.get_by_role("heading", name=re.compile("Sign in again|Welcome back"))
    expect(out).to_be_visible(timeout=PATIENT)
    page.get_by_role("link", name="Go to sign in").click()
    sign_in(page, email, new)
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_have_count(0, timeout=PATIENT)
    choose(page, link, "six quiet lanterns")
    expect(page.get_by_role("alert")).to_contain_text("was used or is too old", timeout=PATIENT)
    complaints[:] = [each for each in complaints if "status of 40" not in each]


class NewHouse(NamedTuple):
    """A Serai in which nobody has an account, and what it printed at its start."""

    address: str
    link: str


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    fake = FakeProvider()
    with fake.running():
        yield fake


@pytest.fixture
def new_house(demo: Stack, provider: FakeProvider, tmp_path: Path) -> Iterator[NewHouse]:
    """`serai serve` on an empty database beside the demo's, with a company's sign-in."""
    var = next(Path(each[6:]) for each in demo.arguments if each.startswith("--var="))
    cluster = Cluster(var / "postgres")
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute("CREATE DATABASE empty_house")
    migrate.apply(cluster.url("empty_house"))
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    port = free_port()
    told = {
        **os.environ,
        "SERAI_DATABASE_URL": cluster.url("empty_house"),
        "SERAI_KEYS": f"test:{key}",
        "SERAI_INDEX_KEY": key,
        "SERAI_PORT": str(port),
        "SERAI_PUBLIC_URL": f"http://localhost:{port}",
        "SERAI_OIDC_ISSUER": provider.issuer,
        "SERAI_OIDC_CLIENT_ID": CLIENT_ID,
        "SERAI_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "SERAI_OIDC_NAME": "Company",
    }
    log = tmp_path / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "serai.app.cli", "serve"], env=told, stdout=output, stderr=output
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while (found := LINK.search(log.read_text())) is None:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        await_answer(f"http://localhost:{port}/health/ready", deadline)
        yield NewHouse(f"http://localhost:{port}", found[1])
    finally:
        process.terminate()
        process.wait(START_SECONDS)
        with psycopg.connect(cluster.url(), autocommit=True) as conn:
            conn.execute("DROP DATABASE empty_house WITH (FORCE)")


def await_answer(url: str, deadline: float) -> None:
    while True:
        with contextlib.suppress(httpx2.TransportError):
            httpx2.get(url, timeout=5)
            return
        assert time.monotonic() < deadline, url
        time.sleep(0.1)


def become_owner(page: Page) -> None:
    """A password, and the second factor that owners need."""
    page.get_by_label("Company").fill("Company")
    page.get_by_label("Your name").fill("Ada Owner")
    page.get_by_label("E-mail address").fill("ada@company.example")
    page.get_by_label("Password", exact=True).fill("three brown teapots")
    page.get_by_role("button", name="Open the house").click()

    expect(page.get_by_role("heading", name="One more lock")).to_be_visible(timeout=PATIENT)
    look(page, "one-more-lock-1280-light")
    with page.expect_response("**/api/v1/account/authenticator") as offered:
        page.get_by_role("button", name="Authenticator app").click()
    page.get_by_label("Code from your app").fill(TOTP(offered.value.json()["secret"]).now())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("heading", name="One more lock")).to_have_count(0, timeout=PATIENT)


@pytest.mark.promise("SEC-02")
def test_the_first_one_of_all_comes_in_by_the_link_and_later_by_the_companys_own_sign_in(
    browser: Browser, new_house: NewHouse, provider: FakeProvider
) -> None:
    page = browser.new_context(
        viewport={"width": DESK.width, "height": DESK.height}, service_workers="block"
    ).new_page()
    page.set_default_timeout(PATIENT)
    page.goto(new_house.address)
    expect(page.get_by_role("heading", name="A new house")).to_be_visible(timeout=PATIENT)
    page.goto(new_house.link)
    become_owner(page)
    assert who(page, new_house) == "Ada Owner"

    page.context.clear_cookies()
    page.goto(f"{new_house.address}/settings/account")
    expect(page.get_by_role("heading", name="Sign in again")).to_be_visible(timeout=PATIENT)
    look(page, "sign-in-with-provider-1280-light")
    page.get_by_role("link", name="Sign in with Company").click()
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("alert")).to_have_text("The sign-in was not finished there.")
    look(page, "provider-refused-1280-light")

    page.get_by_role("link", name="Try again").click()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_label("Code from your app")).to_be_visible(timeout=PATIENT)

    provider.person["amr"] = ["pwd", "otp"]
    page.goto(f"{new_house.address}/settings/account")
    page.get_by_role("link", name="Sign in with Company").click()
    page.get_by_role("link", name="Go on").click()
    expect(page).to_have_url(f"{new_house.address}/settings/account", timeout=PATIENT)
    assert who(page, new_house) == "Ada Owner"
    page.context.close()


def who(page: Page, house: NewHouse) -> str:
    """Who is signed in, as the server says."""
    answer = page.request.get(f"{house.address}/api/v1/me")
    assert answer.ok, answer.text()
    return str(answer.json()["name"])
