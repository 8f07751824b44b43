"""A person stops or resumes a business's marketing, blocks or unblocks its number.

Source: WhatsApp Cloud API reference, 4.9 "`user_preferences`", 5.3 (131050).
"""

from metasim.acts.news import person_ids, tell_rows
from metasim.register import Unfit
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Person

DETAILS = {
    "stop": "User requested to stop marketing messages",
    "resume": "User requested to resume marketing messages",
}


def prefer(sim: Sim, person: Person, number: Number, request: Json) -> Json:
    """`{"value": "stop" | "resume"}`; later marketing is refused with 131050. Raises Unfit."""
    value = request.get("value")
    if value not in DETAILS:
        raise Unfit("value is stop or resume.")
    person.stopped_from = [each for each in person.stopped_from if each != number.id]
    if value == "stop":
        person.stopped_from.append(number.id)
    else:
        person.stopped_marketing = False
    chat, now = sim.ledger.chat(number.id, person.phone), sim.clock.now()
    row: Json = {
        **person_ids(chat, person, now),
        "detail": DETAILS[value],
        "category": "marketing_messages",
        "value": value,
        "timestamp": int(now),
    }
    tell_rows(sim, chat, person, ("user_preferences", "user_preferences"), row)
    return {"stopped": value == "stop"}


def block(person: Person, number: Number, request: Json) -> Json:
    """`{"value": false}` unblocks. The business is not told. Raises Unfit."""
    value = request.get("value", True)
    if not isinstance(value, bool):
        raise Unfit("value is true or false.")
    person.blocked = [each for each in person.blocked if each != number.id]
    if value:
        person.blocked.append(number.id)
    return {"blocked": value}
