"""Who a message is from: the ids that Meta gives, joined with the contact card beside it.

Source: WhatsApp Cloud API, messages webhook, `contacts`; business-scoped user ids (2026): either of
`wa_id` and `user_id` may be missing.
"""

from msgspec import Struct

from serai.core.ids import MetaId, Person


class Metadata(Struct, frozen=True):
    phone_number_id: str
    display_phone_number: str = ""


class Profile(Struct, frozen=True):
    name: str | None = None
    username: str | None = None


class ContactCard(Struct, frozen=True):
    profile: Profile = Profile()
    wa_id: str | None = None
    user_id: str | None = None


def person_of(
    phone: str | None, user_id: str | None, cards: tuple[ContactCard, ...] = ()
) -> Person:
    """Raises ValueError when nothing says who it is."""
    card = next((card for card in cards if _is_of(card, phone, user_id)), ContactCard())
    phone, user_id = phone or card.wa_id, user_id or card.user_id
    if not (phone or user_id):
        raise ValueError("nobody is named")
    return Person(
        phone=phone, user_id=user_id, username=card.profile.username, name=card.profile.name
    )


def lane_of(channel: MetaId, person: Person) -> str:
    """One person's events on one number are handled in order."""
    return f"{channel}:{person.lane_key}"


def _is_of(card: ContactCard, phone: str | None, user_id: str | None) -> bool:
    same_phone = card.wa_id is not None and card.wa_id == phone
    same_user = card.user_id is not None and card.user_id == user_id
    return same_phone or same_user
