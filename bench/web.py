"""How quick the inbox is on a slow telephone, with 10,000 conversations behind it."""

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright
from serai.app import webbuild
from serai.app.demo import people
from serai.app.demo.processes import Child, python, wait_for
from serai.app.demo.seed import seed
from serai.core.permissions import Role
from serai.kit import migrate
from serai.kit.embedded import Cluster

from bench.crowd import gather
from bench.telephone import LISTEN, TELEPHONE, Opened, Took
from bench.world import VAULT, environment, free_port
from e2e import chromium

PASSWORD = "bench-of-the-inbox"
LIMITS = {"usable": 2000.0, "interaction": 100.0, "shell": 150.0}
OPENINGS = 8
QUEUES = ("Unassigned", "Mine", "Open", "Unassigned", "Open")
WORDS = "As soon as it is there"
ROWS = 1_000
"""That are scrolled through."""
REST_MS = 5_000
"""In which a page fetches what it will need, writes what it keeps, and has nothing to do any more."""

SCROLL = """async () => {
  const list = document.querySelector('[data-conversation]').closest('.overflow-y-auto')
  const step = list.clientHeight
  const until = performance.now() + 10_000
  while (list.scrollTop + 3 * step > list.scrollHeight && performance.now() < until)
    await new Promise((again) => setTimeout(again, 50))
  const began = performance.now()
  list.scrollBy(0, step)
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  const rows = document.querySelectorAll('[aria-posinset]')
  return [performance.now() - began, Number(rows[rows.length - 1].getAttribute('aria-posinset'))]
}"""


def once() -> list[dict[str, object]]:
    webbuild.build()
    found = chromium.find()
    with (
        _serving() as address,
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory(prefix="serai-bench-") as folder,
    ):
        telephone = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=found.path,
            env={**found.env},
            args=["--no-sandbox"],
            viewport=TELEPHONE,
            has_touch=True,
            is_mobile=True,
            bypass_csp=True,
        )
        rows = _measure(telephone, address)
        telephone.close()
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


def _measure(telephone: BrowserContext, address: str) -> list[dict[str, object]]:
    _sign_in(telephone, address)
    cold = Opened(telephone, address)
    first = cold.wait_usable()
    cold.page.wait_for_function("navigator.serviceWorker?.controller != null", timeout=120_000)
    cold.page.wait_for_timeout(REST_MS)
    cold.page.close()
    warm = Opened(telephone, address)
    again = warm.wait_usable()
    warm.page.wait_for_timeout(REST_MS)
    pressed, drawn = _openings(warm)
    return [
        _row("usable, nothing kept (ms)", first, LIMITS["usable"]),
        _row("usable, kept by the browser (ms)", again, LIMITS["usable"]),
        _row("open a conversation, p98 (ms)", _high(pressed), LIMITS["interaction"]),
        _row("  the first of a visit (ms)", pressed[0], None),
        _row("  later ones, median (ms)", _middle(pressed[1:]), None),
        _row("the conversation is drawn, p98 (ms)", _high(drawn), None),
        _row("type in a reply, p98 (ms)", _high(_letters(warm)), LIMITS["interaction"]),
        _row("switch to another queue, p98 (ms)", _high(_queues(warm)), LIMITS["interaction"]),
        _row("scroll 1,000 rows, p98 (ms)", _high(_scrolls(warm)), LIMITS["interaction"]),
        _row("shell, sent (KB)", cold.sent["shell"] / 1024, LIMITS["shell"]),
        _row("all that the first view sent (KB)", cold.sent_when_usable / 1024, None),
    ]


def _row(what: str, took: Took | float, limit: float | None) -> dict[str, object]:
    """A figure beside its limit."""
    is_time = isinstance(took, Took)
    return {
        "what": what,
        "measured": round(took.ms if is_time else took, 1),
        "processor, not slowed down (ms)": round(took.processor_ms, 1) if is_time else "–",
        "limit": limit if limit is not None else "–",
    }


def _sign_in(telephone: BrowserContext, address: str) -> None:
    """It keeps nothing yet, but somebody is signed in."""
    given = {"email": people.email_of(Role.OWNER), "password": PASSWORD}
    own = {"Origin": address}
    answer = telephone.request.post(f"{address}/api/v1/session", data=given, headers=own)
    assert answer.ok, answer.text()
    telephone.add_init_script("localStorage.setItem('serai.signed-in', 'yes')" + LISTEN)


def _openings(inbox: Opened) -> tuple[list[Took], list[Took]]:
    """Until the press is answered, and until the conversation itself is there."""
    page = inbox.page
    pressed: list[Took] = []
    drawn: list[Took] = []
    for n in range(OPENINGS):
        row = page.locator("[data-conversation]").nth(n)
        which = f"[data-opened='{row.get_attribute('data-conversation')}']"
        before = inbox.processor_ms()
        pressed.append(inbox.took(row.click))
        there = f'document.querySelector("{which}") && performance.now() - pressedAt'
        ms = page.wait_for_function(there, polling="raf", timeout=30_000).json_value()
        drawn.append(Took(float(ms), inbox.processor_ms() - before))
        if n < OPENINGS - 1:
            page.go_back()
            page.wait_for_timeout(500)
    return pressed, drawn


def _letters(inbox: Opened) -> list[Took]:
    box = inbox.page.locator("[data-opened] textarea")
    box.click()
    inbox.page.wait_for_timeout(500)
    took = [
        inbox.took(lambda key=key: inbox.page.keyboard.press(key)) for key in WORDS if key.isalpha()
    ]
    inbox.page.go_back()
    inbox.page.wait_for_timeout(1000)
    return took


def _queues(inbox: Opened) -> list[Took]:
    """Those that were never looked at show that they are on their way."""
    strip = inbox.page.get_by_role("navigation", name="Status")
    took: list[Took] = []
    for name in QUEUES:
        took.append(inbox.took(strip.get_by_role("link", name=name).click))
        inbox.page.wait_for_timeout(700)
    return took


def _scrolls(inbox: Opened) -> list[Took]:
    """A screen after the other; that a page of rows comes over the line is not counted."""
    inbox.page.locator("[data-conversation]").first.wait_for()
    took: list[Took] = []
    last = 0
    while last < ROWS and len(took) < ROWS:
        before = inbox.processor_ms()
        ms, last = inbox.page.evaluate(SCROLL)
        took.append(Took(float(ms), inbox.processor_ms() - before))
    return took


def _middle(values: list[Took]) -> Took:
    return Took(
        statistics.median(value.ms for value in values),
        statistics.median(value.processor_ms for value in values),
    )


def _high(values: list[Took]) -> Took:
    """The slowest but one in fifty, and what one takes of the processor in the middle."""
    ms = [value.ms for value in values]
    high = statistics.quantiles(ms, n=50, method="inclusive")[-1] if len(ms) > 1 else ms[0]
    return Took(high, statistics.median(value.processor_ms for value in values))
