"""What people told WhatsApp they want from us.

Source: WhatsApp Cloud API, `user_preferences` webhook; `value` is stop, resume or (2026) signup.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from serai.core.events import PreferenceReported
from serai.core.ids import MetaId
from serai.meta.item import UNREADABLE, Item, Source, brief, moment
from serai.meta.whatsapp.people import ContactCard, Metadata, lane_of, person_of


class Preference(Struct, frozen=True):
    value: str
    timestamp: int | str
    category: str = "marketing_messages"
    wa_id: str | None = None
    user_id: str | None = None


class Value(Struct, frozen=True):
    metadata: Metadata
    contacts: tuple[ContactCard, ...] = ()
    user_preferences: tuple[msgspec.Raw, ...] = ()


PREFERENCE = msgspec.json.Decoder(Preference)


def read(raw: msgspec.Raw, _: Source) -> Iterator[Item]:
    value = msgspec.json.decode(raw, type=Value)
    channel = MetaId(value.metadata.phone_number_id)
    for each in value.user_preferences:
        try:
            preference = PREFERENCE.decode(each)
            person = person_of(preference.wa_id, preference.user_id, value.contacts)
            at = moment(preference.timestamp)
        except UNREADABLE as error:
            yield Item(problem=f"preference: {brief(error)}")
            continue
        who = person.user_id or person.phone
        what = f"{preference.category}:{preference.value}:{at.timestamp():.0f}"
        event = PreferenceReported(
            key=f"{channel}:preference:{who}:{what}",
            at=at,
            channel=channel,
            person=person,
            value=preference.value,
            category=preference.category,
        )
        yield Item(lane_key=lane_of(channel, person), event=event)
