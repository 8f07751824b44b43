"""A slow telephone with the inbox open, and what it takes until something can be seen there."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple, cast

from playwright.sync_api import BrowserContext, CDPSession, Page

CPU = 4
"""Times slower than this machine."""
DOWN, UP, RTT_MS = 1_600_000 / 8, 750_000 / 8, 150
"""Bytes a second: the "slow 4G" of Lighthouse."""
TELEPHONE: Any = {"width": 390, "height": 844}
LISTEN = """;
window.longest = []
new PerformanceObserver((list) => longest.push(...list.getEntries().map((e) => e.duration)))
  .observe({ type: 'event', durationThreshold: 16, buffered: true })
addEventListener('click', ({ timeStamp }) => (window.pressedAt = timeStamp), true)
// Keys that DevTools press are in no entry.
addEventListener('keydown', ({ timeStamp }) => {
  requestAnimationFrame(() => setTimeout(() => longest.push(performance.now() - timeStamp)))
}, true)
"""
USABLE = """
(() => {
  const row = document.querySelector('[data-conversation]')
  const box = document.querySelector('input[type=search], [role=searchbox], input')
  if (!row || !box || box.disabled) return null
  return performance.now()
})()
"""
FRAMES = """new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"""


class Took(NamedTuple):
    """Milliseconds: until it could be seen, and of the processor as if it were not slowed down."""

    ms: float
    processor_ms: float


class Opened:
    """The inbox on its way into a slow telephone; `sent` counts the bytes as they come."""

    def __init__(self, telephone: BrowserContext, address: str) -> None:
        shell = re.findall(r'"(/assets/[^"]+\.(?:js|css))"', telephone.request.get(address).text())
        self.page: Page = telephone.new_page()
        self.session: CDPSession = telephone.new_cdp_session(self.page)
        self.sent = {"all": 0.0, "shell": 0.0}
        self.sent_when_usable = 0.0
        self._count({f"{address}{name}" for name in shell})
        self._slow_down()
        self.page.goto(f"{address}/inbox", wait_until="commit")

    def wait_usable(self) -> Took:
        """Until the list is there and can be searched."""
        ms = self.page.wait_for_function(USABLE, polling=25, timeout=60_000).json_value()
        self.sent_when_usable = self.sent["all"]
        return Took(float(ms), self.processor_ms())

    def processor_ms(self) -> float:
        """Of the page's thread since it began, as if it were not slowed down."""
        metrics = self._send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration") * 1000 / CPU

    def took(self, act: Callable[[], object]) -> Took:
        """From the press to the next frame."""
        self.page.evaluate("longest.length = 0")
        before = self.processor_ms()
        act()
        self.page.evaluate(FRAMES)
        slowest = max(map(float, self.page.evaluate("longest")), default=0.0)
        return Took(slowest, self.processor_ms() - before)

    def _send(self, method: str, given: dict[str, object] | None = None) -> dict[str, Any]:
        send = cast("Callable[[str, dict[str, object]], dict[str, Any]]", self.session.send)
        return send(method, given or {})

    def _count(self, named: set[str]) -> None:
        shell: set[str] = set()

        def asked(event: dict[str, Any]) -> None:
            if event["request"]["url"] in named:
                shell.add(event["requestId"])

        def came(event: dict[str, Any]) -> None:
            self.sent["all"] += event["encodedDataLength"]
            if event["requestId"] in shell:
                self.sent["shell"] += event["encodedDataLength"]

        self.session.on("Network.requestWillBeSent", asked)
        self.session.on("Network.loadingFinished", came)

    def _slow_down(self) -> None:
        self._send("Network.enable")
        self._send("Performance.enable", {"timeDomain": "threadTicks"})
        self._send("Emulation.setCPUThrottlingRate", {"rate": CPU})
        line = {"downloadThroughput": DOWN, "uploadThroughput": UP, "latency": RTT_MS}
        self._send("Network.emulateNetworkConditions", {"offline": False, **line})
