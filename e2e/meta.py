"""The pretend Meta's strings: people write and read, and time passes."""

import itertools
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import httpx2

from e2e.stack import HTTP_SECONDS

SCHOOL = "770012340000001"
CAFE = "770012340000002"
INVESTMENT = "770012340000003"
SHOP = "770012340000004"
CAFE_ZONE = ZoneInfo("Asia/Dubai")
PATIENCE_SECONDS = 60.0

_phones = itertools.count(12125550200)
_names = itertools.cycle(
    ("Noor Aziz", "Ida Lund", "Sam Otieno", "Mei Tan", "Rosa Blum", "Yusuf Kaya")
)


class Person(NamedTuple):
    phone: str
    name: str


class Meta:
    """One client of its control API."""

    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(base_url=f"{url}/_sim", timeout=HTTP_SECONDS)

    def close(self) -> None:
        self._http.close()

    def person(self, name: str | None = None, **settings: Any) -> Person:
        """Somebody new with a phone, whom no other test knows."""
        number = next(_phones)
        someone = Person(str(number), name or f"{next(_names)} {number % 1000}")
        self._post("people", {"phone": someone.phone, "name": someone.name, **settings})
        return someone

    def write(self, person: Person, number: str, text: str, at: datetime | None = None) -> None:
        """They write to a business; `at` is the provider's time, now if left out."""
        message: dict[str, Any] = {"number": number, "type": "text", "text": {"body": text}}
        if at is not None:
            message["timestamp"] = int(at.timestamp())
        self._post(f"people/{person.phone}/messages", message)

    def received(self, person: Person, number: str) -> list[str]:
        """What the business's messages on their phone say, oldest first."""
        messages = self._get(f"people/{person.phone}/chats/{number}")["messages"]
        return [message["text"] for message in messages if message["direction"] == "out"]

    def wait_received(self, person: Person, number: str, count: int) -> list[str]:
        """The same, once there are `count`; a test fails if there are not soon."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(texts := self.received(person, number)) < count:
            assert time.monotonic() < deadline, f"{count} expected, these came: {texts}"
            time.sleep(0.05)
        return texts

    def now(self) -> datetime:
        return datetime.fromisoformat(self._get("clock")["now"])

    def advance_to(self, at: datetime) -> None:
        """Time goes on to `at`; Serai follows Meta's clock within a second."""
        self._post("clock", {"advance_to": at.isoformat()})
        time.sleep(1.2)

    @contextmanager
    def no_faults(self) -> Generator[None]:
        """Whatever goes wrong on purpose inside ends with it."""
        try:
            yield
        finally:
            self._http.delete("/faults").raise_for_status()

    def fault(self, kind: str, **more: Any) -> None:
        self._post("faults", {"kind": kind, "times": 1, **more})

    def _post(self, path: str, body: dict[str, Any]) -> None:
        self._http.post(f"/{path}", json=body).raise_for_status()

    def _get(self, path: str) -> Any:
        return self._http.get(f"/{path}").raise_for_status().json()


def next_time(after: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """When it is `hour` o'clock there next."""
    there = after.astimezone(zone)
    today = there.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > there else today + timedelta(days=1)
