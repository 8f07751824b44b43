"""Voice calls: that they were, from whom, and for how long.

Source: WhatsApp Cloud API, `calls` webhook: connect and terminate of a call, and the statuses of
calls that we make. We carry no sound.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from serai.core.content import Call
from serai.core.events import CallReported
from serai.core.ids import MetaId
from serai.meta.item import UNREADABLE, Item, Source, brief, moment
from serai.meta.whatsapp.people import ContactCard, Metadata, lane_of, person_of


class RawCall(Struct, frozen=True, rename={"from_": "from"}):
    id: str
    event: str
    timestamp: str | int
    from_: str | None = None
    from_user_id: str | None = None
    to: str | None = None
    to_user_id: str | None = None
    direction: str = "USER_INITIATED"
    status: str | None = None
    duration: int | None = None

    @property
    def is_theirs(self) -> bool:
        return self.direction != "BUSINESS_INITIATED"


class RawCallStatus(Struct, frozen=True):
    id: str
    status: str
    timestamp: str | int
    recipient_id: str | None = None
    recipient_user_id: str | None = None


class Value(Struct, frozen=True):
    metadata: Metadata
    contacts: tuple[ContactCard, ...] = ()
    calls: tuple[msgspec.Raw, ...] = ()
    statuses: tuple[msgspec.Raw, ...] = ()


CALL = msgspec.json.Decoder(RawCall)
STATUS = msgspec.json.Decoder(RawCallStatus)
WORDS = {"RINGING": "ringing", "ACCEPTED": "accepted", "REJECTED": "rejected"}


def read(raw: msgspec.Raw, _: Source) -> Iterator[Item]:
    value = msgspec.json.decode(raw, type=Value)
    channel = MetaId(value.metadata.phone_number_id)
    for reader, raws in ((_call, value.calls), (_status, value.statuses)):
        for each in raws:
            try:
                event = reader(each, value.metadata, value.contacts)
            except UNREADABLE as error:
                yield Item(problem=f"call: {brief(error)}")
                continue
            yield Item(lane_key=lane_of(channel, event.person), event=event)


def _call(raw: msgspec.Raw, ours: Metadata, cards: tuple[ContactCard, ...]) -> CallReported:
    call, channel = CALL.decode(raw), MetaId(ours.phone_number_id)
    theirs = call.is_theirs
    sides = [(call.from_, call.from_user_id), (call.to, call.to_user_id)]
    phone, user_id = sides[0 if theirs else 1]
    if phone is not None and phone == ours.display_phone_number:
        phone, user_id = sides[1 if theirs else 0]  # Meta's answer to our call may name us as `to`
    if call.event == "terminate":
        status = "completed" if call.status == "COMPLETED" and call.duration else "missed"
    else:
        status = "ringing"
    return CallReported(
        key=f"{channel}:{call.id}:{call.event}",
        at=moment(call.timestamp),
        channel=channel,
        person=person_of(phone, user_id, cards),
        message=MetaId(call.id),
        call=Call(
            direction="in" if theirs else "out", status=status, duration_seconds=call.duration
        ),
    )


def _status(raw: msgspec.Raw, ours: Metadata, cards: tuple[ContactCard, ...]) -> CallReported:
    """Only calls that we make have statuses."""
    status, channel = STATUS.decode(raw), MetaId(ours.phone_number_id)
    return CallReported(
        key=f"{channel}:{status.id}:{status.status}",
        at=moment(status.timestamp),
        channel=channel,
        person=person_of(status.recipient_id, status.recipient_user_id, cards),
        message=MetaId(status.id),
        call=Call(direction="out", status=WORDS.get(status.status, "ringing")),
    )
