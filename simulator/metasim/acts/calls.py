"""Calls: a person calls a business number.

Source: WhatsApp Cloud API reference, 4.9 "`calls`", 6.4 (a call opens the window).
"""

from metasim.acts.news import tell_of_chat
from metasim.ids import wacid
from metasim.ledger import Message
from metasim.register import Unfit
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Person

OFFER = (
    "v=0\r\no=- 3910538214 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE audio\r\n"
    "m=audio 3480 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 127.0.0.1\r\na=rtpmap:111 opus/48000/2\r\n"
)
LONGEST = 4 * 3600


def call(sim: Sim, person: Person, number: Number, request: Json) -> Json:
    """The person calls. `seconds` is how long they talked; left out or 0: nobody answered.

    Two webhooks: connect, and terminate when the call is over. Raises Unfit.
    """
    seconds = request.get("seconds", 0)
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, int | float)
        or not 0 <= seconds <= LONGEST
    ):
        raise Unfit(f"seconds is a number from 0 to {LONGEST}.")
    if number.id in person.blocked:
        raise Unfit("This person has blocked that number; unblock it first.")
    chat, now = sim.ledger.chat(number.id, person.phone), sim.clock.now()
    call_id = wacid(person.phone)
    chat.wrote_at = max(chat.wrote_at or 0.0, now)
    text = f"Voice call, {int(seconds)} s" if seconds else "Missed voice call"
    message = Message(call_id, "in", "call", text, now, "delivered")
    sim.ledger.write(chat, message)
    sim.stream.tell_change(chat, message)
    offer = {"sdp_type": "offer", "sdp": OFFER}
    about = {"id": call_id, "from": person.wa_id, "to": number.digits}
    common: Json = {**about, "from_user_id": person.user_id, "direction": "USER_INITIATED"}
    begun = {**common, "event": "connect", "timestamp": str(int(now)), "session": offer}
    tell_of_chat(sim, chat, person, "calls", begun)
    ring = float(seconds) if seconds else 30.0
    sim.clock.schedule(now + ring, "call_over", person.phone, number.id, call_id, str(int(seconds)))
    return {"id": call_id}


def over(sim: Sim, phone: str, number_id: str, call_id: str, seconds: str) -> None:
    """A call ends, or nobody has answered it."""
    person, now = sim.world.people.get(phone), int(sim.clock.now())
    if person is None or number_id not in sim.world.numbers:
        return
    chat = sim.ledger.chat(number_id, phone)
    number, talked = sim.world.numbers[number_id], int(seconds)
    ended: Json = {
        "id": call_id,
        "from": person.wa_id,
        "to": number.digits,
        "from_user_id": person.user_id,
        "event": "terminate",
        "direction": "USER_INITIATED",
        "timestamp": str(now),
        "status": "COMPLETED" if talked else "FAILED",
    }
    if talked:
        ended |= {"start_time": str(now - talked), "end_time": str(now), "duration": talked}
    tell_of_chat(sim, chat, person, "calls", ended)
