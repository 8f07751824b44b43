"""Consent: a person who says stop is not marketed to again, until they say start."""

from collections.abc import Iterator

from serai.core.effects import Effect, RecordConsent
from serai.core.events import Event, MessageReceived
from serai.core.keywords import Exact, matches
from serai.core.message import Text
from serai.core.state import State

STOP = Exact(
    (
        "stop",
        "stop promotions",
        "unsubscribe",
        "opt out",
        "baja",
        "arret",
        "abmelden",
        "الغاء",
        "توقف",
    )
)
START = Exact(("start", "subscribe", "opt in", "alta", "اشتراك"))


def decide(state: State, _: None, event: Event) -> Iterator[Effect]:
    match event:
        case MessageReceived(content=Text(body=body)) if matches(STOP, body):
            yield _consent(state, event, granted=False)
        case MessageReceived(content=Text(body=body)) if matches(START, body):
            yield _consent(state, event, granted=True)
        case _:
            pass


def _consent(state: State, event: Event, *, granted: bool) -> RecordConsent:
    return RecordConsent(
        business_id=state.business.id,
        contact_id=state.contact.id,
        purpose="marketing",
        granted=granted,
        at=event.at,
        evidence=event.key,
    )
