"""Secrets that are planted everywhere, and then looked for: in dumps, logs, answers, exports and reprs."""

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
import structlog
from serai.core.permissions import Role
from serai.features.accounts.store import factors, people
from serai.kit import log
from serai.kit.db import Conn
from serai.kit.settings import Settings
from tests.app.calling import INDEX_KEY, KEYS, Api, cookie, serving
from tests.given import (
    SECRET,
    TOKEN,
    VAULT,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)
from tests.security.worlds import device

PHONE, WORDS = "15550100777", "my canary sings at the harbour"
PASSWORD, ADDRESS = "a canary in the long grass", "canary@staff.example"
GUEST = "guest.canary@elsewhere.example"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that is logged, down to the least important line, as production writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=log.PROCESSORS,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    structlog.configure(
        processors=[*log.PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
async def api(db_url: str, conn: Conn, tmp_path: Path) -> AsyncIterator[Api]:
    async with serving(db_url, conn, media_folder=str(tmp_path)) as api:
        api.http.base_url = "http://localhost"
        yield api


async def planted(api: Api) -> dict[str, str]:
    """Every kind of secret, put where it belongs; by what it is called."""
    now = datetime.now(UTC)
    business = await a_business(api.conn)
    await a_channel(api.conn, business)
    item = text_item(WORDS, phone=PHONE)
    await deliver(api.conn, delivery(change(messages=[item])))
    owner = await cookie(api, Role.OWNER, at="canary-staff")
    headers = {"Cookie": owner, "Sec-Fetch-Site": "same-origin"}
    [user] = await rows(api.conn, "SELECT id FROM users")
    totp = pyotp.random_base32()
    await factors.offer(api.conn, VAULT, user["id"], totp, now)
    made = await api.ask(
        "POST", "/keys", {"name": "Robot", "scopes": ["read"]}, headers=dict(headers)
    )
    agent = [{"business_id": None, "role": "agent"}]
    await api.ask(
        "POST", "/invitations", {"email": GUEST, "memberships": agent}, headers=dict(headers)
    )
    subscription = device("canary-endpoint")
    await api.ask("POST", "/push/devices", subscription, headers=dict(headers))
    here = {"Sec-Fetch-Site": "same-origin"}
    guess = {"email": ADDRESS, "password": PASSWORD}
    assert (await api.ask("POST", "/session", guess, headers=here)).status_code == 401
    return {
        "token of a channel": TOKEN,
        "secret of an app": SECRET,
        "session": owner.split("=", 1)[1],
        "API key": made.json()["secret"],
        "authenticator": totp,
        "password": PASSWORD,
        "address of a colleague": "owner@canary-staff.example",
        "address of a guest": GUEST,
        "push endpoint": subscription["endpoint"],
        "push secret": subscription["keys"]["p256dh"],
        "phone number": PHONE,
        "key of the ring": KEYS.split(":")[1],
        "index key": INDEX_KEY,
    }


async def dump(conn: Conn) -> str:
    """What every row of every table shows."""
    tables = await rows(conn, "SELECT tablename FROM pg_tables WHERE schemaname = 'serai'")
    parts: list[str] = []
    for each in tables:
        name = each["tablename"]
        found = await rows(conn, f"SELECT to_jsonb({name}) AS row FROM {name}")
        parts += [json.dumps(row["row"], ensure_ascii=False) for row in found]
    return "\n".join(parts)


def hexed(text: str) -> str:
    """As PostgreSQL would show it, had it been kept as bytes."""
    return text.encode().hex()


@pytest.mark.promise("SEC-04")
@pytest.mark.promise("SEC-05")
async def test_no_planted_secret_is_in_a_dump_a_log_an_answer_or_an_export(
    api: Api, written: io.StringIO
):
    secrets = await planted(api)
    auditor = await api.key("admin")
    answers = [
        (await api.ask("GET", path, key=auditor)).text
        for path in (
            "/audit?limit=100", "/audit/export?format=csv", "/audit/export?format=jsonl", "/keys",
            "/members", "/invitations", "/channels", "/me", "/push", "/openapi.json",
        )
    ]  # fmt: skip
    broken = await api.ask("POST", "/contacts", {"phone": PHONE, "name": {WORDS: 1}}, key=auditor)
    everything = await dump(api.conn)
    logs = written.getvalue()

    assert len(everything) > 10_000
    assert "/api/v1/audit" in logs, "what libraries log is looked at too"
    for name, secret in secrets.items():
        assert secret not in everything, f"{name} is in the dump"
        assert hexed(secret) not in everything, f"{name} is in the dump, as bytes"
        assert secret not in logs, f"{name} is in the logs"
        assert secret not in broken.text, f"{name} is in a refusal"
        if not name.startswith("address"):
            assert not [each for each in answers if secret in each], f"{name} is in an answer"
    assert WORDS not in logs
    assert WORDS not in "".join(answers[:3])


@pytest.mark.promise("SEC-05")
async def test_an_error_of_the_database_is_logged_without_the_row(
    api: Api, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
):
    async def clash(*_: object, **__: object) -> None:
        await api.conn.execute("CREATE TEMP TABLE clash (words text PRIMARY KEY)")
        for _attempt in range(2):
            await api.conn.execute("INSERT INTO clash VALUES (%s)", (WORDS,))

    await a_business(api.conn)
    monkeypatch.setattr(people, "is_anybody_there", clash)
    answer = await api.ask("GET", "/session/ways")

    assert answer.status_code == 500
    assert WORDS not in answer.text
    assert "UniqueViolation" in written.getvalue()
    assert WORDS not in written.getvalue()


@pytest.mark.promise("SEC-04")
def test_settings_and_keys_do_not_show_themselves():
    given = {
        "database_url": "postgresql://serai:canary@db/serai",
        "keys": KEYS,
        "index_key": INDEX_KEY,
        "smtp_password": "canary",
        "oidc_client_secret": "canary",
        "media_s3_secret_key": "canary",
        "media_s3_access_key": "canary",
    }
    shown = f"{Settings.model_validate(given)!r} {Settings.model_validate(given)} {VAULT!r}"
    assert "canary" not in shown
    assert KEYS.split(":")[1] not in shown
    assert INDEX_KEY not in shown
    assert "port=8788" in shown


@pytest.mark.promise("SEC-16")
def test_no_line_of_a_log_is_made_by_a_stranger(written: io.StringIO):
    log.logger("serai.test").info(
        "asked", agent='x"\n{"level": "error", "event": "forged"}\r\x1b[2J'
    )
    lines = [json.loads(line) for line in written.getvalue().splitlines() if "asked" in line]
    assert [line["event"] for line in lines] == ["asked"]
    assert len(written.getvalue().splitlines()) == len(lines)
