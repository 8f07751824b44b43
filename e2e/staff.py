"""Somebody new of the team, in a browser that knows nobody yet."""

from typing import NamedTuple
from uuid import uuid4

from playwright.sync_api import Page, expect
from pyotp.totp import TOTP

from e2e.stack import Stack

PASSWORD = "three brown teapots"


class Colleague(NamedTuple):
    name: str
    email: str


def hire(demo: Stack, role: str) -> Colleague:
    """Ask somebody in and have them come, so that no test changes the demo's own people."""
    name = f"Sam {uuid4().hex[:6]}"
    email = f"{name.replace(' ', '.').lower()}@demo.example"
    with demo.people("/api/v1") as http:
        owner = {"email": demo.email("owner"), "password": demo.password}
        http.post("/session", json=owner).raise_for_status()
        wanted = {"email": email, "memberships": [{"business_id": None, "role": role}]}
        token = http.post("/invitations", json=wanted).raise_for_status().json()["token"]
        http.cookies.clear()
        told = {"token": token, "name": name, "password": PASSWORD}
        http.post("/invitation/accept", json=told).raise_for_status()
    return Colleague(name, email)


def sign_in(page: Page, demo: Stack, email: str, password: str = PASSWORD) -> None:
    """By the page at the door, up to the second factor if there is one."""
    page.goto(f"{demo.serai}/settings/account")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def set_up_app(page: Page) -> tuple[str, list[str]]:
    """Through the three steps, as an authenticator app would; returns the code used, and those kept."""
    page.get_by_text("The app cannot scan?").click()
    secret = page.locator("details code").inner_text().replace(" ", "")
    code = TOTP(secret).now()
    page.get_by_label("Code from your app").fill(code)
    page.get_by_role("button", name="Go on").click()
    kept = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(kept).to_have_count(10)
    codes = kept.all_inner_texts()
    page.get_by_role("button", name="I have kept them").click()
    return code, codes
