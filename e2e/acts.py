"""What else the pretend Meta's strings do: people send more than texts, owners make numbers and tokens."""

import time
from collections.abc import Callable
from typing import Any, TypeAlias

import httpx2

from e2e.meta import PATIENCE_SECONDS, Person
from e2e.stack import HTTP_SECONDS

Json: TypeAlias = dict[str, Any]
HERE = {"delivered", "read", "played"}
"""States of the business's messages that are on the phone; theirs have other ones."""


class Acts:
    """One client of the control API for the tests of all kinds and of numbers."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = httpx2.Client(base_url=f"{url}/_sim", timeout=HTTP_SECONDS)

    def close(self) -> None:
        self._http.close()

    def send(self, person: Person, number: str, kind: str, body: Any, **around: Any) -> str:
        """They send something; returns Meta's id of it. `around`: context, referral."""
        message = {"number": number, "type": kind, kind: body, **around}
        return str(self._ask("POST", f"people/{person.phone}/messages", message)["id"])

    def call(self, person: Person, number: str, **how: Any) -> None:
        self._ask("POST", f"people/{person.phone}/call", {"number": number, **how})

    def tap(self, person: Person, number: str, **what: Any) -> None:
        self._ask("POST", f"people/{person.phone}/tap", {"number": number, **what})

    def echo(self, person: Person, number: str, **what: Any) -> None:
        """Somebody of the business writes in WhatsApp's own app."""
        self._ask("POST", f"people/{person.phone}/echo", {"number": number, **what})

    def chat(self, person: Person, number: str) -> list[Json]:
        """What is on their phone, oldest first; `out` is from the business."""
        return self._ask("GET", f"people/{person.phone}/chats/{number}")["messages"]

    def arrived(self, person: Person, number: str, fits: Callable[[Json], bool]) -> Json:
        """The first message of the business that fits, once it is on their phone."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            sent = [each for each in self.chat(person, number) if each["status"] in HERE]
            found = next((each for each in sent if fits(each)), None)
            if found is not None:
                return found
            assert time.monotonic() < deadline, [(each["type"], each["text"]) for each in sent]
            time.sleep(0.1)

    def reacted(self, person: Person, number: str, wanted: Json) -> None:
        """Wait until the first message of their chat has just these reactions, by who reacted."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (seen := self.chat(person, number)[0]["reactions"]) != wanted:
            assert time.monotonic() < deadline, seen
            time.sleep(0.1)

    def define(self, world: Json) -> None:
        """Add to what the pretend Meta knows."""
        self._ask("PUT", "world", world)

    def number(self, number: str) -> Json:
        """The number with all that Meta keeps of it, under `desk`."""
        return self._ask("GET", f"numbers/{number}")

    def revoke(self, token: str) -> None:
        self._ask("POST", f"tokens/{token}/revoke", {})

    def two_step(self, number: str, token: str, pin: str) -> None:
        """Its owner gives the number a PIN at Meta."""
        answer = self._http.post(
            f"{self._url}/v25.0/{number}",
            json={"pin": pin},
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.is_success, answer.text

    def happen(self, what: Json) -> None:
        """News of an account or a number."""
        self._ask("POST", "events", what)

    def _ask(self, method: str, path: str, body: Json | None = None) -> Any:
        answer = self._http.request(method, f"/{path}", json=body)
        assert answer.is_success, (method, path, answer.status_code, answer.text[:300])
        return answer.json()
