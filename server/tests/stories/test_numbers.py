"""What owners set up at Meta through us: profile, codes, PIN, people; by API and command."""

import pytest
from tests.stories.conftest import AMAL, BEN, CAFE, SCHOOL, SHOP, Stack, until
from tests.stories.numbers import BY_NUMBER, channel, of, read, token_of


@pytest.mark.promise("MSG-26")
def test_a_saved_profile_is_the_profile_at_meta_and_a_bad_category_shows_metas_words(
    stack: Stack,
):
    path = of(stack, CAFE, "/whatsapp/profile")
    wanted = {
        "about": "Coffee and cakes since 1998",
        "description": "A cafe by the sea.",
        "address": "1 Harbour Road",
        "email": "hello@cafe.example",
        "websites": ["https://cafe.example"],
        "category": "RESTAURANT",
    }

    saved = stack.ask("PATCH", path, wanted)

    assert saved.status_code == 200, saved.text
    at_meta = stack.tell("GET", f"/numbers/{CAFE}")["desk"]["profile"]
    assert at_meta["about"] == wanted["about"]
    assert at_meta["vertical"] == "RESTAURANT"
    assert stack.ask("GET", path).json() == {**wanted, "picture_url": ""}

    bad = stack.ask("PATCH", path, {"category": "SPACESHIPS"})
    assert bad.status_code == 422
    assert bad.json()["code"] == "meta_refused"
    assert bad.json()["meta_code"] == 100
    assert "SPACESHIPS" in bad.json()["detail"] or "vertical" in bad.json()["detail"]
    long = stack.ask("PATCH", path, {"about": "x" * 140}).json()
    assert (long["code"], long["field"]) == ("request_invalid", "about")

    picture = bytes.fromhex("89504e470d0a1a0a") + b"0" * 2000
    url = f"{stack.api}{path}/picture"
    header = {"Authorization": f"Bearer {stack.key}"}
    shown = stack.http.put(url, content=picture, headers=header)
    assert shown.status_code == 200, shown.text
    assert shown.json()["picture_url"]
    given = stack.http.get(url, headers=header)
    assert (given.content, given.headers["content-type"]) == (picture, "image/png")
    assert (
        stack.http.put(url, content=b"GIF89a", headers=header).json()["code"] == "picture_invalid"
    )


@pytest.mark.promise("MSG-28")
def test_each_business_has_its_own_profile_and_writes_by_its_own_number(working: Stack):
    for number in (SCHOOL, CAFE, SHOP):
        about = {"about": f"We are {BY_NUMBER[number].pack}"}
        assert (
            working.ask("PATCH", of(working, number, "/whatsapp/profile"), about).status_code == 200
        )
    read(working)

    shown = {number: working.ask("GET", of(working, number, "/whatsapp/profile")).json()["about"]
             for number in (SCHOOL, CAFE, SHOP)}  # fmt: skip
    assert shown == {number: f"We are {BY_NUMBER[number].pack}" for number in shown}
    assert len({channel(working, number)["public_name"] for number in shown}) == 3

    for number in shown:
        working.write(AMAL, number, "menu")
    until(lambda: all(working.answers(AMAL, number) for number in shown))
    sends = working.tell("GET", "/sends")["sends"]
    sent = {str(row["id"]): row["meta_id"] for row in working.rows(
        "SELECT messages.id, channels.meta_id FROM messages JOIN channels ON channels.id = channel_id"
        " AND channels.business_id = messages.business_id WHERE direction = 'out'")}  # fmt: skip
    assert sends
    assert all(sent[each["biz_opaque_callback_data"]] == each["number"] for each in sends)


@pytest.mark.promise("MSG-25")
def test_qr_codes_are_made_listed_changed_and_taken_away(stack: Stack):
    path = of(stack, CAFE, "/whatsapp/qr-codes")

    key = {"Idempotency-Key": "a table"}
    made, again = (
        stack.ask("POST", path, {"text": "A table for tonight, please"}, **key).json()
        for _ in range(2)
    )
    assert again == made, "made once"
    picture = stack.http.get(made["picture_url"])
    assert b"<svg" in picture.content[:300]
    assert [each["code"] for each in stack.ask("GET", path).json()["data"]] == [made["code"]]
    changed = stack.ask("PUT", f"{path}/{made['code']}", {"text": "A table for two"}).json()
    assert (changed["code"], changed["text"]) == (made["code"], "A table for two")
    assert stack.ask("DELETE", f"{path}/{made['code']}").json() == {"done": True}
    assert stack.ask("GET", path).json()["data"] == []


def test_what_people_see_before_they_write_and_whom_a_number_blocks(working: Stack):
    path = of(working, CAFE, "/whatsapp/automation")
    wanted = {"ice_breakers": ["Book a table"], "commands": [{"name": "menu", "hint": "The menu"}]}
    assert working.ask("PUT", path, wanted).json() == wanted
    assert working.ask("GET", path).json() == wanted
    many = wanted | {"ice_breakers": ["one"] * 5}
    assert working.ask("PUT", path, many).json()["field"] == "ice_breakers"

    shop = {"cart": False, "catalogue": True}
    assert working.ask("PUT", of(working, CAFE, "/whatsapp/commerce"), shop).json() == shop
    assert working.ask("GET", of(working, CAFE, "/whatsapp/commerce")).json() == shop

    working.write(BEN, CAFE, "menu")
    [talk] = until(lambda: working.ask("GET", "/conversations").json()["data"])
    contact = talk["contact"]["id"]
    path = of(working, CAFE, f"/blocked/{contact}")
    assert working.ask("PUT", path).json() == {"done": True}
    [blocked] = working.ask("GET", of(working, CAFE, "/blocked")).json()["data"]
    assert (blocked["phone"], blocked["contact_id"]) == (BEN, contact)
    assert blocked["blocked_at"]
    assert blocked["blocked_by"]
    assert len(working.ask("GET", f"/contacts/{contact}/blocks").json()["data"]) == 1
    assert working.ask("DELETE", path).json() == {"done": True}
    assert working.ask("GET", of(working, CAFE, "/blocked")).json()["data"] == []
    history = working.ask("GET", f"/contacts/{contact}/timeline?kind=block").json()["data"]
    assert [each["detail"]["lifted"] for each in history] == [True, False]

    working.ask("PUT", path)
    stranger = of(working, CAFE, f"/blocked?phone={BEN}")
    assert working.ask("DELETE", stranger).json() == {"done": True}
    assert working.ask("GET", of(working, CAFE, "/blocked")).json()["data"] == []


def test_pins_and_codes_that_meta_refuses_come_back_in_metas_words(stack: Stack):
    read_only = stack.ask("PUT", of(stack, CAFE, "/whatsapp/pin"), {"pin": "12345"})
    assert read_only.json()["field"] == "pin"
    assert stack.ask("PUT", of(stack, CAFE, "/whatsapp/pin"), {"pin": "482913"}).json() == {
        "done": True
    }
    wrong = stack.ask("POST", of(stack, CAFE, "/whatsapp/register"), {"pin": "111111"})
    assert wrong.status_code == 409, wrong.text
    assert (wrong.json()["code"], wrong.json()["meta_code"]) == ("meta_refused", 133005)

    stack.stop("metasim")
    away = stack.ask("GET", of(stack, CAFE, "/whatsapp/profile"))
    assert (away.status_code, away.json()["code"]) == (503, "meta_unavailable")
    assert int(away.headers["Retry-After"]) >= 1


def test_everything_about_a_number_can_be_done_from_the_command_line(stack: Stack):
    assert "Hawana Cafe" in stack.command("channel", "list")
    shown = stack.command(
        "channel", "profile", CAFE, "--set", "about=Coffee", "--set", "website=https://cafe.example"
    )
    assert "about=Coffee" in shown
    assert "website=https://cafe.example" in shown
    assert stack.tell("GET", f"/numbers/{CAFE}")["desk"]["profile"]["about"] == "Coffee"
    assert "wa.me" in stack.command("channel", "qr", "add", CAFE, "A table, please")
    code = stack.command("channel", "qr", "list", CAFE).split()[0]
    stack.command("channel", "qr", "remove", CAFE, code)
    assert stack.command("channel", "qr", "list", CAFE) == ""
    said = stack.command(
        "channel", "welcome", CAFE, "--ice-breaker", "Book a table", "--command", "menu=The menu"
    )
    assert said == "ice breaker: Book a table\n/menu: The menu\n"
    stack.command("channel", "pin", CAFE, "--pin", "482913")
    assert "PHONE_NUMBER: AVAILABLE" in stack.command("channel", "health", CAFE)
    assert stack.command("channel", "refresh", CAFE) == "Read.\n"
    assert stack.command("channel", "notices", CAFE) == ""

    wrong = stack.run("channel", "register", CAFE, "--pin", "111111")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("Meta did not do it: ")
    nobody = stack.run("channel", "health", "123")
    assert nobody.stderr.startswith("There is no number 123; there are: ")

    stack.tell("POST", f"/tokens/{BY_NUMBER[CAFE].token}/revoke", {})
    assert "Meta did not tell" in stack.command("channel", "refresh", CAFE)
    assert "access token" in stack.command("channel", "notices", CAFE)
    assert "paused" in stack.command("channel", "list")
    stack.env["SERAI_TOKEN"] = token_of(stack, CAFE)
    stack.command("channel", "resume", CAFE)
    assert stack.command("channel", "refresh", CAFE) == "Read.\n"
    assert stack.command("channel", "notices", CAFE) == ""
