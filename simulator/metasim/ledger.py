"""What has happened: chats, sends, the journal of calls, and counters."""

from collections import Counter, deque
from typing import Any, Literal

import msgspec

from metasim.clock import to_iso
from metasim.shapes import Json

KEEP_SENDS = 200_000
KEEP_CALLS = 20_000

RANK = {"accepted": 0, "sent": 1, "delivered": 2, "read": 3, "played": 4, "failed": 5}
"""A message's status only moves to a higher rank."""


class Message(msgspec.Struct):
    """One line of a chat, as the person's phone shows it."""

    id: str
    direction: Literal["in", "out"]
    """out: from the business to the person."""
    type: str
    text: str
    """As shown; a template is filled in."""
    at: float
    status: str
    buttons: list[Json] = []
    """What can be tapped: text, kind, and what the tap sends."""
    error: int | None = None
    view: Json = {}
    """What there is to see besides the text: media, header, cards, place, contacts, list."""
    context: str | None = None
    """The message that this one quotes."""
    reactions: dict[str, str] = {}
    """Emojis by direction: `in` from the person, `out` from the business."""
    changed: Literal["", "edited", "deleted"] = ""

    def shown(self) -> Json:
        """As the control API answers it."""
        return {**msgspec.to_builtins(self), "at": to_iso(self.at)}


class Chat(msgspec.Struct):
    """One business number and one person."""

    number: str
    person: str
    """Phone digits."""
    messages: list[Message] = []
    wrote_at: float | None = None
    """When the person last wrote: opens the customer service window."""
    phone_used_at: float | None = None
    """When the business last wrote to the phone number."""
    referred_at: float | None = None
    """When the person last came from an ad or a post."""
    free_until: float | None = None
    """End of the free entry point window. Source: WhatsApp Cloud API reference, 6.4."""
    answered_at: list[float] = []
    """When the script answered lately; guards against two robots talking."""


class Send(msgspec.Struct):
    """A send that was accepted."""

    id: str
    number: str
    to: str
    """As the caller wrote it."""
    person: str
    body: dict[str, Any]
    callback: str | None
    at: float
    by_phone: bool
    category: str
    """marketing, marketing_lite, utility, authentication, service or referral_conversion."""
    price: str
    """regular, free_customer_service or free_entry_point."""
    kind: str = "text"
    """The type of the message."""
    voice: bool = False
    """A voice note, which can be played."""
    waits: bool = False
    """It has not left yet: a file is being fetched, or the template's quality is not known."""
    ttl: float = 30 * 86_400.0
    """Seconds that it waits for a phone that is off. Source: 2.1, 7.6."""
    priced: list[str] = []
    """The statuses that carried the price so far."""


class Pace(msgspec.Struct):
    """A template whose quality is not known yet."""

    left: int
    """Sends that still go out at once."""
    held: list[str] = []
    """Ids of sends that wait."""


class Call(msgspec.Struct):
    """One line of the journal of Graph calls."""

    at: float
    method: str
    path: str
    status: int
    code: int | None
    """Meta's error code."""

    def shown(self) -> Json:
        return {**msgspec.to_builtins(self), "at": to_iso(self.at)}


class Ledger:
    """Grows while the simulator runs; the oldest sends and calls are dropped first."""

    def __init__(self) -> None:
        self.chats: dict[tuple[str, str], Chat] = {}
        self.sends: dict[str, Send] = {}
        self.messages: dict[str, tuple[Chat, Message]] = {}
        self.calls: deque[Call] = deque(maxlen=KEEP_CALLS)
        self.counts: Counter[str] = Counter()
        self.errors: Counter[int] = Counter()
        self.reached: dict[str, dict[str, float]] = {}
        """For each portfolio, when each person was last written to outside a window."""
        self.paces: dict[str, Pace] = {}
        """By template."""

    def chat(self, number: str, person: str) -> Chat:
        """The chat of these two; a new one when they never spoke."""
        key = (number, person)
        known = self.chats.get(key)
        if known is None:
            known = self.chats[key] = Chat(number=number, person=person)
        return known

    def move_person(self, old: str, new: str) -> None:
        """The person has another phone from now on: chats and sends go along."""
        for key in [key for key in self.chats if key[1] == old]:
            chat = self.chats.pop(key)
            chat.person = new
            self.chats[(chat.number, new)] = chat
        for send in self.sends.values():
            if send.person == old:
                send.person = new

    def write(self, chat: Chat, message: Message) -> None:
        chat.messages.append(message)
        self.messages[message.id] = (chat, message)
        if len(self.messages) > KEEP_SENDS:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        oldest = next(iter(self.messages))
        chat, message = self.messages.pop(oldest)
        chat.messages.remove(message)
        self.sends.pop(oldest, None)

    def shown_send(self, send: Send) -> Json:
        """As the control API answers it, with the status that it has now."""
        return {
            "id": send.id,
            "number": send.number,
            "to": send.to,
            "person": send.person,
            "body": send.body,
            "biz_opaque_callback_data": send.callback,
            "at": to_iso(send.at),
            "status": self.messages[send.id][1].status,
        }
