"""The pretend Meta's login: a product's page connects an account with it, as with Meta's own."""

from collections.abc import Iterator
from typing import Any

import pytest
from metasim.testing import FileServer, Metasim
from playwright.sync_api import Browser, Page

from e2e.screens import DESK, HANDSET, Screen, look

APP = {"id": "314", "secrets": ["secret"], "name": "Serai"}
WORLD: dict[str, Any] = {
    "portfolios": [{"id": "920"}],
    "apps": [APP],
    "wabas": [{"id": "880", "portfolio_id": "920", "name": "Acme Parcels"}, {"id": "881"}],
    "numbers": [{"id": "77", "waba_id": "880", "display_phone_number": "+1 555 765 0001"}],
}
PRODUCT = """<!doctype html><title>Product</title><script src="{sdk}"></script>
<button>Connect</button><script>
window.heard = []
addEventListener('message', (event) => heard.push(event.data))
FB.init({{ appId: '314', version: 'v25.0' }})
document.querySelector('button').onclick = () =>
  FB.login((answer) => {{ window.answer = answer }}, {{ config_id: '1' }})
</script>"""


@pytest.fixture(scope="module")
def sim() -> Iterator[Metasim]:
    with Metasim.start() as running:
        running.control("PUT", "/world", WORLD)
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def dialog(sim: Metasim) -> str:
    back = f"{sim.url}/page/icon.svg"  # any address of the same machine that answers
    return f"{sim.url}/v25.0/dialog/oauth?client_id=314&redirect_uri={back}&state=s1"


def test_who_continues_comes_back_with_a_code_and_the_state(sim: Metasim, page: Page):
    page.goto(dialog(sim))
    page.get_by_label("Acme Parcels").uncheck()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/icon.svg?**")

    assert "code=" in page.url
    assert "state=s1" in page.url


def test_who_cancels_comes_back_with_the_refusal(sim: Metasim, page: Page):
    page.goto(dialog(sim))
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_url("**/icon.svg?**")

    assert "error=access_denied" in page.url


def test_a_product_connects_with_embedded_signup(sim: Metasim, page: Page):
    product = PRODUCT.format(sdk=f"{sim.url}/en_US/sdk.js").encode()
    with FileServer({"/": ("text/html", product)}) as server:
        page.goto(f"{server.url}/")
        with page.expect_popup() as opened:
            page.get_by_role("button", name="Connect").click()
        opened.value.get_by_role("button", name="Continue").click()
        page.wait_for_function("window.answer")

    answer = page.evaluate("window.answer")
    assert answer["status"] == "connected"
    query = f"client_id=314&client_secret=secret&code={answer['authResponse']['code']}"
    token = sim.call("GET", f"/v25.0/oauth/access_token?{query}").json["access_token"]
    read = sim.call("GET", "/v25.0/880", None, {"Authorization": f"Bearer {token}"})
    assert read.json["name"] == "Acme Parcels"
    told = page.evaluate("JSON.parse(heard.find((each) => typeof each === 'string'))")
    assert (told["type"], told["event"]) == ("WA_EMBEDDED_SIGNUP", "FINISH")
    assert told["data"] == {"phone_number_id": "77", "waba_id": "880", "business_id": "920"}


@pytest.mark.parametrize("screen", [DESK, HANDSET])
def test_the_dialog_is_calm_and_accessible(sim: Metasim, page: Page, screen: Screen):
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    page.goto(dialog(sim))

    look(page, f"login-dialog-{screen.name}")
