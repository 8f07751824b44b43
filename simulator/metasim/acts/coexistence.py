"""A number that is also in the WhatsApp Business app: echoes, contacts and history.

Source: WhatsApp Cloud API reference, 4.9 "Coexistence".
"""

from metasim.acts import news
from metasim.graph.errors import HREF
from metasim.ids import OUTBOUND, wamid
from metasim.inbound import read as inbound
from metasim.inbound.said import Speaker
from metasim.ledger import Chat, Message
from metasim.register import Unfit
from metasim.shapes import Json, as_list, as_object
from metasim.sim import Sim
from metasim.webhooks.build import shows_phone
from metasim.world import Number, Person

ECHOED = {"text", "image", "video", "audio", "document", "sticker", "location", "contacts"}
DAY = 86_400.0
PHASES = ((0.0, DAY), (DAY, 90 * DAY), (90 * DAY, 180 * DAY))
"""Ages of messages, in seconds, that each phase brings."""
CHUNK = 200
"""Messages in one chunk; Meta publishes no size."""
DECLINED: Json = {
    "code": 2593109,
    "title": "History sync is turned off by the business from the WhatsApp Business App",
    "message": "History sync is turned off by the business from the WhatsApp Business App",
    "error_data": {"details": "The business has declined to share its chat history."},
    "href": HREF,
}


def echo(sim: Sim, person: Person, number: Number, request: Json) -> Json:
    """The owner writes on the phone app; also `edit` and `revoke` of what was written there."""
    kind = request.get("type", "text")
    chat, now = sim.ledger.chat(number.id, person.phone), sim.clock.now()
    if kind in ("edit", "revoke"):
        body, message_id = _changed(sim, chat, str(kind), request), wamid(person.phone, OUTBOUND)
    elif kind in ECHOED:
        said = inbound.said(Speaker(sim, person, number), request)
        body, message_id = said.body, wamid(person.phone, OUTBOUND)
        message = Message(message_id, "out", said.type, said.text, now, "delivered", view=said.view)
        sim.ledger.write(chat, message)
        if sim.stream.heard:
            sim.stream.tell_message(chat, message)
    else:
        raise Unfit(f"type is one of {', '.join(sorted(ECHOED))}, edit, revoke.")
    to: Json = {"to": person.wa_id} if shows_phone(chat, person, now) else {}
    row: Json = {"from": number.digits, **to, "to_user_id": person.user_id, "id": message_id}
    row |= {"timestamp": str(int(now)), **body}
    news.tell_rows(sim, chat, person, ("smb_message_echoes", "message_echoes"), row)
    return {"id": message_id}


def _changed(sim: Sim, chat: Chat, kind: str, request: Json) -> Json:
    given = as_object(request.get(kind)) or {}
    original = str(given.get("original_message_id"))
    found = sim.ledger.messages.get(original)
    if found is None or found[0] is not chat or found[1].direction != "out":
        raise Unfit("original_message_id is no message of the business in this chat.")
    earlier = found[1]
    if kind == "revoke":
        earlier.text, earlier.view, earlier.changed = "", {}, "deleted"
        sim.stream.tell_change(chat, earlier)
        return {"type": "revoke", "revoke": {"original_message_id": original}}
    earlier.text, earlier.changed = str(given.get("body", "")), "edited"
    sim.stream.tell_change(chat, earlier)
    message = {"type": "text", "text": {"body": earlier.text}}
    return {"type": "edit", "edit": {"original_message_id": original, "message": message}}


def sync(sim: Sim, number: Number, request: Json) -> Json:
    """Tell the owner's contacts: everybody who has a chat, or `people`; `action` add or remove."""
    action = request.get("action", "add")
    if action not in ("add", "remove"):
        raise Unfit("action is add or remove.")
    wanted = as_list(request.get("people"))
    chats = [chat for chat in sim.ledger.chats.values() if chat.number == number.id]
    phones = [chat.person for chat in chats] if wanted is None else [str(each) for each in wanted]
    people = [person for phone in phones if (person := sim.world.person(phone)) is not None]
    rows = [_contact(sim, person, str(action)) for person in people]
    if rows:
        news.tell_number(sim, number, "smb_app_state_sync", {"state_sync": rows}, "sync")
    return {"contacts": len(rows)}


def history(sim: Sim, number: Number, request: Json) -> Json:
    """All chats of the number as the app would share them, in phases; or that it was declined."""
    if request.get("declined"):
        news.tell_number(sim, number, "history", {"history": [{"errors": [DECLINED]}]}, "history")
        return {"chunks": 1}
    chats = [chat for chat in sim.ledger.chats.values() if chat.number == number.id]
    chunks = [
        (phase, order, threads)
        for phase, ages in enumerate(PHASES)
        for order, threads in enumerate(_chunks(sim, number, chats, ages), 1)
    ]
    for done, (phase, order, threads) in enumerate(chunks, 1):
        about = {"phase": phase, "chunk_order": order, "progress": 100 * done // len(chunks)}
        rows = [{"metadata": about, "threads": threads}]
        news.tell_number(sim, number, "history", {"history": rows}, "history")
    return {"chunks": len(chunks)}


def _contact(sim: Sim, person: Person, action: str) -> Json:
    contact: Json = {"phone_number": person.wa_id}
    if action == "add":
        names = {"full_name": person.name, "first_name": person.name.split(" ")[0]}
        contact = {**names, **contact}
    when = {"timestamp": str(int(sim.clock.now()))}
    return {"type": "contact", "contact": contact, "action": action, "metadata": when}


def _chunks(
    sim: Sim, number: Number, chats: list[Chat], ages: tuple[float, float]
) -> list[list[Json]]:
    """Threads in portions of at most `CHUNK` messages."""
    chunks: list[list[Json]] = []
    room = 0
    for chat in chats:
        rows = _rows(sim, number, chat, ages)
        while rows:
            if room <= 0:
                chunks.append([])
                room = CHUNK
            part, rows = rows[:room], rows[room:]
            room -= len(part)
            chunks[-1].append({"id": _wa_id(sim, chat.person), "messages": part})
    return chunks


def _rows(sim: Sim, number: Number, chat: Chat, ages: tuple[float, float]) -> list[Json]:
    now = sim.clock.now()
    return [
        _row(sim, number, chat, message)
        for message in chat.messages
        if ages[0] <= now - message.at < ages[1] and message.type not in ("reaction", "system")
    ]


def _row(sim: Sim, number: Number, chat: Chat, message: Message) -> Json:
    """Files come as a placeholder. Source: 4.9, `media_placeholder`."""
    who: Json = {"from": _wa_id(sim, chat.person)}
    if message.direction == "out":
        who = {"from": number.digits, "to": who["from"]}
    content: Json = {"type": "text", "text": {"body": message.text}}
    if "media" in message.view:
        content = {"type": "media_placeholder"}
    status = {"status": message.status.upper()}
    when = str(int(message.at))
    return {**who, "id": message.id, "timestamp": when, **content, "history_context": status}


def _wa_id(sim: Sim, phone: str) -> str:
    person = sim.world.people.get(phone)
    return phone if person is None else person.wa_id
