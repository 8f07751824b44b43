"""Notifications, from the switch in the settings to the conversation that a press on one opens.

The way from the push service to the browser is the browser maker's; here the browser is handed what
a service of the test's own was given, by the developer protocol.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from e2e import chromium
from e2e.meta import INVESTMENT, Meta
from e2e.push import PushService
from e2e.screens import DESK, look
from e2e.stack import Stack

SLOW_MS = 20_000
SUBSCRIBES = """(given) => {
  let own = null
  const subscription = { ...given, toJSON: () => given }
  PushManager.prototype.subscribe = async () => (own = subscription)
  PushManager.prototype.getSubscription = async () => own
}"""
SHOWN = """navigator.serviceWorker.ready
  .then((worker) => worker.getNotifications())
  .then((all) => all.map(({ title, body, tag }) => ({ title, body, tag })))"""
PRESS = """async (tag) => {
  const [notification] = await self.registration.getNotifications({ tag })
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification }))
}"""


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as running:
        yield running


@pytest.fixture
def context(browser: Browser, demo: Stack) -> Iterator[BrowserContext]:
    """Where notifications may be shown."""
    whole = chromium.start(browser.browser_type, whole=True)
    made = whole.new_context(viewport={"width": DESK.width, "height": DESK.height}, locale="en-GB")
    made.grant_permissions(["notifications"], origin=demo.serai)
    yield made
    whole.close()


class Worker:
    """The service worker as the developer protocol reaches it."""

    def __init__(self, page: Page, origin: str) -> None:
        self._page, self._origin = page, origin
        self._chrome: Any = page.context.new_cdp_session(page)
        self._registrations: list[dict[str, Any]] = []

        def hear(told: dict[str, Any]) -> None:
            self._registrations.extend(told["registrations"])

        self._chrome.on("ServiceWorker.workerRegistrationUpdated", hear)
        self._chrome.send("ServiceWorker.enable")

    def push(self, data: str) -> None:
        for _ in range(400):
            if self._registrations:
                break
            self._page.wait_for_timeout(50)
        told = {"origin": self._origin, "data": data}
        id_ = self._registrations[-1]["registrationId"]
        self._chrome.send("ServiceWorker.deliverPushMessage", told | {"registrationId": id_})

    def installability(self) -> set[str]:
        """What keeps the browser from offering to install the page."""
        errors = self._chrome.send("Page.getInstallabilityErrors")["installabilityErrors"]
        return {error["errorId"] for error in errors}

    def shown(self, tag: str, title: str) -> dict[str, Any]:
        """The one notification with this tag, once it has that title."""
        for _ in range(200):
            found = [each for each in self._page.evaluate(SHOWN) if each["tag"] == tag]
            if [each["title"] for each in found] == [title]:
                return found[0]
            self._page.wait_for_timeout(100)
        raise AssertionError(self._page.evaluate(SHOWN))


@pytest.mark.promise("UIX-04")
def test_from_the_settings_to_one_notification_a_conversation_that_opens_it(
    meta: Meta, demo: Stack, context: BrowserContext, service: PushService
) -> None:
    page = context.new_page()
    page.add_init_script(f"({SUBSCRIBES})({json.dumps(service.subscription())})")
    page.goto(demo.at("/settings/notifications"))
    page.get_by_role("button", name="Notify me on this device").click(timeout=SLOW_MS)
    expect(page.get_by_text("This device", exact=True)).to_be_visible(timeout=SLOW_MS)
    look(page, "notifications-1280-light")
    worker = Worker(page, demo.serai)
    assert worker.installability() <= {"in-incognito"}

    page.get_by_role("button", name="Send a test").click()
    [test] = service.wait(1)
    worker.push(test)
    assert "reach this device" in worker.shown("test", "Serai")["body"]

    person = meta.person()
    meta.write(person, INVESTMENT, "Is anybody there?")
    [_, first] = service.wait(2)
    meta.write(person, INVESTMENT, "Hello?")
    [_, _, second] = service.wait(3)
    told = json.loads(second)
    worker.push(first)
    worker.push(second)
    shown = worker.shown(told["tag"], told["title"])
    assert person.name in shown["title"]

    context.service_workers[0].evaluate(PRESS, told["tag"])
    expect(page.get_by_role("article").filter(has_text="Hello?")).to_be_visible(timeout=SLOW_MS)
    assert page.url.endswith(told["path"])

    page.goto(f"{demo.serai}/settings/notifications")
    _quiet_hours_are_kept(page)
    page.get_by_role("button", name="Remove", exact=False).first.click()
    expect(page.get_by_role("button", name="Notify me on this device")).to_be_visible(
        timeout=SLOW_MS
    )


def _quiet_hours_are_kept(page: Page) -> None:
    quiet = page.get_by_role("switch", name="Have quiet hours")
    quiet.click(timeout=SLOW_MS)
    page.get_by_label("From").fill("21:30")
    expect(page.get_by_label("From")).to_have_value("21:30")
    page.reload()
    expect(quiet).to_be_checked(timeout=SLOW_MS)
    expect(page.get_by_label("From")).to_have_value("21:30")
    quiet.click()
    expect(page.get_by_label("From")).to_be_hidden()
