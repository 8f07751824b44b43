"""How quick the inbox is on a slow telephone, with 10,000 conversations behind it."""

import asyncio
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright
from serai.app import webbuild
from serai.app.demo import people
from serai.app.demo.processes import Child, python, wait_for
from serai.app.demo.seed import seed
from serai.core.permissions import Role
from serai.kit import migrate
from serai.kit.embedded import Cluster

from bench.crowd import gather
from bench.world import VAULT, environment, free_port
from e2e import chromium

PASSWORD = "bench-of-the-inbox"
CPU = 4
"""Times slower than this machine."""
DOWN, UP, RTT_MS = 1_600_000 / 8, 750_000 / 8, 150
"""Bytes a second: the "slow 4G" of Lighthouse."""
TELEPHONE: Any = {"width": 390, "height": 844}
LIMITS = {"usable": 2000.0, "interaction": 100.0, "shell": 150.0}
STEPS = 40
"""Screens that are scrolled through: over 1,000 rows."""

LISTEN = """;
window.longest = []
new PerformanceObserver((list) => longest.push(...list.getEntries().map((e) => [e.name, e.duration])))
  .observe({ type: 'event', durationThreshold: 16, buffered: true })
window.tasks = []
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => e.duration)))
  .observe({ type: 'longtask', buffered: true })
"""
USABLE = """
(() => {
  const row = document.querySelector('[data-conversation]')
  const box = document.querySelector('input[type=search], [role=searchbox], input')
  if (!row || !box || box.disabled) return null
  return performance.now()
})()
"""


def once() -> list[dict[str, object]]:
    webbuild.build()
    with _serving() as address, sync_playwright() as playwright:
        found = chromium.find()
        browser = playwright.chromium.launch(
            executable_path=found.path, env={**found.env}, args=["--no-sandbox"]
        )
        rows = _measure(browser, address)
        browser.close()
    return rows


@contextmanager
def _serving() -> Generator[str]:
    """The pages and the API over a crowd; no worker and no Meta, for nothing comes in."""
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    cluster = Cluster(folder / "data").start()
    server: Child | None = None
    try:
        migrate.apply(cluster.url())
        asyncio.run(seed(cluster.url(), VAULT))
        asyncio.run(people.settle(cluster.url(), VAULT, PASSWORD))
        began = time.monotonic()
        gather(cluster.url())
        print(f"  crowd            gathered ({time.monotonic() - began:.1f} s)", flush=True)
        port = free_port()
        env = environment(cluster.url(), port)
        server = Child("server", python("serai.app.cli", "serve"), env, folder / "server.log")
        wait_for(server, f"http://127.0.0.1:{port}/health/ready")
        yield f"http://localhost:{port}"
    finally:
        if server is not None:
            server.stop()
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _measure(browser: Browser, address: str) -> list[dict[str, object]]:
    cold, sent, context = _open(_signed_in(browser, address), address)
    page = context.pages[0]
    page.wait_for_function("navigator.serviceWorker?.controller !== undefined", timeout=60_000)
    page.wait_for_timeout(3000)
    warm, _, _ = _open(context, address)
    page = context.pages[-1]
    delays = _interactions(page)
    tasks = [float(each) for each in page.evaluate("tasks")]
    context.close()
    shell = sent["shell"] / 1024
    return [
        _row("usable, nothing kept (ms)", cold, LIMITS["usable"]),
        _row("usable, kept by the browser (ms)", warm, LIMITS["usable"]),
        _row("shell, sent (KB)", shell, LIMITS["shell"]),
        _row("all that the first view sent (KB)", sent["all"] / 1024, None),
        *(
            _row(f"{name}, p98 (ms)", value, LIMITS["interaction"])
            for name, value in delays.items()
        ),
        _row("longest task while scrolling (ms)", max(tasks, default=0.0), None),
    ]


def _row(what: str, value: float, limit: float | None) -> dict[str, object]:
    """A figure beside its limit."""
    return {"what": what, "measured": round(value, 1), "limit": limit if limit is not None else "–"}


def _signed_in(browser: Browser, address: str) -> BrowserContext:
    """A telephone that keeps nothing yet but who is signed in."""
    context = browser.new_context(
        viewport=TELEPHONE, has_touch=True, is_mobile=True, bypass_csp=True
    )
    given = {"email": people.email_of(Role.OWNER), "password": PASSWORD}
    own = {"Origin": address}
    answer = context.request.post(f"{address}/api/v1/session", data=given, headers=own)
    assert answer.ok, answer.text()
    context.add_init_script("localStorage.setItem('serai.signed-in', 'yes')" + LISTEN)
    return context


def _open(context: BrowserContext, address: str) -> tuple[float, dict[str, float], BrowserContext]:
    """Milliseconds until the list is there and can be searched; bytes sent; where it is open."""
    named = re.findall(r'"(/assets/[^"]+\.(?:js|css))"', context.request.get(address).text())
    page = context.new_page()
    sent = _slow(context.new_cdp_session(page), {f"{address}{name}" for name in named})
    page.goto(f"{address}/inbox", wait_until="commit")
    usable = page.wait_for_function(USABLE, polling=25, timeout=60_000).json_value()
    return float(usable), sent, context


def _slow(session: CDPSession, named: set[str]) -> dict[str, float]:
    """Slow the page down; returns what is sent to it, counted as it comes."""
    sent = {"all": 0.0, "shell": 0.0}
    shell: set[str] = set()

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"] in named:
            shell.add(event["requestId"])

    def came(event: dict[str, Any]) -> None:
        sent["all"] += event["encodedDataLength"]
        if event["requestId"] in shell:
            sent["shell"] += event["encodedDataLength"]

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", came)
    send = cast("Callable[[str, dict[str, object]], object]", session.send)
    send("Network.enable", {})
    send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": RTT_MS, "downloadThroughput": DOWN, "uploadThroughput": UP},
    )
    return sent


def _interactions(page: Page) -> dict[str, float]:
    """From the press to the next frame; what waits for the network counts until it says so."""
    rows = page.locator("[data-conversation]")
    openings = [_press(page, lambda n=n: rows.nth(n).click(), back=True) for n in range(5)]
    page.evaluate("tasks.length = 0")
    scrolls = [_scroll(page) for _ in range(STEPS)]
    return {"open a conversation": _high(openings), "scroll 1,000 rows": _high(scrolls)}


def _press(page: Page, press: Callable[[], None], *, back: bool) -> float:
    page.evaluate("longest.length = 0")
    press()
    page.wait_for_timeout(700)
    slowest = max((float(each[1]) for each in page.evaluate("longest")), default=0.0)
    if back:
        page.go_back()
        page.wait_for_timeout(500)
    return slowest


def _scroll(page: Page) -> float:
    """One screen further down; milliseconds until it is drawn."""
    return float(
        page.evaluate(
            """() => new Promise((done) => {
              const list = document.querySelector('[data-conversation]').closest('.overflow-y-auto')
              const began = performance.now()
              list.scrollBy(0, list.clientHeight * 2)
              requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
            })"""
        )
    )


def _high(values: list[float]) -> float:
    return (
        statistics.quantiles(values, n=50, method="inclusive")[-1] if len(values) > 1 else values[0]
    )
