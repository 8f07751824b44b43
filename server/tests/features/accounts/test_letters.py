"""Letters say the same in every language, and reach who asks for them a few times an hour."""

import re
from collections.abc import Iterator
from datetime import timedelta
from string import Formatter
from typing import Any, cast

import pytest
from msgspec import Struct
from serai.core.languages import LANGUAGES, Language
from serai.features.accounts import jobs
from serai.features.accounts.decide import letters
from serai.features.accounts.decide.letters import Letter, Reader
from serai.features.accounts.decide.letters.words import ENGLISH, WORDS
from serai.features.accounts.store import mails
from serai.kit.db import ENGINE, connect, pool
from serai.kit.secrets import BlindIndex, KeyRing, Vault
from tests.features.accounts.house import INDEX_KEY, KEYS, House

ARABIC = re.compile(r"[\u0600-\u06ff]")
VAULT = Vault(KeyRing.parse(KEYS), BlindIndex.parse(INDEX_KEY))
LINK = "https://serai.example/welcome/invitation#token=abc_-1"


def every(words: Any) -> Iterator[tuple[str, str]]:
    """Each text of a table with its place."""
    if isinstance(words, str):
        yield "", words
    elif isinstance(words, Struct):
        for name in words.__struct_fields__:
            yield from ((f"{name}.{at}", text) for at, text in every(getattr(words, name)))
    elif isinstance(words, dict):
        named = cast("dict[str, Any]", words)
        for name in sorted(named):
            yield from ((f"{name}.{at}", text) for at, text in every(named[name]))
    else:
        for number, each in enumerate(words):
            yield from ((f"{number}.{at}", text) for at, text in every(each))


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def all_of(reader: Reader) -> list[Letter]:
    return [
        letters.invitation(reader, "Ada <&> Co", LINK),
        letters.reset(reader, LINK),
        letters.password_changed(reader),
        letters.factor_changed(reader, "passkey.removed"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_with_the_same_names(language: Language):
    assert [at for at, _ in every(WORDS[language])] == [at for at, _ in every(ENGLISH)]
    for (place, ours), (_, english) in zip(every(WORDS[language]), every(ENGLISH), strict=True):
        assert names_in(ours) == names_in(english), place
        assert bool(ours) == bool(english), place


def test_an_arabic_letter_runs_from_right_to_left_and_keeps_names_and_links_apart():
    for letter in all_of(Reader("ada@company.example", "Café & Co", "ar")):
        assert '<html lang="ar" dir="rtl">' in letter.html
        assert ARABIC.search(letter.subject)
        assert ARABIC.search(letter.text)
        assert "<bdi>Café &amp; Co</bdi>" in letter.html
        assert "<script" not in letter.html
    invitation = letters.invitation(Reader("a@b.example", "Café & Co", "ar"), "Ada <&> Co", LINK)
    assert "<bdi>Ada &lt;&amp;&gt; Co</bdi>" in invitation.html
    assert f'dir="ltr" href="{LINK}"' in invitation.html
    assert f"\n{LINK}" in invitation.text


def test_an_english_letter_has_no_word_of_another_language_and_fetches_nothing():
    for letter in all_of(Reader("ada@company.example", "Café & Co")):
        assert not ARABIC.search(letter.html + letter.text)
        assert not re.search(r"src=|url\(|@import", letter.html)


async def sent(house: House) -> list[Letter]:
    """Let the worker look into what was wished for; what it wrote, the latest first."""
    async with pool(house.url, ENGINE, 2) as those, await connect(house.url, ENGINE) as conn:
        for row in await mails.claim(conn, house.clock.now(), 50):
            if row.kind == mails.WISH:
                await jobs.answer(those, VAULT, row, house.clock.now())
        rows = house.rows(
            "SELECT id, kind, letter, attempt_count FROM mails WHERE kind = 'reset'"
            " AND sent_at IS NULL ORDER BY created_at DESC"
        )
        return [mails.opened(VAULT, mails.MailRow(**row)) for row in rows]


@pytest.fixture
def posting(db_url: str) -> Iterator[House]:
    """A house that has a mail host."""
    found = House(db_url, smtp_host="localhost")
    with found.another_server() as origin:
        found.origin = origin
        yield found
        found.close()


async def test_who_forgot_their_password_is_written_to_as_their_browser_asks(posting: House):
    posting.owner()
    browser = posting.browser()

    answer = browser.ask(
        "POST", "/password/forgotten", {"email": "Ada@company.example"}, **{"Accept-Language": "ar"}
    )
    [letter] = await sent(posting)

    assert answer.status_code == 202
    assert letter.to == "ada@company.example"
    assert 'dir="rtl"' in letter.html


async def test_an_address_gets_three_letters_an_hour_and_the_last_link_works(posting: House):
    posting.owner()
    browser = posting.browser()
    for _ in range(6):
        posting.clock.ahead += timedelta(minutes=1)
        assert browser.post("/password/forgotten", email="ada@company.example").status_code == 202
    found = await sent(posting)
    posting.clock.ahead += timedelta(hours=1)
    browser.post("/password/forgotten", email="ada@company.example")
    later = await sent(posting)

    assert len(found) == 3
    assert len(later) == 4
    tokens = [re.findall(r"token=([\w-]+)", each.text)[0] for each in later]
    answers = [
        browser.post("/password/reset", token=t, password="four green kettles") for t in tokens
    ]
    assert sorted(each.status_code for each in answers) == [204, 404, 404, 404]


async def test_an_address_without_an_account_costs_the_same_and_gets_nothing(posting: House):
    posting.owner()
    browser = posting.browser()
    answers = [
        browser.post("/password/forgotten", email=f"{who}@company.example")
        for who in ("ada", "nobody")
    ]
    wishes = posting.rows("SELECT kind FROM mails WHERE kind = 'reset_wish'")
    found = await sent(posting)

    assert [(each.status_code, each.text) for each in answers] == [(202, answers[0].text)] * 2
    assert len(wishes) == 2
    assert [each.to for each in found] == ["ada@company.example"]


async def test_a_changed_second_factor_is_told_by_letter(posting: House):
    owner = posting.owner()
    posting.with_app(owner)

    told = posting.rows(
        "SELECT id, kind, letter, attempt_count FROM mails WHERE kind = 'factor_changed'"
    )

    [letter] = [mails.opened(VAULT, mails.MailRow(**row)) for row in told]
    assert "an authenticator app was added" in letter.text
