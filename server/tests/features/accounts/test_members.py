"""Who works here: asked in, given roles, kept out."""

from datetime import timedelta

from tests.features.accounts.house import PASSWORD, House, code_of


def test_an_invitation_opens_once_for_seven_days(house: House):
    owner = house.owner()
    roles = [{"business_id": None, "role": "agent"}]
    token = owner.post("/invitations", email="ben@company.example", memberships=roles).json()[
        "token"
    ]
    seen = house.browser().post("/invitation/look", token=token).json()
    assert seen == {
        "company": "Company",
        "email": "ben@company.example",
        "invited_by": "Ada Owner",
    }

    ben = house.browser()
    answer = ben.post("/invitation/accept", token=token, name="Ben", password=PASSWORD)

    assert answer.status_code == 200
    assert ben.get("/me")["name"] == "Ben"
    again = house.browser().post("/invitation/accept", token=token, name="Eve", password=PASSWORD)
    assert (again.status_code, code_of(again)) == (404, "invitation_gone")


def test_an_invitation_dies_of_age_of_being_withdrawn_and_of_being_sent_again(house: House):
    owner = house.owner()
    roles = [{"business_id": None, "role": "agent"}]
    first = owner.post("/invitations", email="ben@company.example", memberships=roles).json()[
        "token"
    ]
    [row] = owner.get("/invitations")["data"]
    second = owner.post(f"/invitations/{row['id']}/resend").json()["token"]
    assert house.browser().post("/invitation/look", token=first).status_code == 404
    assert house.browser().post("/invitation/look", token=second).status_code == 200

    assert owner.ask("DELETE", f"/invitations/{row['id']}").status_code == 204

    assert house.browser().post("/invitation/look", token=second).status_code == 404
    third = owner.post("/invitations", email="ben@company.example", memberships=roles).json()[
        "token"
    ]
    house.clock.ahead += timedelta(days=7, seconds=1)
    assert house.browser().post("/invitation/look", token=third).status_code == 404


def test_a_role_at_one_business_opens_that_business_only(house: House):
    owner = house.owner()
    cafe, _ = house.business("cafe"), house.business("shop")

    agent = house.colleague(owner, "agent", cafe)

    me = agent.get("/me")
    assert [each["id"] for each in me["businesses"]] == [str(cafe)]
    assert me["company"] == []
    refused = agent.ask("GET", "/members")
    assert (refused.status_code, code_of(refused)) == (403, "permission_missing")


def test_colleagues_are_those_who_work_at_the_business(house: House):
    owner = house.owner()
    cafe, shop = house.business("cafe"), house.business("shop")
    house.colleague(owner, "agent", cafe)

    names = {
        each: [one["name"] for one in owner.get(f"/colleagues?business_id={each}")["data"]]
        for each in (cafe, shop)
    }

    assert names == {cafe: ["Ada Owner", "The agent"], shop: ["Ada Owner"]}


def test_the_last_owner_stays_one(house: House):
    owner = house.owner()
    me = owner.get("/me")["user"]["id"]

    demoted = owner.ask(
        "PATCH", f"/members/{me}", {"memberships": [{"business_id": None, "role": "agent"}]}
    )
    disabled = owner.post(f"/members/{me}/disable")

    assert (demoted.status_code, code_of(demoted)) == (409, "last_owner")
    assert (disabled.status_code, code_of(disabled)) == (409, "member_is_you")


def test_nobody_gives_a_role_above_their_own(house: House):
    owner = house.owner()
    manager = house.colleague(owner, "manager")
    own_id = owner.get("/me")["user"]["id"]

    raised = manager.post(
        "/invitations",
        email="eve@company.example",
        memberships=[{"business_id": None, "role": "owner"}],
    )
    toppled = manager.post(f"/members/{own_id}/disable")

    assert (raised.status_code, code_of(raised)) == (403, "role_above_yours")
    assert (toppled.status_code, code_of(toppled)) == (403, "role_above_yours")


def test_the_list_says_whom_one_may_change_and_which_roles_one_may_give(house: House):
    owner = house.owner()
    house.colleague(owner, "agent")
    cafe = house.business()
    manager = house.colleague(owner, "manager", cafe)

    seen = manager.get("/members")

    may_change = {each["name"]: each["may_change"] for each in seen["data"]}
    assert may_change == {"Ada Owner": False, "The agent": False, "The manager": True}
    gives = [(each["business_id"], each["role"]) for each in seen["may_give"]]
    assert gives == [(str(cafe), each) for each in ("manager", "agent", "analyst", "auditor")]
    whole = [each["role"] for each in owner.get("/members")["may_give"] if not each["business_id"]]
    assert whole == ["owner", "manager", "agent", "analyst", "auditor"]


def test_who_is_disabled_is_out_at_once_and_cannot_come_back(house: House):
    owner = house.owner()
    agent = house.colleague(owner, "agent")
    id_ = agent.get("/me")["user"]["id"]

    assert owner.post(f"/members/{id_}/disable").status_code == 204

    assert not agent.is_in
    refused = agent.sign_in("agent@company.example")
    assert (refused.status_code, code_of(refused)) == (401, "sign_in_refused")
    assert owner.post(f"/members/{id_}/enable").status_code == 204
    assert agent.sign_in("agent@company.example").status_code == 200


def test_changed_roles_count_from_the_next_request(house: House):
    owner = house.owner()
    house.business()
    agent = house.colleague(owner, "agent")
    id_ = agent.get("/me")["user"]["id"]
    assert agent.ask("GET", "/members").status_code == 403

    changed = owner.ask(
        "PATCH", f"/members/{id_}", {"memberships": [{"business_id": None, "role": "manager"}]}
    )

    assert changed.status_code == 200
    assert agent.ask("GET", "/members").status_code == 200


def test_people_of_another_company_are_not_there(house: House):
    owner = house.owner()
    house.execute("INSERT INTO organizations (name) VALUES ('Other')")
    house.execute(
        "INSERT INTO users (id, organization_id, name, email_lookup, email_sealed, created_at)"
        " SELECT gen_random_uuid(), id, 'Stranger', 'x', 'x', now() FROM organizations"
        " WHERE name = 'Other'"
    )
    [stranger] = house.rows("SELECT id FROM users WHERE name = 'Stranger'")

    assert [each["name"] for each in owner.get("/members")["data"]] == ["Ada Owner"]
    assert owner.post(f"/members/{stranger['id']}/disable").status_code == 404


def test_who_manages_one_business_does_not_arrange_the_day_of_who_answers_at_others(house: House):
    owner = house.owner()
    cafe, shop = house.business("cafe"), house.business("shop")
    manager = house.colleague(owner, "manager", cafe)
    agent = house.colleague(owner, "agent", cafe)
    id_ = agent.get("/me")["user"]["id"]
    may = {each["name"]: each["may_change"] for each in manager.get("/agents")["data"]}
    assert may == {"Ada Owner": False, "The agent": True, "The manager": True}
    assert manager.ask("PATCH", f"/agents/{id_}", {"capacity": 3}).json()["capacity"] == 3

    roles = [{"business_id": str(each), "role": "agent"} for each in (cafe, shop)]
    assert owner.ask("PATCH", f"/members/{id_}", {"memberships": roles}).status_code == 200

    refused = manager.ask("PATCH", f"/agents/{id_}", {"availability": "away"})
    assert (refused.status_code, code_of(refused)) == (403, "agent_answers_elsewhere")
    assert owner.ask("PATCH", f"/agents/{id_}", {"capacity": 4}).json()["capacity"] == 4


def test_language_and_look_are_the_persons_own_on_every_device_until_they_forget_them(house: House):
    browser = house.owner()
    looks = ("language", "theme", "density")
    assert [browser.get("/me")["user"][each] for each in looks] == [None, None, None]

    browser.ask("PATCH", "/me", {"language": "ar", "theme": "dark"})
    browser.ask("PATCH", "/me", {"density": "compact", "name": " Ada "})

    elsewhere = house.browser()
    elsewhere.sign_in("ada@company.example")
    me = elsewhere.get("/me")
    assert (me["name"], [me["user"][each] for each in looks]) == ("Ada", ["ar", "dark", "compact"])
    browser.ask("PATCH", "/me", dict.fromkeys(looks))
    assert [elsewhere.get("/me")["user"][each] for each in looks] == [None, None, None]
