"""The doctor, on an installation that is broken in one place after the other: at the pretend Meta, at
sockets of our own, in the database; each time it names that, in one sentence, and nothing else."""

import asyncio
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from serai.app.demo import world
from serai.app.doctor import examine
from serai.app.examining.finding import Finding
from serai.kit.settings import Settings
from tests.stories.conftest import INDEX_KEY, KEYS, SCHOOL, Stack, come_in, until

NUMBER = world.NUMBERS[0]
OTHER_KEYS = "other:" + "C" * 43 + "="


NOTHING: Mapping[str, Any] = MappingProxyType({})


class State(NamedTuple):
    """One thing that is broken, and what the doctor says of it."""

    words: str
    at_meta: Mapping[str, Any] = NOTHING
    """Merged into the pretend Meta's world; by itself it is all put right afterwards."""
    settings: Mapping[str, Any] = NOTHING
    sql: tuple[str, str] | None = None
    """Breaks it, mends it."""
    also: str = "\n"
    """What follows from it, and is said too."""


def number(**values: Any) -> dict[str, Any]:
    return {"numbers": [{"id": SCHOOL, **values}]}


def token(**values: Any) -> dict[str, Any]:
    return {"tokens": [{"token": NUMBER.token, "app_id": world.APP, **values}]}


def app(**values: Any) -> dict[str, Any]:
    return {"apps": [{"id": world.APP, **values}]}


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def channel(change: str) -> str:
    return f"UPDATE channels SET {change} WHERE meta_id = '{SCHOOL}'"


TRIES = 3
"""On a machine that is busy a look may not come to its end in time, which it says too."""
OURS = ["whatsapp_business_messaging", "whatsapp_business_management"]
DEAD = "http://127.0.0.1:9"
ELSEWHERE = "go to another address than SERAI_PUBLIC_URL"
STATES: dict[str, State] = {
    "token expired": State("Meta refuses its token (190", token(expires_at=in_days(-1))),
    "token ends": State("its token ends on", token(expires_at=in_days(3))),
    "token of another account": State("connect it anew", token(waba_ids=["880012340000002"])),
    "scope missing": State("its token lacks whatsapp_business_messaging", token(scopes=OURS[1:])),
    "account not subscribed": State(
        "the account is not subscribed", {"wabas": [{"id": NUMBER.account, "subscribed_apps": []}]}
    ),
    "no callback": State("the app has no callback", app(callback_url=None)),
    "callback elsewhere": State(
        "another address than SERAI_PUBLIC_URL", app(callback_url="http://127.0.0.1:9/webhooks/meta")
    ),
    "field not subscribed": State("does not send here: messages", app(fields=["account_update"])),
    "app secret changed": State("take the app's secret", app(secrets=["another"])),
    "not registered": State("not registered for WhatsApp", number(status="PENDING")),
    "banned": State("is BANNED at Meta", number(status="BANNED")),
    "flagged": State("is FLAGGED at Meta", number(status="FLAGGED")),
    "quality": State("has a low quality rating", number(quality_rating="RED")),
    "paused": State(
        "is paused: token; mend that",
        sql=(
            channel("state = 'paused', paused_reason = 'token'"),
            channel("state = 'active', paused_reason = NULL"),
        ),
    ),
    "key taken away": State(
        "its token does not open",
        settings={"keys": OTHER_KEYS},
    ),
    "Meta's name": State(
        "the name graph.invalid is not found in DNS", settings={"graph_url": "https://graph.invalid"},
        also="Meta does not answer",
    ),
    "Meta does not answer": State(
        "the connection is refused", settings={"graph_url": DEAD}, also="Meta does not answer"
    ),
    "our name": State(
        "is not found in DNS", settings={"public_url": "https://serai.invalid"}, also=ELSEWHERE
    ),
    "our proxy": State("the connection is refused", settings={"public_url": DEAD}, also=ELSEWHERE),
    "database down": State("nothing listens there", settings={"database_url": "host=/nowhere"}),
    "provider away": State("check SERAI_OIDC_ISSUER", settings={"oidc_issuer": DEAD}),
    "store away": State(
        "check SERAI_MEDIA_*",
        settings={
            "media_store": "s3", "media_s3_endpoint": DEAD,
            "media_s3_access_key": "a", "media_s3_secret_key": "b",
        },
    ),
    "scanner missing": State(
        "SERAI_MEDIA_SCAN_COMMAND", settings={"media_scan_command": "/nowhere/clamdscan {file}"}
    ),
    "letters stuck": State(
        "letters wait",
        settings={"smtp_host": "127.0.0.1"},
        sql=(
            "INSERT INTO mails (id, kind, letter, created_at, due_at)"
            " VALUES (gen_random_uuid(), 'reset', '', now() - interval '1 hour', now())",
            "DELETE FROM mails",
        ),
    ),
    "streams away": State("SERAI_NATS_URL", settings={"nats_url": "nats://127.0.0.1:9"}),
}  # fmt: skip


class Patient:
    """The installation that is examined."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.well = world.world(f"http://127.0.0.1:{stack.port}/webhooks/meta")
        self.settings = {
            "database_url": stack.url,
            "keys": KEYS,
            "index_key": INDEX_KEY,
            "graph_url": f"http://127.0.0.1:{stack.metasim_port}",
            "public_url": f"http://127.0.0.1:{stack.port}",
            "media_folder": str(stack.folder / "media"),
        }

    def troubles(self, **settings: Any) -> Sequence[Finding]:
        wanted = Settings.model_validate(self.settings | settings)
        return [found for found in asyncio.run(examine(wanted)) if not found.is_well]

    @contextmanager
    def broken(self, state: State) -> Generator[None]:
        if state.at_meta:
            self.stack.tell("PUT", "/world", state.at_meta)
        if state.sql:
            self.stack.execute(state.sql[0])
        yield
        if state.at_meta:
            self.stack.tell("PUT", "/world", self.well)
        if state.sql:
            self.stack.execute(state.sql[1])


@pytest.mark.promise("TST-14")
def test_every_broken_state_is_named_in_one_sentence_with_its_remedy(stack: Stack):
    patient = Patient(stack)  # without a worker, which would mend or pause things meanwhile
    come_in(stack, stack.run("doctor").stdout)
    until(lambda: patient.troubles() == [])

    wrong: dict[str, Sequence[Finding]] = {}
    for name, state in STATES.items():
        with patient.broken(state):
            if not any(named(state, patient.troubles(**state.settings)) for _ in range(TRIES)):
                wrong[name] = patient.troubles(**state.settings)
    assert wrong == {}
    until(lambda: patient.troubles() == [])
    assert len(STATES) >= 25


def named(state: State, troubles: Sequence[Finding]) -> bool:
    """Whether this, and nothing else, is named: in one line, what is broken and what to do."""
    lines = [each.text for each in troubles]
    ours = [each for each in lines if state.words in each]
    rest = [each for each in lines if each not in ours and state.also not in each]
    return bool(ours) and not rest and all(each.endswith(".") for each in ours)
