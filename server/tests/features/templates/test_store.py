"""Meta's news about templates in the rows, and what becomes of sends because of them."""

import json
from datetime import datetime, timedelta
from typing import Any

from serai.core.events import Refusal
from serai.core.ids import BusinessId, ChannelId, derived
from serai.core.policy import refusal
from serai.core.state import State
from serai.core.template import TemplateRef
from serai.features.contacts.store import states
from serai.features.templates.store import drafts, read, sync, write
from serai.features.templates.store.drafts import Draft
from serai.features.templates.store.sync import Account, Synced
from serai.features.templates.store.write import Installed
from serai.kit.db import Conn
from tests.given import (
    NOON,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    send,
    text_item,
)

ACCOUNT = "880012340000001"
PACKED = Installed(
    name="parcel_update",
    language="en_US",
    category="UTILITY",
    components=[{"type": "BODY", "text": "Hi {{1}}, it comes {{2}} we hope."}],
    parameters=("customer", "day"),
    samples=("Rosa", "Tuesday"),
)
WHICH = {
    "message_template_id": 99,
    "message_template_name": "parcel_update",
    "message_template_language": "en_US",
}


def news(field: str, at: datetime = NOON, **value: Any) -> bytes:
    entry = {
        "id": ACCOUNT,
        "time": int(at.timestamp()),
        "changes": [{"field": field, "value": WHICH | value}],
    }
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


STATUS, CATEGORY = "message_template_status_update", "template_category_update"
COMPONENTS = "message_template_components_update"


async def a_cafe(conn: Conn) -> tuple[BusinessId, ChannelId]:
    """With one template from its pack."""
    business = await a_business(conn)
    channel = await a_channel(conn, business)
    await write.install(conn, business, [PACKED])
    return business, channel


async def a_person(conn: Conn, channel: ChannelId) -> State:
    """Ada as policy sees her now."""
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    [row] = await rows(conn, "SELECT id FROM contacts")
    found = await states.look(conn, [(channel, row["id"])], NOON)
    return found[channel, row["id"]]


async def test_a_paused_template_stops_at_once_and_goes_again_when_meta_says_so(conn: Conn):
    _, channel = await a_cafe(conn)
    ada = await a_person(conn, channel)
    message = send(TemplateRef("parcel_update", "en_US"))
    assert refusal(ada, message) is None

    title = {"title": "FIRST_PAUSE", "description": "…"}
    await deliver(conn, news(STATUS, event="PAUSED", reason="NONE", other_info=title))
    assert refusal(await a_person(conn, channel), message) is Refusal.TEMPLATE_NOT_USABLE
    [template] = await read.of_channel(conn, channel)
    assert template.paused_until == NOON + timedelta(hours=3)

    await deliver(conn, news(STATUS, NOON + timedelta(hours=3), event="APPROVED", reason="NONE"))
    assert refusal(await a_person(conn, channel), message) is None


async def test_late_news_do_not_undo_later_ones(conn: Conn):
    _, channel = await a_cafe(conn)
    later, earlier = NOON + timedelta(hours=1), NOON
    await deliver(conn, news(STATUS, later, event="APPROVED", reason="NONE"))
    await deliver(conn, news(STATUS, earlier, event="PAUSED", reason="NONE"))
    [template] = await read.of_channel(conn, channel)
    assert template.status == "APPROVED"


async def test_news_of_a_pause_that_the_list_showed_before_add_how_long_it_is(conn: Conn):
    _, channel = await a_cafe(conn)
    await deliver(conn, news(STATUS, NOON + timedelta(seconds=1), event="PAUSED", reason="NONE"))
    title = {"title": "SECOND_PAUSE", "description": "…"}
    await deliver(conn, news(STATUS, NOON, event="PAUSED", reason="NONE", other_info=title))
    [template] = await read.of_channel(conn, channel)
    assert template.paused_until == NOON + timedelta(hours=6)


async def test_status_and_category_of_different_times_both_count(conn: Conn):
    _, channel = await a_cafe(conn)
    moved = news(
        CATEGORY, NOON + timedelta(hours=1), previous_category="UTILITY", new_category="MARKETING"
    )
    await deliver(conn, moved, news(STATUS, NOON, event="FLAGGED", reason="NONE"))
    [template] = await read.of_channel(conn, channel)
    assert (template.category, template.previous_category) == ("MARKETING", "UTILITY")
    assert template.status == "FLAGGED"


async def test_a_send_asked_as_utility_is_judged_by_the_present_category(conn: Conn):
    _, channel = await a_cafe(conn)
    await deliver(conn, news(CATEGORY, previous_category="UTILITY", new_category="MARKETING"))
    ada = await a_person(conn, channel)
    queued = send(TemplateRef("parcel_update", "en_US", category="UTILITY"))
    assert refusal(ada, queued) is Refusal.TEMPLATE_NOW_MARKETING


async def test_the_owner_is_told_on_the_number(conn: Conn):
    await a_cafe(conn)
    await deliver(conn, news(CATEGORY, previous_category="UTILITY", new_category="MARKETING"))
    [notice] = await rows(conn, "SELECT code, level, words FROM channel_notices")
    assert notice["code"] == "template_category:parcel_update:en_US"
    assert "made it a marketing template" in notice["words"]


async def test_new_words_are_shown_at_once(conn: Conn):
    _, channel = await a_cafe(conn)
    words = "Hello {{1}}, it comes {{2}} at last."
    await deliver(conn, news(COMPONENTS, message_template_element=words))
    [template] = await read.of_channel(conn, channel)
    assert template.layout.face.body == "Hello {{1}}, it comes {{2}} at last."
    assert read.sendable(template).labels == {"1": "customer", "2": "day"}
    [due] = await rows(conn, "SELECT due_at FROM due_rows WHERE kind = 'template_sync'")
    assert due["due_at"] == NOON + timedelta(seconds=30)


def at_meta(name: str = "parcel_update", **values: Any) -> Synced:
    defaults: dict[str, Any] = {
        "meta_id": f"id-{name}",
        "name": name,
        "language": "en_US",
        "category": "UTILITY",
        "status": "APPROVED",
        "components": PACKED.components,
        "parameter_format": "POSITIONAL",
        "parameters": ("1", "2"),
        "samples": (),
        "quality": "GREEN",
        "reason": None,
        "previous_category": None,
        "correct_category": None,
    }
    return Synced(**(defaults | values))


def account(business: BusinessId, channel: ChannelId) -> Account:
    return Account(channel_id=channel, business_id=business, account_id=ACCOUNT, token=b"")


async def test_a_pack_s_template_becomes_the_account_s_and_keeps_its_names(conn: Conn):
    business, channel = await a_cafe(conn)
    await sync.keep(conn, account(business, channel), [at_meta()], NOON)
    [template] = await read.of_channel(conn, channel)
    assert (template.account_id, template.meta_id) == (ACCOUNT, "id-parcel_update")
    assert template.parameters == ("customer", "day")
    assert template.quality == "GREEN"


async def test_what_meta_lists_no_longer_is_deleted_and_what_it_never_had_is_a_draft(conn: Conn):
    business, channel = await a_cafe(conn)
    where = account(business, channel)
    await sync.keep(conn, where, [at_meta("other")], NOON)
    await sync.keep(conn, where, [], NOON + timedelta(hours=4))
    found = {row.name: row.status for row in await read.of_channel(conn, channel)}
    assert found == {"parcel_update": "DRAFT", "other": "DELETED"}


async def test_a_change_that_only_the_list_shows_is_kept_as_a_move(conn: Conn):
    business, channel = await a_cafe(conn)
    where = account(business, channel)
    await sync.keep(conn, where, [at_meta()], NOON)
    await sync.keep(conn, where, [at_meta(category="MARKETING")], NOON + timedelta(hours=4))
    [template] = await read.of_channel(conn, channel)
    assert (template.category, template.previous_category) == ("MARKETING", "UTILITY")


async def test_installing_a_pack_again_leaves_what_meta_has(conn: Conn):
    business, channel = await a_cafe(conn)
    await sync.keep(conn, account(business, channel), [at_meta()], NOON)
    await write.install(conn, business, [PACKED])
    assert len(await rows(conn, "SELECT id FROM templates")) == 1


async def test_a_template_of_another_account_is_not_offered(conn: Conn):
    business, channel = await a_cafe(conn)
    elsewhere = Account(channel_id=channel, business_id=business, account_id="999", token=b"")
    await sync.keep(conn, elsewhere, [at_meta("foreign")], NOON)
    assert [row.name for row in await read.of_channel(conn, channel)] == ["parcel_update"]


async def test_a_draft_does_not_overwrite_what_meta_has(conn: Conn):
    business, channel = await a_cafe(conn)
    await sync.keep(conn, account(business, channel), [at_meta()], NOON)

    def draft(name: str) -> Draft:
        return Draft(
            id=derived("template", name),
            business_id=business,
            account_id=ACCOUNT,
            name=name,
            language="en_US",
            category="UTILITY",
            components=PACKED.components,
        )

    assert await drafts.add(conn, draft("parcel_update")) is None
    added = await drafts.add(conn, draft("fresh"))
    assert added is not None
    await drafts.set_fallbacks(conn, added, {"body.1": "friend"})
    row = await read.one(conn, added)
    assert row is not None
    assert (row.status, row.fallbacks) == ("DRAFT", {"body.1": "friend"})
    await drafts.remove(conn, added)
    assert await read.one(conn, added) is None
