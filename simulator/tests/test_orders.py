"""Whatever people and the clock do in whatever order, the statuses of a message stay in theirs."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st

from simulator.tests.test_media import SAMPLES, upload

LIFE = ["sent", "delivered", "read", "played"]
STEPS = st.lists(
    st.sampled_from(["send", "voice", "read", "play", "off", "on", "wait", "jump", "open", "shut"]),
    min_size=3,
    max_size=14,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@examples(steps=STEPS)
def test_statuses_only_go_forward_and_are_told_once_each(given: Any, steps: list[str]):
    given.has("people", phone=given.rosa, online=True, chat_open=False)
    given.receiver.posts.clear()
    given.passes(61)
    given.writes()
    media_id = upload(given, (SAMPLES / "voice.ogg").read_bytes(), "audio/ogg").json["id"]
    sent = run(given, steps, media_id)
    given.control("POST", f"/people/{given.rosa}/phone", {"online": True})
    given.passes(10)

    found = given.receiver.items("statuses")
    for message_id in sent:
        rows = [each for each in found if each["id"] == message_id]
        told = [each["status"] for each in rows]
        assert told == sorted(set(told), key=LIFE.index)
        priced = [each["status"] for each in rows if "pricing" in each]
        assert priced[:1] == ["sent"]
        assert len(priced) == 2
        assert priced[1] in ("delivered", "read")


def run(given: Any, steps: list[str], media_id: str) -> list[str]:
    """Do what the steps say; the ids of what the business sent."""
    sent: list[str] = []
    person = f"/people/{given.rosa}"
    acts: dict[str, Callable[[], Any]] = {
        "send": lambda: sent.append(given.sent()),
        "voice": lambda: sent.append(
            given.sent(type="audio", audio={"id": media_id, "voice": True})
        ),
        "read": lambda: given.control("POST", f"{person}/read", {"number": given.number}),
        "play": lambda: given.meta.call(
            "POST", f"/_sim{person}/play", {"message": sent[-1] if sent else ""}
        ),
        "off": lambda: given.control("POST", f"{person}/phone", {"online": False}),
        "on": lambda: given.control("POST", f"{person}/phone", {"online": True}),
        "open": lambda: given.has("people", phone=given.rosa, chat_open=True),
        "shut": lambda: given.has("people", phone=given.rosa, chat_open=False),
        "wait": lambda: given.passes(0.2),
        "jump": lambda: given.passes(3600),
    }
    for step in steps:
        acts[step]()
    return sent
