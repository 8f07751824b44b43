"""Tokens: how they are got, what they are, when they stop, what they may do."""

import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT = {"client_id": "314", "client_secret": "new-secret"}
BACK = "http://127.0.0.1:1/back"


def get(given: Any, path: str, **query: str) -> Any:
    return given.meta.call("GET", f"/v25.0{path}?{urlencode(query)}")


def error(answer: Any) -> Any:
    assert answer.status >= 400, answer.body
    return answer.json["error"]


def press(given: Any, answer: str = "continue", **more: str) -> Any:
    """A person answers the login dialog."""
    form = {"client_id": "314", "redirect_uri": BACK, "state": "s1", "account": "880", **more}
    body = urlencode({**form, "answer": answer}).encode()
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    return given.meta.call("POST", "/v25.0/dialog/oauth", body, head)


def code_of(answer: Any) -> str:
    return parse_qs(urlsplit(str(answer.headers["location"])).query)["code"][0]


def test_an_app_token_is_the_id_and_the_secret(given: Any):
    answer = get(given, "/oauth/access_token", grant_type="client_credentials", **CLIENT)

    assert answer.json == {"access_token": "314|new-secret", "token_type": "bearer"}
    wrong = {**CLIENT, "client_secret": "no"}
    assert error(get(given, "/oauth/access_token", grant_type="client_credentials", **wrong))


def test_the_dialog_gives_a_code_that_is_a_business_token_within_30_seconds(given: Any):
    page = get(given, "/dialog/oauth", client_id="314", redirect_uri=BACK, state="s1")
    assert b"Account (+1 555-765-0001)" in page.body

    back = press(given)
    answer = get(given, "/oauth/access_token", code=code_of(back), redirect_uri=BACK, **CLIENT)

    assert back.status == 302
    assert back.headers["location"].startswith(BACK)
    assert "state=s1" in back.headers["location"]
    token = answer.json["access_token"]
    assert given.call("GET", "/880?fields=name", None, token).status == 200
    again = get(given, "/oauth/access_token", code=code_of(back), redirect_uri=BACK, **CLIENT)
    assert error(again)["error_subcode"] == 36009


def test_a_code_dies_after_30_seconds(given: Any):
    back = press(given)
    given.passes(31)

    answer = get(given, "/oauth/access_token", code=code_of(back), **CLIENT)

    assert error(answer)["error_subcode"] == 36007


def test_who_cancels_comes_back_without_a_code(given: Any):
    back = press(given, "cancel")

    assert "error=access_denied" in back.headers["location"]


def test_the_popup_of_embedded_signup_tells_account_number_and_code(given: Any):
    done = press(given, display="popup", origin="http://127.0.0.1:1")
    sdk = given.meta.call("GET", "/en_US/sdk.js")

    assert b"WA_EMBEDDED_SIGNUP" in done.body
    assert given.number.encode() in done.body
    assert b"FB" in sdk.body
    assert sdk.headers["content-type"].startswith("text/javascript")


def test_a_short_token_is_exchanged_for_60_days(given: Any):
    short = given.control("POST", "/tokens", {"app_id": "314", "kind": "USER", "expires_in": 3600})
    query = {"grant_type": "fb_exchange_token", "fb_exchange_token": short["token"], **CLIENT}

    answer = get(given, "/oauth/access_token", **query)

    assert answer.json["expires_in"] == 60 * 86_400
    about = given.call("GET", f"/debug_token?input_token={answer.json['access_token']}")
    assert about.json["data"]["type"] == "USER"
    assert about.json["data"]["expires_at"] - about.json["data"]["issued_at"] == 60 * 86_400


def test_an_expired_token_is_190_463_and_debug_says_so(given: Any):
    token = given.control("POST", "/tokens", {"app_id": "314", "expires_in": 60})["token"]
    given.passes(61)

    assert error(given.call("GET", "/me", None, token))["error_subcode"] == 463
    about = given.call("GET", f"/debug_token?input_token={token}").json["data"]
    assert about["is_valid"] is False
    assert about["error"]["subcode"] == 463


def test_a_revoked_token_is_190_everywhere(given: Any):
    given.control("POST", "/tokens/token/revoke", {"subcode": 460})

    for answer in (given.post(), given.call("GET", "/880"), given.call("GET", "/me")):
        assert answer.status == 401
        assert (error(answer)["code"], error(answer)["error_subcode"]) == (190, 460)
    about = given.call("GET", "/debug_token?input_token=token", None, "314|new-secret").json
    assert about["data"]["is_valid"] is False


def test_debug_tells_all_about_a_token(given: Any):
    about = given.call("GET", "/debug_token?input_token=token", None, "314|new-secret").json["data"]

    assert about["app_id"] == "314"
    assert about["expires_at"] == 0
    assert about["is_valid"] is True
    assert {each["scope"]: each["target_ids"] for each in about["granular_scopes"]} == {
        "whatsapp_business_messaging": ["880"],
        "whatsapp_business_management": ["880"],
    }


def test_each_endpoint_needs_its_scope(given: Any):
    given.has("tokens", token="talks", app_id="314", waba_ids=["880"])
    given.has("tokens", token="talks", scopes=["whatsapp_business_messaging"])
    given.has("tokens", token="manages", app_id="314", waba_ids=["880"])
    given.has("tokens", token="manages", scopes=["whatsapp_business_management"])

    assert error(given.call("GET", "/880/message_templates", None, "talks"))["code"] == 10
    assert error(given.call("POST", "/880/message_templates", {}, "talks"))["code"] == 10
    assert given.call("GET", f"/{given.number}", None, "talks").status == 200
    assert error(given.post(bearer="manages"))["code"] == 10


def test_an_app_can_demand_a_proof_with_every_call(given: Any):
    given.has("apps", id="314", require_appsecret_proof=True)
    right = hmac.new(b"new-secret", b"token", hashlib.sha256).hexdigest()

    assert error(given.call("GET", "/me"))["code"] == 100
    assert error(given.call("GET", "/me?appsecret_proof=00"))["code"] == 100
    assert given.call("GET", f"/me?appsecret_proof={right}").status == 200
    body = {"pin": "123456", "appsecret_proof": right}
    assert given.call("POST", f"/{given.number}", body).status == 200
