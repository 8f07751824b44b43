"""From a message in the log to a notification that one browser can open."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from serai.core.events import ConversationAssigned, NoteWritten
from serai.core.ids import BusinessId, derived
from serai.core.permissions import Role
from serai.engine.handle import handle
from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.store import people
from serai.features.accounts.store.people import NewUser, email_lookup
from serai.features.push import jobs
from serai.features.push.jobs import Postman
from serai.features.push.model import Choices
from serai.features.push.store import devices, notices
from serai.features.push.store.devices import NewDevice
from serai.kit.db import ENGINE, Conn, pool
from serai.kit.outbound import Outbound
from tests.features.push.service import Browser, PushService, push_service
from tests.given import (
    NOON,
    VAULT,
    WIRING,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)

pytestmark = pytest.mark.anyio
NAMES = {
    derived("user", email_lookup(VAULT, f"{name}@cafe.example").hex()): name
    for name in ("sara", "omar")
}
SARA, OMAR = NAMES


class Office(NamedTuple):
    """A café where people answer, its clock, and the push service."""

    conn: Conn
    business: BusinessId
    organization: UUID
    service: PushService
    postman: Postman
    clock: list[datetime]

    async def hire(self, who: UUID, role: Role = Role.AGENT, at: BusinessId | None = None) -> None:
        new = NewUser(
            organization_id=self.organization,
            name=NAMES[who].title(),
            email=f"{NAMES[who]}@cafe.example",
            memberships=[Membership(business_id=at, role=role)],
        )
        await people.add(self.conn, VAULT, new, NOON)

    async def browser(self, who: UUID, name: str) -> Browser:
        browser = Browser(self.service, name)
        new = NewDevice(who, name, browser.subscription)
        await devices.subscribe(self.conn, VAULT, new, self.clock[0])
        return browser

    async def hears(self, text: str, number: int) -> None:
        """Ada writes."""
        item = text_item(text, id_=f"wamid.{number}", at=int(self.clock[0].timestamp()))
        self.clock[0] += timedelta(seconds=1)
        await deliver(self.conn, delivery(change(messages=[item])), now=self.clock[0])

    async def assigned(self, to: UUID, by: UUID) -> None:
        """The conversation becomes theirs."""
        await self._happens(ConversationAssigned, by, assignee=to, team=None)

    async def notes(self, body: str, by: UUID, mentions: UUID) -> None:
        await self._happens(NoteWritten, by, body=body, mentions=(mentions,))

    async def _happens(self, kind: Any, by: UUID, **more: Any) -> None:
        self.clock[0] += timedelta(seconds=1)
        [talk] = await rows(self.conn, "SELECT id FROM conversations")
        event = kind(
            key=f"{kind.__name__} {self.clock[0]}",
            at=self.clock[0],
            conversation_id=talk["id"],
            business_id=self.business,
            by=str(by),
            **more,
        )
        async with self.conn.transaction():
            await handle(self.conn, WIRING, [event], self.clock[0])

    async def works(self, later: timedelta = timedelta(seconds=3)) -> None:
        """One look at the log, and one when what it found is due."""
        await jobs.work(self.postman)
        self.clock[0] += later
        await jobs.work(self.postman)


@pytest.fixture
async def office(db_url: str, conn: Conn) -> AsyncIterator[Office]:
    business = await a_business(conn, always_human=True)
    await a_channel(conn, business)
    [company] = await rows(conn, "SELECT organization_id AS id FROM businesses")
    clock = [NOON]
    async with (
        pool(db_url, ENGINE, 4) as opened,
        Outbound(5, private=True) as outbound,
        push_service() as service,
    ):
        postman = Postman(
            opened,
            VAULT,
            outbound,
            "mailto:ops@cafe.example",
            lambda: clock[0],
            lambda: datetime(2026, 11, 21, tzinfo=UTC),
        )
        await jobs.work(postman)  # from here on the log is news
        yield Office(conn, business, company["id"], service, postman, clock)


async def outcomes(conn: Conn) -> list[Any]:
    found = await rows(conn, "SELECT outcome FROM push_notices ORDER BY created_at, subject")
    return [row["outcome"] for row in found]


@pytest.mark.promise("UIX-04")
async def test_a_new_message_reaches_each_browser_of_who_may_answer_as_one_notification(
    office: Office,
) -> None:
    await office.hire(SARA)
    phone, desk = await office.browser(SARA, "phone"), await office.browser(SARA, "desk")
    await office.hears("Is there cake?", 1)
    await office.hears("And tea?", 2)

    await office.works()

    for browser in (phone, desk):
        [shown] = browser.shown()
        assert shown["title"] == "Somebody · Cafe"
        assert shown["body"] == "And tea? (+1)"
        assert shown["path"].startswith("/inbox/")
        [headers] = browser.headers()
        assert (headers["Urgency"], headers["Content-Encoding"]) == ("normal", "aes128gcm")
        assert headers["Topic"]
        assert headers["Authorization"].startswith("vapid t=")


async def test_a_fact_is_told_once_however_often_the_log_is_read(office: Office) -> None:
    await office.hire(SARA)
    phone = await office.browser(SARA, "phone")
    await office.hears("Is there cake?", 1)

    await office.works()
    await office.works()
    await office.works()

    assert len(phone.shown()) == 1


async def test_a_notice_whose_worker_died_is_not_told_again(office: Office) -> None:
    await office.hire(SARA)
    phone = await office.browser(SARA, "phone")
    await notices.test(office.conn, SARA, "test", office.clock[0])
    taken = await notices.take(office.conn, office.clock[0], 10)
    assert len(taken) == 1

    await office.works(timedelta(hours=1))

    assert phone.shown() == []


async def test_who_may_not_answer_there_is_told_nothing(office: Office) -> None:
    elsewhere = await a_business(office.conn, "school")
    await office.hire(SARA, at=elsewhere)
    await office.hire(OMAR, Role.AUDITOR)
    browsers = [await office.browser(SARA, "sara"), await office.browser(OMAR, "omar")]
    await office.hears("Is there cake?", 1)

    await office.works()

    assert [browser.shown() for browser in browsers] == [[], []]


async def test_who_does_not_want_that_kind_is_told_nothing(office: Office) -> None:
    await office.hire(SARA)
    phone = await office.browser(SARA, "phone")
    await devices.choose(office.conn, SARA, Choices(kinds=("mention",)))
    await office.hears("Is there cake?", 1)

    await office.works()

    assert phone.shown() == []


async def test_a_conversation_that_somebody_has_is_told_to_them_alone(office: Office) -> None:
    await office.hire(SARA)
    await office.hire(OMAR)
    mine, theirs = await office.browser(SARA, "sara"), await office.browser(OMAR, "omar")
    await office.hears("Is there cake?", 1)
    await office.works()
    await office.assigned(SARA, by=OMAR)
    await office.hears("Hello?", 2)

    await office.works()

    assert [shown["body"] for shown in theirs.shown()] == ["Is there cake?"]
    assert mine.shown()[1]["body"] == "Assigned to you: Hello?"
    assert mine.headers()[1]["Urgency"] == "high"


async def test_who_takes_a_conversation_is_not_told_so(office: Office) -> None:
    await office.hire(SARA)
    phone = await office.browser(SARA, "phone")
    await office.hears("Is there cake?", 1)
    await office.works()
    await office.assigned(SARA, by=SARA)

    await office.works()

    assert len(phone.shown()) == 1


async def test_who_is_mentioned_in_a_note_is_told(office: Office) -> None:
    await office.hire(SARA)
    await office.hire(OMAR)
    mine, theirs = await office.browser(SARA, "sara"), await office.browser(OMAR, "omar")
    await office.hears("Is there cake?", 1)
    await office.works()
    await office.notes("Can you help?", by=OMAR, mentions=SARA)

    await office.works()

    assert mine.shown()[1]["body"].startswith("You were mentioned")
    assert len(theirs.shown()) == 1


async def test_what_was_read_meanwhile_is_not_told(office: Office) -> None:
    await office.hire(SARA)
    phone = await office.browser(SARA, "phone")
    await office.hears("Is there cake?", 1)
    await jobs.work(office.postman)
    await office.conn.execute("UPDATE conversations SET unread_count = 0")

    await office.works()

    assert phone.shown() == []
    assert await outcomes(office.conn) == ["old"]


async def test_in_quiet_hours_it_waits_until_they_end(office: Office) -> None:
    await office.hire(SARA)
    phone = await office.browser(SARA, "phone")
    quiet = Choices(quiet_days=tuple(range(7)), quiet_from="11:00", quiet_to="13:00")
    await devices.choose(office.conn, SARA, quiet)
    await office.hears("Is there cake?", 1)

    await office.works()
    assert phone.shown() == []
    await office.works(timedelta(minutes=30))
    assert phone.shown() == []
    await office.works(timedelta(minutes=30))

    assert len(phone.shown()) == 1


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(office: Office, status: int) -> None:
    await office.hire(SARA)
    gone, here = await office.browser(SARA, "gone"), await office.browser(SARA, "here")
    office.service.answers = [status]
    await notices.test(office.conn, SARA, "test", office.clock[0])

    await jobs.work(office.postman)

    left = await devices.devices(office.conn, SARA)
    assert len(left) == 1
    assert len(gone.shown()) + len(here.shown()) == 2


async def test_a_service_that_is_busy_is_asked_again_later_and_told_once(office: Office) -> None:
    await office.hire(SARA)
    phone = await office.browser(SARA, "phone")
    office.service.answers = [503, 429]
    await notices.test(office.conn, SARA, "test", office.clock[0])

    await jobs.work(office.postman)
    await jobs.work(office.postman)
    assert len(phone.shown()) == 1
    await office.works(timedelta(minutes=1))
    await office.works(timedelta(minutes=2))
    await office.works(timedelta(hours=1))

    assert len(phone.shown()) == 3
    assert await outcomes(office.conn) == ["told"]


async def test_a_browser_is_one_persons_at_a_time(office: Office) -> None:
    await office.hire(SARA)
    await office.hire(OMAR)
    await office.browser(SARA, "shared")
    await office.browser(OMAR, "shared")

    assert await devices.devices(office.conn, SARA) == []
    assert len(await devices.devices(office.conn, OMAR)) == 1


async def test_old_rows_are_dropped(office: Office) -> None:
    await office.hire(SARA)
    await office.browser(SARA, "phone")
    await notices.test(office.conn, SARA, "test", office.clock[0])
    await jobs.work(office.postman)

    office.clock[0] += timedelta(days=3)
    await notices.forget(office.conn, office.clock[0] - jobs.KEPT_FOR, 10)

    assert await outcomes(office.conn) == []
