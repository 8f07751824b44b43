"""What strangers and colleagues write is text on every page that shows it: nothing runs."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Page, expect

from e2e.meta import SCHOOL, Meta, Person
from e2e.routes import go
from e2e.screens import AsRole, Complaints, becomes
from e2e.stack import Stack
from e2e.test_pages import visits

RUNS = "window.ran = (window.ran || 0) + 1"
NAME = f'"><svg/onload="{RUNS}"><b>Eve\u202egnp.exe\u200b'
WORDS = (
    f"<script>{RUNS}</script><img src=x onerror='{RUNS}'>",
    f"javascript:{RUNS} [here](javascript:{RUNS}) data:text/html,<script>{RUNS}</script>",
    "{{constructor.constructor('window.ran=1')()}} ${window.ran=1} \u202e\u2066" + "W" * 3000,
)
SPY = """addEventListener('securitypolicyviolation', (told) => {
  window.refused = [...(window.refused ?? []), `${told.violatedDirective} ${told.blockedURI}`]
})"""
ASTRAY = """() => [...document.querySelectorAll('a[href], area[href], form[action]')].filter((each) =>
  !['http:', 'https:', 'mailto:', 'tel:', 'blob:'].includes(new URL(each.href ?? each.action).protocol)
  || (each.target === '_blank' && !/noopener|noreferrer/.test(each.rel))
).map((each) => each.outerHTML.slice(0, 200))"""


@pytest.fixture
def eve(meta: Meta) -> Person:
    person = meta.person(NAME)
    for words in WORDS:
        meta.write(person, SCHOOL, words)
    meta.wait_received(person, SCHOOL, 1)
    return person


@pytest.fixture
def by_colleagues(demo: Stack, eve: Person) -> Iterator[None]:
    """The same in everything that colleagues name; taken away again, for other tests look at lists."""
    given = {"email": demo.email("owner"), "password": demo.password}
    tidy: list[str] = []
    with demo.people("/api/v1") as http:

        def made(path: str, body: Mapping[str, object]) -> str:
            own = {"Idempotency-Key": f"hostile-{path}"}
            answer = http.post(path, json=body, headers=own)
            assert answer.status_code < 300, answer.text
            return answer.json()["id"] if answer.content else ""

        http.post("/session", json=given).raise_for_status()
        talk = http.get("/conversations", params={"q": eve.phone}).json()["data"][0]
        at = {"business_id": talk["business_id"]}
        tag = made("/tags", {**at, "name": NAME[:40]})
        tidy.append(f"/tags/{tag}")
        http.put(f"/contacts/{talk['contact']['id']}/tags/{tag}").raise_for_status()
        tidy.append(f"/teams/{made('/teams', {**at, 'name': NAME[:60]})}")
        tidy.append(f"/views/{made('/views', {'name': NAME[:60], 'search': {}})}")
        reply = {"shortcut": "eve", "title": NAME[:60], "body": WORDS[0]}
        tidy.append(f"/quick-replies/{made('/quick-replies', reply)}")
        made(f"/conversations/{talk['id']}/notes", {"body": WORDS[1]})
        yield
        for path in tidy:
            http.delete(path).raise_for_status()


@pytest.mark.promise("SEC-16")
def test_whatever_people_are_called_and_write_is_text_on_every_page(
    as_role: AsRole, demo: Stack, eve: Person, by_colleagues: None, complaints: Complaints
) -> None:
    page = as_role("owner")
    page.add_init_script(SPY)
    astray: list[str] = []
    for declared, path in visits(page, demo, eve):
        go(page, demo, path)
        if declared == "/inbox/$conversationId":
            expect(page.get_by_text(WORDS[0]).last).to_be_visible()
        astray += [f"{declared}: {each}" for each in page.evaluate(ASTRAY)]
        assert page.evaluate("[window.ran ?? 0, window.refused ?? []]") == [0, []], declared
    assert astray == []
    holds_even_so(page)
    complaints.clear()  # the browser told of what it refused


def holds_even_so(page: Page) -> None:
    """The second wall: what a mistake of ours would let into a page is not run by the browser either."""
    page.evaluate("words => document.body.insertAdjacentHTML('beforeend', words)", NAME + WORDS[0])
    becomes(page, "(window.refused ?? []).length > 0")
    assert page.evaluate("window.ran ?? 0") == 0
