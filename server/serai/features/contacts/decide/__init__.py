"""What is decided about people, and how what is told of them is read; pure."""

from collections.abc import Iterator

from serai.core.effects import Effect, JoinContacts, PartContacts
from serai.core.events import ContactsMerged, Event, MergeUndone
from serai.core.ids import derived
from serai.core.state import State
from serai.features.contacts.decide import consent


def decide(state: State, _: None, event: Event) -> Iterator[Effect]:
    """All that contacts have to say about an event."""
    match event:
        case ContactsMerged():
            yield JoinContacts(
                business_id=event.business_id,
                merge_id=derived("merge", event.key),
                kept_id=event.contact_id,
                gone_id=event.gone_id,
                by=event.by,
                at=event.at,
            )
        case MergeUndone():
            yield PartContacts(
                business_id=event.business_id,
                merge_id=event.merge_id,
                kept_id=event.contact_id,
                gone_id=event.gone_id,
                at=event.at,
            )
        case _:
            yield from consent.decide(state, event)
