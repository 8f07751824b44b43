"""Consent: a person who says stop is not marketed to again, until they say start."""

from collections.abc import Iterator

from serai.core.content import Location, Text
from serai.core.effects import (
    Effect,
    LiftSuppression,
    NotePlace,
    RecordConsent,
    SuppressContact,
)
from serai.core.events import ConsentStated, Event, MessageReceived, PreferenceReported
from serai.core.keywords import Exact, matches
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


def decide(state: State, event: Event) -> Iterator[Effect]:
    if isinstance(event, MessageReceived) and state.contact.suppressed:
        # Whoever writes from an address can be reached there.
        yield LiftSuppression(
            business_id=state.business.id, contact_id=state.contact.id, scope="all"
        )
    match event:
        case MessageReceived(content=Text(body=body)) if matches(STOP, body):
            yield _consent(state, event, granted=False)
        case MessageReceived(content=Text(body=body)) if matches(START, body):
            yield _consent(state, event, granted=True)
        case MessageReceived(content=Location() as place) if is_on_earth(place):
            yield NotePlace(
                business_id=state.business.id,
                contact_id=state.contact.id,
                latitude=place.latitude,
                longitude=place.longitude,
                at=event.at,
            )
        case ConsentStated():
            yield RecordConsent(
                business_id=event.business_id,
                contact_id=event.contact_id,
                purpose=event.purpose,
                granted=event.granted,
                at=event.at,
                evidence=event.key,
                channel_kind=event.channel_kind,
                method=event.method,
                actor=event.by,
                wording=event.wording,
                note=event.note,
            )
        case PreferenceReported(category="marketing_messages"):
            yield from _preferred(state, event)
        case _:
            pass


def is_on_earth(place: Location) -> bool:
    return abs(place.latitude) <= 90 and abs(place.longitude) <= 180


def _preferred(state: State, event: PreferenceReported) -> Iterator[Effect]:
    """What they told WhatsApp itself: it would refuse our marketing with 131050."""
    match event.value:
        case "stop":
            yield SuppressContact(
                business_id=state.business.id,
                contact_id=state.contact.id,
                scope="marketing",
                reason="meta_preference",
                since=event.at,
            )
        case "resume":
            yield LiftSuppression(
                business_id=state.business.id, contact_id=state.contact.id, scope="marketing"
            )
        case "signup":
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
