"""Coming in by the company's own provider, against a real one that can misbehave."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from serai.app.doctor import single_sign_on
from serai.features.accounts.decide.vouching import is_twofold
from serai.kit.settings import Settings
from tests.features.accounts.house import Browser, House, code_of
from tests.features.accounts.provider import CLIENT_ID, CLIENT_SECRET, Claims, FakeProvider

START = "/session/providers/company"


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    fake = FakeProvider()
    with fake.running():
        yield fake


@pytest.fixture
def house(db_url: str, provider: FakeProvider) -> Iterator[House]:
    found = House(
        db_url,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
        oidc_name="Company",
    )
    with found.another_server() as origin:
        found.origin = found.settings.public_url = origin
        yield found
        found.close()


def go(browser: Browser, to: str = "/inbox") -> str:
    """To the provider; returns the address that it is asked by."""
    answer = browser.http.get(START, params={"to": to})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def agree(provider: FakeProvider, asked: str) -> dict[str, str]:
    """What the provider sends the browser back with when whoever sits there agrees."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
    return {"code": provider.code_for(query), "state": query["state"], "iss": provider.issuer}


def come_back(browser: Browser, back: dict[str, str]) -> dict[str, str]:
    """What the page is told where the browser arrives."""
    answer = browser.http.get(f"{START}/callback", params=back)
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["Location"])
    assert place.path == "/welcome/provider"
    return {name: values[0] for name, values in parse_qs(place.fragment).items()}


def arrive(browser: Browser, provider: FakeProvider) -> dict[str, str]:
    return come_back(browser, agree(provider, go(browser)))


def test_who_has_an_account_comes_in_by_their_verified_address(
    house: House, provider: FakeProvider
):
    house.owner()
    browser = house.browser()

    told = arrive(browser, provider)

    assert told == {"next": "done", "to": "/inbox"}
    assert browser.get("/me")["name"] == "Ada Owner"
    [session] = [each for each in browser.get("/account")["sessions"] if each["is_this"]]
    assert session["means"] == "provider"


def test_afterwards_they_are_known_by_the_providers_name_for_them_not_by_their_address(
    house: House, provider: FakeProvider
):
    house.owner()
    arrive(house.browser(), provider)
    provider.person |= {"email": "ada.newname@company.example", "email_verified": False}
    browser = house.browser()

    assert arrive(browser, provider)["next"] == "done"
    assert browser.get("/me")["user"]["email"] == "ada@company.example"


def test_an_address_that_changed_hands_does_not_open_the_account_of_who_had_it(
    house: House, provider: FakeProvider
):
    house.owner()
    arrive(house.browser(), provider)
    provider.person["sub"] = "another-ada"
    browser = house.browser()

    assert arrive(browser, provider)["problem"] == "provider_other_person"
    assert not browser.is_in


def test_nobody_gets_an_account_who_was_not_asked_in(house: House, provider: FakeProvider):
    house.owner()
    provider.person |= {"sub": "eve-1", "email": "eve@company.example"}
    browser = house.browser()

    assert arrive(browser, provider)["problem"] == "provider_stranger"
    assert not browser.is_in
    assert len(house.rows("SELECT FROM users")) == 1
    assert house.rows("SELECT FROM provider_identities") == []


def test_who_was_invited_comes_in_without_a_password(house: House, provider: FakeProvider):
    owner = house.owner()
    place = [{"business_id": str(house.business()), "role": "agent"}]
    owner.post("/invitations", email="bob@company.example", memberships=place)
    provider.person |= {"sub": "bob-1", "email": "Bob@Company.example", "name": "Bob"}
    browser = house.browser()

    assert arrive(browser, provider)["next"] == "done"

    assert browser.get("/me")["name"] == "Bob"
    assert browser.get("/account")["password_changed_at"] is None
    assert owner.get("/invitations")["data"] == []


def test_who_is_disabled_stays_out(house: House, provider: FakeProvider):
    owner = house.owner()
    house.business()
    agent = house.colleague(owner, "agent")
    provider.person |= {"sub": "agent-1", "email": "agent@company.example"}
    arrive(agent, provider)
    id_ = agent.get("/me")["id"]
    assert owner.post(f"/members/{id_}/disable").status_code == 204

    assert arrive(house.browser(), provider)["problem"] == "provider_disabled"


def test_an_address_that_nobody_verified_opens_nothing(house: House, provider: FakeProvider):
    house.owner()
    for verified in (False, None, "no"):
        provider.person["email_verified"] = verified
        assert arrive(house.browser(), provider)["problem"] == "provider_address", verified


def test_an_address_of_another_domain_opens_nothing(house: House, provider: FakeProvider):
    house.owner()
    house.settings.oidc_domains = "other.example, more.example"
    assert arrive(house.browser(), provider)["problem"] == "provider_address"

    house.settings.oidc_domains = "other.example, Company.example"
    assert arrive(house.browser(), provider)["next"] == "done"


def test_a_provider_that_says_nothing_of_addresses_is_believed_where_the_settings_say_so(
    house: House, provider: FakeProvider
):
    house.owner()
    provider.person.pop("email_verified")
    house.settings.oidc_vouches_for_mail = True

    assert arrive(house.browser(), provider)["next"] == "done"


def test_an_address_may_be_told_at_the_providers_other_place(house: House, provider: FakeProvider):
    house.owner()
    provider.tells_by_userinfo = True

    assert arrive(house.browser(), provider)["next"] == "done"


WRONG: list[Claims] = [
    {"nonce": "of another sign-in"},
    {"nonce": None},
    {"aud": "another program"},
    {"aud": [CLIENT_ID, "another program"]},
    {"azp": "another program"},
    {"iss": "https://login.evil.example"},
    {"exp": int(time.time()) - 120},
    {"exp": None},
    {"iat": int(time.time()) + 86_400},  # from where the tests were gathered, perhaps long ago
    {"sub": ""},
    {"at_hash": "of another token"},
]


def test_a_token_that_was_not_made_for_this_sign_in_is_not_believed(
    house: House, provider: FakeProvider
):
    house.owner()
    for claims in WRONG:
        provider.twist = lambda known, wrong=claims: {
            name: value for name, value in {**known, **wrong}.items() if value is not None
        }
        browser = house.browser()
        assert arrive(browser, provider)["problem"] == "provider_wrong", claims
        assert not browser.is_in


def unsigned(claims: Claims) -> str:
    key = OctKey.import_key(CLIENT_SECRET + "0" * 32)
    signed = jwt.encode({"alg": "HS256"}, claims, key)
    body = signed.split(".")[1]
    return f"eyJhbGciOiJub25lIn0.{body}."


def by_the_secret(claims: Claims) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET + "0" * 32))


def by_a_strangers_key(claims: Claims) -> str:
    key = ECKey.generate_key("P-256", {"kid": "theirs"})
    return jwt.encode({"alg": "ES256", "kid": "theirs"}, claims, key)


def under_the_name_of_another(claims: Claims, name: str) -> str:
    key = ECKey.generate_key("P-256", {"kid": name})
    return jwt.encode({"alg": "ES256", "kid": name}, claims, key)


def test_a_token_that_the_provider_did_not_sign_is_not_believed(
    house: House, provider: FakeProvider
):
    house.owner()
    name = provider.key.kid or ""
    signers: list[Callable[[Claims], str]] = [
        unsigned,
        by_the_secret,
        by_a_strangers_key,
        lambda claims: under_the_name_of_another(claims, name),
        lambda _: "not.a.token",
    ]
    for sign in signers:
        provider.sign = sign
        browser = house.browser()
        assert arrive(browser, provider)["problem"] == "provider_wrong", sign
        assert not browser.is_in


def test_new_keys_of_the_provider_are_fetched_when_they_are_first_used(
    house: House, provider: FakeProvider
):
    house.owner()
    arrive(house.browser(), provider)
    provider.key = ECKey.generate_key("P-256", {"use": "sig"}, auto_kid=True)
    provider.published.append(provider.key)

    assert arrive(house.browser(), provider)["next"] == "done"
    assert arrive(house.browser(), provider)["next"] == "done"
    assert provider.asked == ["discovery", "keys", "keys"]


def test_a_way_back_works_once(house: House, provider: FakeProvider):
    house.owner()
    browser = house.browser()
    back = agree(provider, go(browser))
    assert come_back(browser, back)["next"] == "done"
    browser.ask("DELETE", "/session")

    assert come_back(browser, back)["problem"] == "provider_stale"
    assert not browser.is_in


def test_a_code_of_another_sign_in_is_refused(house: House, provider: FakeProvider):
    """What a thief caught cannot be slipped into a sign-in of their own."""
    house.owner()
    caught = agree(provider, go(house.browser()))
    thief = house.browser()
    own = agree(provider, go(thief))

    assert come_back(thief, own | {"code": caught["code"]})["problem"] == "provider_wrong"
    assert not thief.is_in


def test_nobody_can_be_signed_in_to_an_account_that_is_not_theirs(
    house: House, provider: FakeProvider
):
    """The way back of one browser does not work in another."""
    house.owner()
    back = agree(provider, go(house.browser()))
    victim = house.browser()

    assert come_back(victim, back)["problem"] == "provider_stale"
    go(victim)
    assert come_back(victim, back)["problem"] == "provider_stale"
    assert not victim.is_in


def test_a_way_back_is_open_for_ten_minutes(house: House, provider: FakeProvider):
    house.owner()
    browser = house.browser()
    back = agree(provider, go(browser))
    house.clock.ahead += timedelta(minutes=11)

    assert come_back(browser, back)["problem"] == "provider_stale"


def test_an_answer_in_the_name_of_another_provider_is_refused(house: House, provider: FakeProvider):
    house.owner()
    browser = house.browser()
    back = agree(provider, go(browser))

    told = come_back(browser, back | {"iss": "https://login.evil.example"})

    assert told["problem"] == "provider_wrong"


def test_who_gives_up_at_the_provider_is_told_so(house: House, provider: FakeProvider):
    house.owner()
    browser = house.browser()
    state = agree(provider, go(browser))["state"]

    told = come_back(browser, {"error": "access_denied", "state": state})

    assert told["problem"] == "provider_refused"


def test_a_provider_that_is_away_or_calls_itself_otherwise_is_not_followed(
    house: House, provider: FakeProvider
):
    away = "/welcome/provider#problem=provider_away"
    provider.discovery = {"issuer": "https://login.evil.example"}
    assert house.browser().http.get(START).headers["Location"].startswith(away)

    provider.discovery = {"token_endpoint": "http://login.evil.example/token"}
    assert house.browser().http.get(START).headers["Location"].startswith(away)

    house.settings.oidc_issuer = "http://localhost:9"
    assert house.browser().http.get(START).headers["Location"].startswith(away)


def test_afterwards_one_is_where_one_was_and_on_no_other_site(house: House, provider: FakeProvider):
    house.owner()
    for to, kept in (
        ("/contacts?tag=vip", "/contacts?tag=vip"),
        ("https://evil.example", "/inbox"),
        ("//evil.example", "/inbox"),
        ("/\\evil.example", "/inbox"),
        ("javascript:alert(1)", "/inbox"),
    ):
        browser = house.browser()
        assert come_back(browser, agree(provider, go(browser, to)))["to"] == kept, to


def test_where_the_provider_saw_one_factor_ours_is_asked_for(house: House, provider: FakeProvider):
    secret, _ = house.with_app(house.owner())
    browser = house.browser()

    told = arrive(browser, provider)

    assert (told["next"], told["factors"]) == ("second_factor", "code,recovery")
    assert not browser.is_in
    assert browser.post("/session/code", code=house.code(secret)).json()["next"] == "done"
    [session] = [each for each in browser.get("/account")["sessions"] if each["is_this"]]
    assert session["means"] == "provider"


@pytest.mark.promise("SEC-02")
def test_who_must_have_a_second_factor_and_showed_none_at_the_provider_sets_one_up(
    house: House, provider: FakeProvider
):
    house.owner(second_factor_roles=["owner"])
    browser = house.browser()
    provider.person["amr"] = ["pwd"]

    assert arrive(browser, provider)["next"] == "done"

    assert browser.get("/me")["user"]["must_add_factor"]
    refused = browser.ask("GET", "/members")
    assert (refused.status_code, code_of(refused)) == (403, "second_factor_needed")


def test_two_factors_that_the_provider_saw_are_enough(house: House, provider: FakeProvider):
    house.owner(second_factor_roles=["owner"])
    browser = house.browser()
    provider.person["amr"] = ["pwd", "otp"]

    assert arrive(browser, provider)["next"] == "done"
    assert not browser.get("/me")["user"]["must_add_factor"]
    assert browser.ask("GET", "/members").status_code == 200


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        ((), False),
        (("pwd",), False),
        (("pwd", "pin"), False),
        (("otp",), False),
        (("mfa",), True),
        (("pwd", "otp"), True),
        (("hwk", "fpt"), True),
        ((1, None, "pwd", "sms"), True),
    ],
)
def test_two_factors_are_two_kinds_of_proof(methods: tuple[object, ...], expected: bool):
    assert is_twofold(methods) is expected


def test_a_provider_that_always_asks_for_two_may_be_believed_without_a_word(
    house: House, provider: FakeProvider
):
    house.with_app(house.owner(second_factor_roles=["owner"]))
    house.settings.oidc_has_second_factor = True

    assert arrive(house.browser(), provider)["next"] == "done"


def test_the_button_is_there_only_where_a_provider_is_set(house: House, provider: FakeProvider):
    assert house.browser().get("/session/ways")["providers"] == [
        {"id": "company", "name": "Company"}
    ]

    house.settings.oidc_issuer = None

    assert house.browser().get("/session/ways")["providers"] == []
    answer = house.browser().http.get(START)
    assert "problem=provider_unknown" in answer.headers["Location"]


def test_forgetting_how_somebody_signs_in_lets_their_next_account_there_be_theirs(
    house: House, provider: FakeProvider
):
    owner = house.owner()
    house.business()
    agent = house.colleague(owner, "agent")
    id_ = agent.get("/me")["id"]
    provider.person |= {"sub": "agent-1", "email": "agent@company.example"}
    arrive(house.browser(), provider)
    provider.person["sub"] = "agent-2"
    assert arrive(house.browser(), provider)["problem"] == "provider_other_person"

    assert owner.post(f"/members/{id_}/forget-second-factor").status_code == 204

    assert arrive(house.browser(), provider)["next"] == "done"


def test_nothing_of_a_sign_in_is_readable_in_the_database(house: House, provider: FakeProvider):
    asked = go(house.browser())
    query = parse_qs(urlsplit(asked).query)

    [row] = house.rows(
        "SELECT body::text, digest::text FROM one_time_tokens WHERE purpose = 'provider'"
    )

    for secret in (query["nonce"][0], query["state"][0]):
        assert secret.encode().hex() not in str(row)
    assert httpx2.get(asked).status_code == 200
    assert query["code_challenge_method"] == ["S256"]


async def test_the_doctor_says_whether_the_provider_answers():
    fake = FakeProvider()
    values: Any = {"database_url": "", "keys": "", "index_key": "", "oidc_client_id": CLIENT_ID}
    with fake.running() as issuer:
        [well] = await single_sign_on(Settings(oidc_issuer=issuer, **values))
    [ill] = await single_sign_on(Settings(oidc_issuer=issuer, **values))

    assert (well.is_well, well.text) == (True, f"{issuer} answers.")
    assert (ill.is_well, ill.subject) == (False, "sign-in")
    assert "it does not answer; check SERAI_OIDC_ISSUER" in ill.text
    assert await single_sign_on(Settings(**values)) == []


def test_who_has_no_password_signs_in_again_before_they_change_how(
    house: House, provider: FakeProvider
):
    owner = house.owner()
    place = [{"business_id": None, "role": "agent"}]
    owner.post("/invitations", email="bob@company.example", memberships=place)
    provider.person |= {"sub": "bob-1", "email": "bob@company.example"}
    browser = house.browser()
    arrive(browser, provider)
    house.clock.ahead = provider.ahead = timedelta(minutes=16)

    refused = browser.post("/account/password", new="four green kettles", current=None)

    assert (refused.status_code, code_of(refused)) == (403, "fresh_sign_in_needed")
    arrive(browser, provider)
    assert browser.post("/account/password", new="four green kettles", current=None).is_success
