"""The simulator itself: clock, world, ledger, faults, post and stream under one roof."""

from collections.abc import Sequence

from metasim.clock import Clock
from metasim.desk import Desk
from metasim.faults import Faults
from metasim.ledger import Ledger
from metasim.limits import Limits
from metasim.media.links import Links
from metasim.media.shelf import Shelf
from metasim.register import Register
from metasim.stream import Stream
from metasim.uploads import Uploads
from metasim.webhooks.post import Post
from metasim.webhooks.wire import Update
from metasim.world import App, Person


class Sim:
    """One pretend Meta. All its parts live in one event loop and share nothing with others."""

    def __init__(self, now: float | None = None) -> None:
        self.clock = Clock(now)
        self.world = Register()
        self.ledger = Ledger()
        self.desk = Desk()
        self.faults = Faults()
        self.limits = Limits(self.clock)
        self.stream = Stream()
        self.shelf = Shelf()
        self.links = Links()
        self.uploads = Uploads()
        self.origin = "http://127.0.0.1"
        """Where metasim is reached; part of the addresses that it gives out."""
        self.post = Post(self.clock, self.world)
        self.held_back: list[tuple[App, Update]] = []
        """Updates that wait to be overtaken (the reorder fault)."""
        self.collected: dict[str, list[Update]] = {}
        """Updates that wait for a batch to fill (the batch fault), by app."""
        self.delayed: dict[str, list[tuple[App, Update]]] = {}
        """Updates that wait for the clock (the delay fault)."""
        self.changes = 0
        """Grows with every call of the control API that is no read; for snapshots."""
        self._held = 0

    def reset(self) -> None:
        """Forget everything but the time."""
        self.clock.forget()
        self.post.forget()
        self.world.__init__()
        self.ledger.__init__()
        self.desk = Desk()
        self.faults.__init__()
        self.limits = Limits(self.clock)
        self.shelf, self.uploads = Shelf(), Uploads()
        self.links.forget()
        self.held_back, self.collected, self.delayed = [], {}, {}

    def listeners(self, number_id: str, field: str = "messages") -> list[App]:
        """The apps that get this number's news of this field.

        Source: WhatsApp Cloud API reference, 4.1: subscribed to the account, and to the field.
        """
        apps = self.world.subscribed(self.world.numbers[number_id].waba_id)
        return [app for app in apps if field in app.fields]

    def account_listeners(self, waba_id: str, field: str) -> list[App]:
        """The apps that get this account's news of this field. Source: 4.1."""
        if waba_id not in self.world.wabas:
            return []
        return [app for app in self.world.subscribed(waba_id) if field in app.fields]

    def change_phone(self, person: Person, phone: str) -> None:
        """The person moves to another number, with all chats and a new user id."""
        old = person.phone
        self.world.move_person(old, phone)
        self.ledger.move_person(old, phone)
        person.phone = person.wa_id = phone
        person.user_id = self.world.people[phone].user_id

    def hold_for(self, updates: Sequence[tuple[App, Update]], times: int, seconds: float) -> None:
        """Hand these to the post after so many seconds of the clock."""
        self._held += 1
        key = f"held-{self._held}"
        self.delayed[key] = list(updates) * times
        self.clock.schedule(self.clock.now() + seconds, "release_delayed", key)


def names_of(person: Person | None, digits: str) -> tuple[str, ...]:
    """Every name that a fault may know this person by."""
    return (digits,) if person is None else (person.phone, person.user_id)
