"""News of the fields that are about one number: their envelope, and to whom they go.

Source: WhatsApp Cloud API reference, 4.4 "Envelope", 4.9 "Other fields".
"""

from metasim.ledger import Chat
from metasim.shapes import Json
from metasim.sim import Sim, names_of
from metasim.webhooks.build import contact_of, metadata_of, shows_phone, update_of
from metasim.webhooks.dispatch import dispatch
from metasim.webhooks.wire import Update, encoded
from metasim.world import Number, Person


def tell_of_chat(sim: Sim, chat: Chat, person: Person, field: str, row: Json) -> None:
    """One row of `value[field]`, with the person as its contact."""
    tell_rows(sim, chat, person, (field, field), row)


def tell_rows(sim: Sim, chat: Chat, person: Person, where: tuple[str, str], row: Json) -> None:
    """`where` are the webhook field and the member of `value` that the row goes into."""
    field, member = where
    identity = sim.world.numbers[chat.number].identity_check
    with_phone = shows_phone(chat, person, sim.clock.now())
    contact = contact_of(person, with_phone, identity)
    update = update_of(sim, chat, {"id": "", **row}, contact)
    update.field, update.kind, update.body, update.status = field, member, encoded(row), None
    apps = sim.listeners(chat.number, field)
    dispatch(sim, [(app, update) for app in apps], names_of(person, person.phone))


def tell_number(sim: Sim, number: Number, field: str, members: Json, lane: str = "") -> None:
    """A whole value with the number's metadata; `lane` keeps news of one kind in order."""
    metadata = {"display_phone_number": number.digits, "phone_number_id": number.id}
    value = {"messaging_product": "whatsapp", "metadata": metadata, **members}
    tell_value(sim, number, field, value, lane)


def tell_value(sim: Sim, number: Number, field: str, value: Json, lane: str = "") -> None:
    """A value as it is."""
    update = Update(
        waba=number.waba_id,
        number=number.id,
        person=lane,
        kind=field,
        metadata=metadata_of(number),
        contact=b"",
        body=b"",
        message_id="",
        field=field,
        value=encoded(value),
    )
    apps = sim.listeners(number.id, field)
    dispatch(sim, [(app, update) for app in apps], (lane,))


def person_ids(chat: Chat, person: Person, now: float) -> Json:
    """`wa_id` and `user_id`, as far as the business may see them."""
    ids: Json = {"wa_id": person.wa_id} if shows_phone(chat, person, now) else {}
    return {**ids, "user_id": person.user_id}
