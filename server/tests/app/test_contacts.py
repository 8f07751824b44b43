"""People over the API: records, what they are known by, consent, history, and two that are one."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from serai.kit.db import Conn
from tests.app.calling import Api, serving
from tests.given import NOON, a_business, a_channel, change, deliver, delivery, rows, text_item

ADA_PHONE, BEN_PHONE = "15550100123", "15550100456"


class Desk:
    """A key that may do everything, and a business with one number."""

    def __init__(self, api: Api, key: str, business: str) -> None:
        self.api = api
        self.key = key
        self.business = business

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = await self.api.ask(method, path, body, key=self.key, **more)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    async def refused(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = await self.api.ask(method, path, body, key=self.key, **more)
        assert answer.status_code >= 400, answer.text
        return answer.json()

    async def add(self, **fields: Any) -> Any:
        return await self.ask("POST", "/contacts", {"business_id": self.business, **fields})

    async def writes(self, phone: str, text: str = "hello", *, id_: str = "") -> None:
        item = text_item(text, id_=id_ or f"wamid.{phone}.{text}", phone=phone)
        await deliver(self.api.conn, delivery(change(messages=[item])), now=NOON)


@pytest.fixture
async def desk(db_url: str, conn: Conn) -> AsyncIterator[Desk]:
    business = await a_business(conn)
    await a_channel(conn, business)
    async with serving(db_url, conn) as api:
        yield Desk(api, await api.key("admin"), str(business))


@pytest.mark.promise("CON-02")
async def test_a_contact_is_added_listed_changed_and_archived(desk: Desk):
    ada = await desk.add(phone="+1 555 010 0123", name="Ada", company="Engines", notes="Likes tea.")
    assert ada["identities"][0]["value"] == f"+{ADA_PHONE}"
    assert (ada["source"], ada["agreed_to_marketing"]) == ("api", "unknown")

    path = f"/contacts/{ada['id']}"
    told = await desk.ask(
        "PATCH", path, {"name": "Ada L.", "birthday": "1990-12-10", "company": None}
    )
    assert (told["name"], told["birthday"], told["company"]) == ("Ada L.", "1990-12-10", None)
    assert told["notes"] == "Likes tea.", "what is left out stays"

    assert [each["id"] for each in (await desk.ask("GET", "/contacts"))["data"]] == [ada["id"]]
    await desk.ask("DELETE", path)
    assert (await desk.ask("GET", "/contacts"))["data"] == []
    assert (await desk.ask("GET", "/contacts?archived=true"))["data"][0]["id"] == ada["id"]
    await desk.writes(ADA_PHONE)
    back = (await desk.ask("GET", "/contacts"))["data"]
    assert [each["name"] for each in back] == ["Ada L."], "whoever writes is back, under our name"


async def test_a_change_upon_what_is_not_so_any_more_is_refused(desk: Desk):
    ada = await desk.add(phone=f"+{ADA_PHONE}", name="Ada")
    path, seen = f"/contacts/{ada['id']}", {"If-Match": ada["etag"]}
    await desk.ask("PATCH", path, {"company": "Engines"}, headers=seen)
    late = await desk.refused("PATCH", path, {"company": "Looms"}, headers=seen)
    assert (late["status"], late["code"]) == (412, "contact_changed")


@pytest.mark.promise("CON-02")
async def test_pages_are_stable_while_people_are_added(desk: Desk):
    for n in range(9):
        await desk.add(phone=f"+1555010{n:04d}", name=f"Person {n}")
    for sort in ("newest", "oldest", "name", "name_desc", "seen", "seen_asc"):
        seen: list[str] = []
        cursor = ""
        while cursor is not None:
            page = await desk.ask("GET", f"/contacts?sort={sort}&limit=4{cursor}")
            seen += [each["name"] for each in page["data"]]
            name = f"{'A' if sort == 'name' else 'Z'} new {sort} {len(seen)}"
            await desk.add(phone=f"+1555020{len(await all_rows(desk)):04d}", name=name)
            cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
        olds = [name for name in seen if name.startswith("Person")]
        assert sorted(olds) == [f"Person {n}" for n in range(9)], f"{sort}: each once"


async def all_rows(desk: Desk) -> list[dict[str, Any]]:
    return await rows(desk.api.conn, "SELECT id FROM contacts")


async def test_people_are_filtered_by_what_is_known_of_them(desk: Desk):
    rule = {"name": "Grade", "type": "choice", "choices": ["5", "6"]}
    await desk.ask("PUT", f"/businesses/{desk.business}/contact-attributes/grade", rule)
    tag = await desk.ask("POST", "/tags", {"business_id": desk.business, "name": "VIP"})
    ada = await desk.add(
        phone=f"+{ADA_PHONE}", name="Ada Lovelace", language="en", tag_ids=[tag["id"]]
    )
    email = {"type": "email", "value": "Ben@Example.org"}
    ben = await desk.add(identities=[email], name="Ben", attributes={"grade": "5"})
    await desk.writes(ADA_PHONE, "stop")
    asked = {
        "q=lovel": [ada], "q=%2B1%20555%20010-0123": [ada], "q=ben@example.org": [ben],
        "q=be": [ben], f"tag_id={tag['id']}": [ada], "language=en": [ada], "has=phone": [ada],
        "lacks=phone": [ben], "consent=no": [ada], "consent=unknown": [ben],
        "attribute=grade:5": [ben], "attribute=grade:6": [], "seen_after=2026-01-01T00:00:00Z": [ada],
        "seen_before=2026-01-01T00:00:00Z": [ben], "source=api": [ben, ada], "source=import": [],
    }  # fmt: skip
    for query, expected in asked.items():
        found = (await desk.ask("GET", f"/contacts?{query}"))["data"]
        count = await desk.ask("GET", f"/contacts/count?{query}")
        assert [each["name"] for each in found] == [each["name"] for each in expected], query
        assert count == {"count": len(expected), "is_exact": True}, query


async def test_attributes_are_what_the_business_said_they_are(desk: Desk):
    rule = {"name": "Children", "type": "number"}
    await desk.ask("PUT", f"/businesses/{desk.business}/contact-attributes/children", rule)
    ada = await desk.add(phone=f"+{ADA_PHONE}", attributes={"children": "2"})
    assert ada["attributes"] == {"children": 2}
    path = f"/contacts/{ada['id']}"
    bad = await desk.refused("PATCH", path, {"attributes": {"children": "two"}})
    assert (bad["code"], bad["field"]) == ("attribute_misfit", "attributes.children")
    unknown = await desk.refused("PATCH", path, {"attributes": {"shoes": "42"}})
    assert unknown["field"] == "attributes.shoes"
    gone = await desk.ask("PATCH", path, {"attributes": {"children": None}})
    assert gone["attributes"] == {}


@pytest.mark.promise("CON-01")
async def test_one_person_has_two_phones_and_ids_of_every_channel_and_is_found_by_each(desk: Desk):
    known = {
        "phone": "+15550100456",
        "ig_user_id": "17841400000000001",
        "page_user_id": "24500000000000001",
        "wa_user_id": "US.2048",
        "username": "@Ada.L",
        "email": "ada@example.org",
        "external_id": "crm-77",
    }
    ada = await desk.add(phone=f"+{ADA_PHONE}", name="Ada")
    for type_, value in known.items():
        await desk.ask("POST", f"/contacts/{ada['id']}/identities", {"type": type_, "value": value})
    for type_, value in {**known, "phone": "1 (555) 010-0456", "email": "ADA@example.org"}.items():
        params = {"business_id": desk.business, "type": type_, "value": value}
        found = await desk.ask("GET", "/contacts/lookup", params=params)
        assert found["id"] == ada["id"], type_
        assert len(found["identities"]) == 8


async def test_what_is_somebody_else_s_is_refused_and_says_whose_it_is(desk: Desk):
    ada = await desk.add(phone=f"+{ADA_PHONE}", name="Ada")
    ben = await desk.add(phone=f"+{BEN_PHONE}", name="Ben")
    mine = {"type": "phone", "value": f"+{ADA_PHONE}"}
    taken = await desk.refused("POST", f"/contacts/{ben['id']}/identities", mine)
    assert (taken["code"], taken["field"]) == ("contact_exists", "value")
    assert ada["id"] in taken["detail"]
    last = f"/contacts/{ben['id']}/identities/{ben['identities'][0]['id']}"
    assert (await desk.refused("DELETE", last))["code"] == "identity_is_last"
    checked = await desk.ask("PUT", f"{last}/verified")
    assert checked["identities"][0]["verified_at"]


async def test_whoever_writes_by_a_number_that_was_taken_off_someone_is_somebody_new(desk: Desk):
    await desk.writes(ADA_PHONE)
    [ada] = (await desk.ask("GET", "/contacts"))["data"]
    email = {"type": "email", "value": "ada@example.org"}
    told = await desk.ask("POST", f"/contacts/{ada['id']}/identities", email)
    for each in told["identities"]:
        if each["type"] != "email":
            await desk.ask("DELETE", f"/contacts/{ada['id']}/identities/{each['id']}")
    await desk.writes(ADA_PHONE, "I have this number now")
    both = (await desk.ask("GET", "/contacts"))["data"]
    assert len(both) == 2
    assert {each["type"] for each in both[0]["identities"]} & {"phone"}


@pytest.mark.promise("CON-04")
async def test_consent_is_recorded_with_its_proof_and_a_changed_record_shows(desk: Desk):
    await desk.writes(ADA_PHONE, "stop")
    [ada] = (await desk.ask("GET", "/contacts"))["data"]
    said = {"purpose": "marketing", "granted": True, "method": "form", "channel_kind": "whatsapp",
            "wording": "Offers by WhatsApp, v3"}  # fmt: skip
    told = (await desk.ask("POST", f"/contacts/{ada['id']}/consents", said))["data"]
    assert [(each["granted"], each["method"], each["by"]) for each in told] == [
        (True, "form", "Test"),
        (False, "message", None),
    ]
    assert told[1]["message_id"], "the message in which they said so"
    assert told[0]["wording"] == "Offers by WhatsApp, v3"
    assert all(each["is_intact"] for each in told)

    await desk.api.conn.execute("SET serai.replaying = 'on'")
    await desk.api.conn.execute("UPDATE consent_records SET granted = true WHERE NOT granted")
    told = (await desk.ask("GET", f"/contacts/{ada['id']}/consents"))["data"]
    assert [each["is_intact"] for each in told] == [True, False]


async def test_the_history_is_one_list_over_conversations_consents_tags_and_merges(desk: Desk):
    await desk.writes(ADA_PHONE, "stop")
    await desk.writes(BEN_PHONE, "hello")
    ben, ada = (await desk.ask("GET", "/contacts?sort=name"))["data"]
    tag = await desk.ask("POST", "/tags", {"business_id": desk.business, "name": "VIP"})
    await desk.ask("PUT", f"/contacts/{ada['id']}/tags/{tag['id']}")
    talk = {"conversation_ids": [ben["conversation_id"]]}
    await desk.ask("POST", "/conversations/tag", {**talk, "add": [tag["id"]], "remove": []})
    note: dict[str, Any] = {"body": "Asks for a window seat.", "mentions": []}
    await desk.ask("POST", f"/conversations/{ben['conversation_id']}/notes", note)
    await desk.ask("POST", f"/contacts/{ada['id']}/merges", {"gone_id": ben["id"]})

    path = f"/contacts/{ada['id']}/timeline"
    everything = (await desk.ask("GET", path))["data"]
    kinds = [each["kind"] for each in everything]
    assert set(kinds) == {
        "message", "conversation", "work", "note", "consent", "tag", "merge", "identity",
    }  # fmt: skip
    texts = {each["detail"]["text"] for each in everything if each["kind"] == "message"}
    assert texts == {"stop", "hello"}, "of both who are one now"

    paged: list[str] = []
    cursor = ""
    while cursor is not None:
        page = await desk.ask("GET", f"{path}?limit=2{cursor}")
        paged += [each["id"] for each in page["data"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert paged == [each["id"] for each in everything]
    only = (await desk.ask("GET", f"{path}?kind=consent"))["data"]
    assert [each["kind"] for each in only] == ["consent"]


async def test_who_comes_back_after_months_has_their_whole_past_in_one_list(desk: Desk):
    await desk.writes(ADA_PHONE, "first time")
    [ada] = (await desk.ask("GET", "/contacts"))["data"]
    talk = {"conversation_ids": [ada["conversation_id"]]}
    await desk.ask("POST", "/conversations/mark", {**talk, "mark": "resolved"})
    later = NOON + timedelta(days=95)
    item = text_item("back again", phone=ADA_PHONE, at=int(later.timestamp()))
    await deliver(desk.api.conn, delivery(change(messages=[item])), now=later)

    said = (await desk.ask("GET", f"/contacts/{ada['id']}/timeline?kind=message"))["data"]
    texts = [each["detail"]["text"] for each in said if each["detail"]["direction"] == "in"]
    assert texts == ["back again", "first time"]
    kinds = {
        each["kind"] for each in (await desk.ask("GET", f"/contacts/{ada['id']}/timeline"))["data"]
    }
    assert {"conversation", "work", "message"} <= kinds


async def test_two_tags_that_mean_one_thing_become_one_everywhere(desk: Desk):
    await desk.writes(ADA_PHONE)
    [ada] = (await desk.ask("GET", "/contacts"))["data"]
    ben = await desk.add(phone=f"+{BEN_PHONE}", name="Ben")
    kept, gone = [
        await desk.ask("POST", "/tags", {"business_id": desk.business, "name": name})
        for name in ("VIP", "Important")
    ]
    for contact, tag in ((ada, gone), (ada, kept), (ben, gone)):
        await desk.ask("PUT", f"/contacts/{contact['id']}/tags/{tag['id']}")
    talk = {"conversation_ids": [ada["conversation_id"]]}
    await desk.ask("POST", "/conversations/tag", {**talk, "add": [gone["id"]], "remove": []})

    itself = await desk.refused("POST", f"/tags/{gone['id']}/merge", {"into_id": gone["id"]})
    assert (itself["code"], itself["field"]) == ("merge_with_itself", "into_id")
    one = await desk.ask("POST", f"/tags/{gone['id']}/merge", {"into_id": kept["id"]})

    assert (one["name"], one["contact_count"], one["conversation_count"]) == ("VIP", 2, 1)
    assert [each["id"] for each in (await desk.ask("GET", "/tags"))["data"]] == [kept["id"]]


async def test_how_many_have_a_value_is_known_before_a_field_is_removed(desk: Desk):
    rule = {"name": "Grade", "type": "choice", "choices": ["5", "6"]}
    fields = f"/businesses/{desk.business}/contact-attributes"
    await desk.ask("PUT", f"{fields}/grade", rule)
    await desk.add(phone=f"+{ADA_PHONE}", attributes={"grade": "5"})
    assert await desk.ask("GET", f"{fields}/uses") == {"grade": 1}
    await desk.ask("DELETE", f"{fields}/grade")
    assert await desk.ask("GET", f"{fields}/uses") == {}


async def test_two_contacts_become_one_and_two_again(desk: Desk):
    await desk.writes(ADA_PHONE, "stop")
    await desk.writes(BEN_PHONE, "start")
    by_phone = {
        each["identities"][0]["value"]: each
        for each in (await desk.ask("GET", "/contacts"))["data"]
    }
    kept, gone = by_phone[f"+{BEN_PHONE}"], by_phone[f"+{ADA_PHONE}"]
    await desk.ask("PATCH", f"/contacts/{gone['id']}", {"company": "Engines"})

    one = await desk.ask("POST", f"/contacts/{kept['id']}/merges", {"gone_id": gone["id"]})

    phones = {each["value"] for each in one["identities"] if each["type"] == "phone"}
    assert phones == {f"+{ADA_PHONE}", f"+{BEN_PHONE}"}
    assert (one["company"], one["agreed_to_marketing"]) == ("Engines", "no")
    open_ = await rows(desk.api.conn, "SELECT FROM conversations WHERE status <> 'resolved'")
    assert len(open_) == 1, "one person has one open conversation"
    await desk.writes(ADA_PHONE, "still me")
    assert len((await desk.ask("GET", "/contacts"))["data"]) == 1
    refused = await desk.refused("PATCH", f"/contacts/{gone['id']}", {"name": "X"})
    assert refused["code"] == "contact_merged"

    [merge] = (await desk.ask("GET", f"/contacts/{kept['id']}/merges"))["data"]
    two = await desk.ask("DELETE", f"/contacts/{kept['id']}/merges/{merge['id']}")
    assert (two["company"], len((await desk.ask("GET", "/contacts"))["data"])) == (None, 2)
    theirs = await desk.ask("GET", f"/contacts/{gone['id']}/timeline?kind=message")
    assert {each["detail"]["text"] for each in theirs["data"]} >= {"stop"}


async def test_who_looks_like_one_person_is_suggested_until_someone_says_no(desk: Desk):
    ada = await desk.add(phone=f"+{ADA_PHONE}", name="Ada Lovelace")
    twin = await desk.add(phone=f"+{BEN_PHONE}", name="Lovelace, Ada")
    await desk.add(phone="+15550100789", name="Ada Byron")
    path = f"/contacts/{ada['id']}/suggestions"
    [found] = (await desk.ask("GET", path))["data"]
    assert (found["contact"]["id"], found["reasons"]) == (twin["id"], ["same_name"])
    await desk.ask("PUT", f"{path}/{twin['id']}/dismissed")
    assert (await desk.ask("GET", path))["data"] == []
