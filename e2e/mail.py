"""The letters that the demo's Serai sent."""

import re
import time

import httpx2

from e2e.stack import HTTP_SECONDS

PATIENCE_SECONDS = 60.0
LINK = re.compile(r"https?://\S+")


class Mail:
    """One reader of the demo's post."""

    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(base_url=url, timeout=HTTP_SECONDS)

    def close(self) -> None:
        self._http.close()

    def count(self, to: str) -> int:
        return len(self._of(to))

    def link(self, to: str, subject: str) -> str:
        """The link in the latest letter to an address, once one with such a subject has come."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            found = [text for title, text in self._of(to) if subject in title]
            if found:
                link = LINK.search(found[0])
                assert link is not None, found[0]
                return link[0]
            assert time.monotonic() < deadline, self._of(to)
            time.sleep(0.1)

    def _of(self, to: str) -> list[tuple[str, str]]:
        """Subjects and texts, the latest first."""
        letters = self._http.get("/letters").raise_for_status().json()
        return [(each["subject"], each["text"]) for each in letters if each["to"] == to]
