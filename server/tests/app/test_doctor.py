"""The doctor names the broken link in one sentence, with the remedy."""

import asyncio
import shutil
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from serai.app.doctor import MOST_SKEW_SECONDS, examine
from serai.app.examining import numbers, surroundings, waiting
from serai.app.examining.numbers import Kept
from serai.core.ids import BusinessId, ChannelId
from serai.engine.intake import postgres
from serai.features.channels.model.reading import Target
from serai.kit.clock import Clock
from serai.kit.db import Conn
from serai.kit.settings import Settings
from serai.meta.errors import Rejected, Throttled, Unauthorised, Unavailable
from serai.meta.management.access import FIELDS, App, AppSubscription, Field, TokenFacts
from serai.meta.management.nodes import (
    Account,
    Health,
    HealthError,
    Number,
    Part,
    SubscribedApp,
    Subscription,
)
from serai.meta.management.told import Reading
from tests.app.calling import INDEX_KEY, KEYS
from tests.engine.queues import a_number, queue, some_people
from tests.given import NOON, VAULT, a_business, an_app

OUR_PLACE = "https://serai.example/webhooks/meta"
SCOPES = ("whatsapp_business_messaging", "whatsapp_business_management")
FIELDS_OF_OURS = tuple(Field(name) for name in FIELDS)
WHOLE = AppSubscription(
    object="whatsapp_business_account", callback_url=OUR_PLACE, fields=FIELDS_OF_OURS
)
SENTENCE = r"[^\n]+; [^\n]+\."


def target(**values: Any) -> Target:
    given: dict[str, Any] = {
        "channel_id": ChannelId(UUID(int=2)),
        "business_id": BusinessId(UUID(int=1)),
        "meta_id": "77",
        "account_id": "88",
        "state": "active",
        "paused_by": None,
        "messages_per_second": 80,
        "token": "EAA",
        "token_expires_at": None,
        "app": App("314", "secret"),
    }
    return Target(**(given | values))


def reading(**values: Any) -> Reading:
    """A number with which all is well, but for what is given."""
    given: dict[str, Any] = {
        "number": Number(id="77", status="CONNECTED", quality_rating="GREEN"),
        "account": Account(id="88", account_review_status="APPROVED"),
        "health": Health(),
        "subscriptions": [Subscription(SubscribedApp("314"))],
        "app_subscription": WHOLE,
        "token": TokenFacts(is_valid=True, scopes=SCOPES),
    }
    return Reading(**(given | values))


def refused(section: str, error: Exception) -> dict[str, Any]:
    return {section: None, "errors": {section: error}}


UNPAID = HealthError(141006, "There is an error with the payment method", "Add a payment method")
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "number gone": (refused("number", Rejected(100, "no object", 33)), "not at Meta any more"),
    "token refused": (refused("number", Unauthorised(190, "has expired")), "token (190: has exp"),
    "number refused": (refused("number", Rejected(10, "no permission")), "refuses (10: no perm"),
    "asked too often": (refused("number", Throttled(80007, timedelta(1))), "asked too often"),
    "network": (refused("number", Unavailable("TimeoutError")), "does not answer"),
    "not registered": ({"number": Number(id="77", status="PENDING")}, "not registered"),
    "banned": ({"number": Number(id="77", status="BANNED")}, "is BANNED at Meta"),
    "quality": (
        {"number": Number(id="77", status="CONNECTED", quality_rating="RED")},
        "low quality rating",
    ),
    "account not shared": (refused("account", Rejected(100, "no")), "may not see the account"),
    "review": ({"account": Account(id="88", account_review_status="REJECTED")}, "rejected its acc"),
    "account off": ({"account": Account(id="88", status="DISABLED")}, "account is DISABLED"),
    "app secret": (refused("app_subscription", Unauthorised(190, "x")), "take the app's secret"),
    "account not subscribed": ({"subscriptions": []}, "the account is not subscribed"),
    "no callback": ({"app_subscription": None}, "the app has no callback"),
    "field": (
        {"app_subscription": AppSubscription(object="x", fields=FIELDS_OF_OURS[1:])},
        f"does not send here: {FIELDS[0]}",
    ),
    "callback elsewhere": (
        {
            "app_subscription": AppSubscription(
                object="x", callback_url="https://old.example/x", fields=FIELDS_OF_OURS
            )
        },
        "another address than SERAI_PUBLIC_URL",
    ),
    "token over": ({"token": TokenFacts(is_valid=False)}, "not valid any more"),
    "scope": (
        {"token": TokenFacts(is_valid=True, scopes=SCOPES[1:])},
        "lacks whatsapp_business_messaging",
    ),
    "token ends": (
        {
            "token": TokenFacts(
                is_valid=True,
                scopes=SCOPES,
                expires_at=int((NOON + timedelta(days=3)).timestamp()),
            )
        },
        "token ends on 04 December 2026",
    ),
    "payment": (
        {
            "health": Health(
                "BLOCKED", (Part(entity_type="WABA", can_send_message="BLOCKED", errors=(UNPAID,)),)
            )
        },
        "blocks its waba (141006: There is an error with the payment method); Add a payment",
    ),
}
OF_OURS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "paused": ({}, {"state": "paused", "paused_reason": "token"}, "is paused: token; mend that"),
    "template": ({}, {"unusable_templates": ("welcome (PAUSED)",)}, "templates: welcome (PAUSED)"),
    "tier": ({}, {"waiting_for_tier": 7}, "7 messages wait for its limit of new people"),
    "silence": ({"open_codes": frozenset({"silent"})}, {}, "sent nothing of it for long"),
    "override": ({"open_codes": frozenset({"webhooks_elsewhere"})}, {}, "go to another address"),
    "no secret": ({"app": None}, {}, "its app has no secret here"),
}


@pytest.mark.promise("TST-14")
@pytest.mark.parametrize("state", BROKEN)
def test_what_meta_says_is_broken_is_named_in_one_sentence(state: str):
    values, words = BROKEN[state]
    said = numbers.troubles(target(), reading(**values), Kept(state="active"), OUR_PLACE, NOON)
    assert len(said) == 1, said
    assert words in said[0]
    assert said[0].endswith("."), "a sentence"
    assert ";" in said[0], "with a remedy"


@pytest.mark.promise("TST-14")
@pytest.mark.parametrize("state", OF_OURS)
def test_what_our_own_rows_know_is_named_in_one_sentence(state: str):
    of_target, of_kept, words = OF_OURS[state]
    given: dict[str, Any] = {"state": "active"} | of_kept
    kept = Kept(**given)
    said = numbers.troubles(target(**of_target), reading(), kept, OUR_PLACE, NOON)
    assert len(said) == 1, said
    assert words in said[0]


def test_of_a_number_that_is_well_nothing_is_said():
    assert numbers.troubles(target(), reading(), Kept(state="active"), OUR_PLACE, NOON) == []


DATABASE = {
    'connection failed: could not translate host name "db" to address': "name is not found",
    'password authentication failed for user "serai"': "password is refused",
    'database "serai" does not exist': "no such database",
    "FATAL: sorry, too many clients already": "no connection left",
    "connection to server failed: Connection refused": "nothing listens there",
    "connection timeout expired": "does not answer",
    "something new": "cannot be reached",
}


@pytest.mark.promise("TST-14")
@pytest.mark.parametrize("said", DATABASE)
def test_why_the_database_cannot_be_used_is_named(said: str):
    found = surroundings.database(psycopg.OperationalError(said))
    assert (found.is_well, found.subject) == (False, "database")
    assert DATABASE[said] in found.text


@asynccontextmanager
async def listening(answer: bytes, tls: ssl.SSLContext | None = None) -> AsyncGenerator[int]:
    """Somebody who answers the same to everybody."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1]


def certificate(folder: Path, days: int) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Of a server at localhost, for so many days, and of those who trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=str(path))


HEALTHY = b'HTTP/1.1 200 OK\r\n\r\n{"status":"ok"}'


def settings(**values: Any) -> Settings:
    given = {"database_url": "host=/nowhere", "keys": KEYS, "index_key": INDEX_KEY}
    return Settings.model_validate(given | values)


async def public(url: str, trust: ssl.SSLContext | None = None) -> str:
    [found] = await surroundings.public(settings(public_url=url), trust)
    return ("" if found.is_well else "BAD ") + found.text


@pytest.mark.promise("TST-14")
async def test_the_way_from_meta_to_us_is_named_where_it_is_broken(tmp_path: Path):
    assert "is not found in DNS; Meta cannot call us." in await public("https://nowhere.invalid")
    async with listening(HEALTHY) as port:
        pass
    assert "connection is refused" in await public(f"http://127.0.0.1:{port}")
    async with listening(b"HTTP/1.1 502 Bad Gateway\r\n\r\n") as port:
        assert "does not lead here" in await public(f"http://127.0.0.1:{port}")
        assert "does not speak TLS" in await public(f"https://127.0.0.1:{port}")
    async with listening(HEALTHY) as port:
        assert await public(f"http://127.0.0.1:{port}") == f"http://127.0.0.1:{port} leads here."
    server, trust = certificate(tmp_path, 90)
    async with listening(HEALTHY, server) as port:
        url = f"https://localhost:{port}"
        assert "certificate is not good (self-signed certificate)" in await public(url)
        assert await public(url, trust) == f"{url} leads here."
    server, trust = certificate(tmp_path, 5)
    async with listening(HEALTHY, server) as port:
        assert "certificate ends on" in await public(f"https://localhost:{port}", trust)
    server, trust = certificate(tmp_path, -1)
    async with listening(HEALTHY, server) as port:
        said = await public(f"https://localhost:{port}", trust)
        assert "not good (certificate has expired)" in said


@pytest.mark.promise("TST-14")
async def test_the_way_to_meta_is_named_where_it_is_broken():
    found = await surroundings.meta(settings(graph_url="https://graph.invalid"))
    assert found is not None
    assert "the name graph.invalid is not found in DNS" in found.text
    assert MOST_SKEW_SECONDS < 60


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.promise("TST-14")
def test_a_disk_that_is_nearly_full_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(path: Path) -> Usage:
        return Usage(10**12, 10**12 - 10**9, 10**9)

    monkeypatch.setattr(shutil, "disk_usage", full)
    found = surroundings.disk(tmp_path / "not" / "there")
    assert (found.is_well, found.text[:16]) == (False, "only 0.9 GB free")


@pytest.mark.promise("TST-14")
async def test_work_that_nobody_does_and_what_was_set_aside_are_named(conn: Conn):
    assert [each.is_well for each in await waiting.queues(conn, NOON)] == [True]

    channel = await a_number(conn, await a_business(conn))
    await postgres.keep(conn, VAULT, await an_app(conn), [b"{}"], NOON)
    await queue(conn, channel, await some_people(conn, channel, 1))
    late = [each.text for each in await waiting.queues(conn, NOON + timedelta(minutes=20))]
    assert late == [
        "1 webhooks were not read for 20 minutes; start serai work.",
        "1 messages have not left for 20 minutes; see whether serai work runs.",
    ]

    await conn.execute("UPDATE webhook_deliveries SET state = 'quarantined'")
    [aside, *_] = reversed(await waiting.queues(conn, NOON))
    assert aside.text.startswith("1 webhooks could not be read; try again")


@pytest.mark.promise("TST-14")
async def test_a_whole_look_ends_within_ten_seconds_though_nobody_answers(
    conn: Conn, db_url: str, tmp_path: Path
):
    channel = await a_number(conn, await a_business(conn))
    assert channel
    began = Clock().now()
    wanted = settings(
        database_url=db_url, graph_url="http://127.0.0.1:9", media_folder=str(tmp_path)
    )
    found = await examine(wanted)
    assert Clock().now() - began < timedelta(seconds=10)
    said = {each.subject: each.text for each in found if not each.is_well}
    assert said.keys() == {"people", "Meta", "Number"}
    assert said["Number"] == "Meta does not answer; check the network."


def test_a_channel_of_a_kind_that_is_not_asked_about_is_told_of_from_our_own_rows():
    [well] = numbers.kept_only("Roof", Kept(state="active"))
    [paused] = numbers.kept_only("Roof", Kept(state="paused", paused_reason="No corn"))

    assert (well.is_well, paused.is_well) == (True, False)
    assert "No corn" in paused.text
