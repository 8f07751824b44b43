"""People edit and delete what they wrote, change their number, set up their phone anew.

Source: WhatsApp Cloud API reference, 4.5, `edit`, `revoke`, `system`.
"""

from metasim.ids import bsuid, key_hash
from metasim.inbound.plain import words
from metasim.inbound.said import Said, Speaker
from metasim.register import Unfit
from metasim.shapes import Json, digits_of


def edit(speaker: Speaker, given: Json, _request: Json) -> Said:
    """`{"original_message_id", "body"}`: new words for an own text."""
    original = _own(speaker, given)
    body = words(given, "body")
    message: Json = {"context": {"id": "M0"}, "type": "text", "text": {"body": body}}
    content = {"original_message_id": original, "message": message}
    view: Json = {"target": original}
    return Said("edit", {"type": "edit", "edit": content}, body, view, opens_window=False)


def revoke(speaker: Speaker, given: Json, _request: Json) -> Said:
    """`{"original_message_id"}`: deleted for everyone."""
    original = _own(speaker, given)
    body = {"type": "revoke", "revoke": {"original_message_id": original}}
    return Said("revoke", body, "", {"target": original}, opens_window=False)


def system(speaker: Speaker, given: Json, _request: Json) -> Said:
    """A change of the person, which happens with it. `type` is one of four."""
    kind = given.get("type")
    if kind in ("user_changed_number", "customer_changed_number"):
        content = _number(speaker, given, legacy=kind == "customer_changed_number")
    elif kind == "user_changed_user_id":
        content = _user_id(speaker)
    elif kind == "customer_identity_changed":
        content = _identity(speaker)
    else:
        raise Unfit(
            "system is one of user_changed_number, user_changed_user_id, customer_changed_number, "
            "customer_identity_changed."
        )
    body: Json = {"type": "system", "system": {**content, "type": kind}}
    if "identity" in content:
        body["identity"] = content["identity"]  # clients look for it in either place
    return Said("system", body, str(content["body"]), opens_window=False)


def _own(speaker: Speaker, given: Json) -> str:
    original = words(given, "original_message_id")
    found = speaker.sim.ledger.messages.get(original)
    if found is None or found[1].direction != "in" or found[0].person != speaker.person.phone:
        raise Unfit("original_message_id is no message of this person.")
    return original


def _number(speaker: Speaker, given: Json, legacy: bool) -> Json:
    """A new number comes with a new user id. Source: 8.14."""
    person = speaker.person
    phone = digits_of(words(given, "wa_id"))
    if phone == person.phone or speaker.sim.world.by_digits(phone) is not None:
        raise Unfit("wa_id must be a phone number that nobody has.")
    old_user_id, old_wa_id = person.user_id, person.wa_id
    body = f"User {person.name} changed from {old_wa_id} to {phone}"
    speaker.sim.change_phone(person, phone)
    if legacy:
        return {"body": body, "customer": old_wa_id, "wa_id": phone}
    ids = {"user_id": person.user_id, "previous_user_id": old_user_id}
    return {"body": body, "wa_id": phone, **ids}


def _user_id(speaker: Speaker) -> Json:
    """Source: 4.5, `user_changed_user_id`."""
    person = speaker.person
    old = person.user_id
    change = {"phone": person.phone, "user_id": bsuid(person.phone + old)}
    new = speaker.sim.world.keep_person(change).user_id
    body = f"User {person.name} changed their user id"
    return {"body": body, "user_id": new, "previous_user_id": old}


def _identity(speaker: Speaker) -> Json:
    """The phone was set up anew: another key. Source: 4.5, 8.9."""
    person = speaker.person
    fresh = key_hash(person.identity_key_hash)
    speaker.sim.world.keep_person({"phone": person.phone, "identity_key_hash": fresh})
    identity = {
        "acknowledged": False,
        "created_timestamp": int(speaker.sim.clock.now()),
        "hash": fresh,
    }
    return {"body": f"User {person.name} changed their security code", "identity": identity}
