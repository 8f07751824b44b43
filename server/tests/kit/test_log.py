"""No phone number, e-mail address or token reaches the log, whoever logs it."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as some
from serai.kit import log
from serai.kit.log import BLOT, redact, redacted

PERSONAL = [
    # text, what must not be left of it
    ("call +15551230987 now", "5551230987"),
    ("to 15551230987", "15551230987"),
    ("wa_id=4915112345678", "4915112345678"),
    ("phone:15551230987", "15551230987"),
    ("tel:+15551230987", "15551230987"),
    ("+1 (555) 123-0987", "123-0987"),
    ("(555) 123-0987 x", "123-0987"),
    ("+1-555-123-0987", "123-0987"),
    ("+49 151 1234 5678", "1234 5678"),
    ("+49.151.1234.5678", "1234.5678"),
    ("+971 50 123 4567", "123 4567"),
    ("٠٠٩٧١٥٠١٢٣٤٥٦٧", "٤٥٦٧"),
    ('{"from": "15551230987"}', "15551230987"),
    ("Ada <ada.lovelace+x@mail.example.org>", "lovelace"),
    ("Authorization: Bearer abc.def-ghi_123", "def-ghi"),
    ("bearer EAAGm0PX4ZCpsBA", "EAAGm0PX4ZCpsBA"),
    ("GET /me?access_token=abc123def&fields=id", "abc123def"),
    ("GET /webhooks/meta?hub.verify_token=letmein&hub.mode=subscribe", "letmein"),
    ("token EAAGm0PX4ZCpsBAKZBZ", "EAAGm0PX4ZCpsBAKZBZ"),
    ("/#key=serai_live-abc123XYZ", "abc123XYZ"),
    ('{"access_token": "s3cr3tvalue"}', "s3cr3tvalue"),
    ("{'app_secret': '0a1b2c3d'}", "0a1b2c3d"),
    ("password=hunter2 host=x", "hunter2"),
    ("postgresql://serai:hunter2@localhost/serai", "hunter2"),
]

HARMLESS = [
    "message_refused",
    "webhook kept in 12.5 ms",
    "3145728 bytes",
    "2026-11-21T06:24:09.123456+00:00",
    "6f1d0c1e-8a51-4d8e-9f44-0123456789ab",
    "GET /api/v1/conversations 200",
    "132015 Meta paused the template",
    "127.0.0.1:8788",
]


@pytest.mark.promise("SEC-05")
@pytest.mark.parametrize(("text", "personal"), PERSONAL)
def test_what_looks_personal_or_secret_is_blotted_out(text: str, personal: str):
    assert personal not in redacted(text)
    assert BLOT in redacted(text)


@pytest.mark.promise("SEC-05")
def test_meta_s_message_ids_are_blotted_out_for_they_hold_the_phone_number():
    wamid = "wamid.HBgLMTU1NTEyMzA5ODcVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"
    assert redacted(f"status of {wamid} came") == f"status of {BLOT} came"


@pytest.mark.parametrize("text", HARMLESS)
def test_facts_ids_and_times_are_left_alone(text: str):
    assert redacted(text) == text


@pytest.mark.promise("SEC-05")
@given(
    some.integers(10**9, 10**15 - 1).map(str),
    some.sampled_from(["", "+"]),
    some.sampled_from([" ", "=", '"', "'", "(", "[", ":", ",", "\n", "/"]),
    some.sampled_from([" ", '"', "'", ")", "]", ",", ".", "\n", "&", ":", ""]),
)
def test_a_number_of_ten_to_fifteen_digits_never_passes(
    digits: str, plus: str, before: str, after: str
):
    assert digits not in redacted(f"x{before}{plus}{digits}{after}")


@pytest.mark.parametrize(
    "name",
    ["token", "access_token", "app_secret", "Authorization", "api_key", "apikey", "password",
     "phone", "display_phone_number", "email", "to", "wa_id", "verify_token"],
)  # fmt: skip
@pytest.mark.parametrize("value", ["anything", 15551230987, ["a"], {"a": 1}])
def test_a_value_with_a_telling_name_is_blotted_out(name: str, value: object):
    assert redact(None, "info", {"event": "x", name: value}) == {"event": "x", name: BLOT}


def test_ids_counts_and_empty_values_pass():
    entry: dict[str, Any] = {
        "event": "batch_handled",
        "message_id": UUID("6f1d0c1e-8a51-4d8e-9f44-0123456789ab"),
        "count": 250,
        "seconds": 0.125,
        "ok": True,
        "reason": None,
    }
    passed = entry | {"message_id": "6f1d0c1e-8a51-4d8e-9f44-0123456789ab"}
    assert redact(None, "info", dict(entry)) == passed


@pytest.mark.promise("SEC-05")
def test_what_is_nested_is_blotted_out_too():
    entry = {"event": "x", "body": {"15551230987": [{"email": "a"}, ("ada@mail.example", 3)]}}

    assert redact(None, "info", entry) == {
        "event": "x",
        "body": {BLOT: [{"email": BLOT}, [BLOT, 3]]},
    }


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the process writes to stderr; the logging of other tests is put back afterwards."""
    stderr = io.StringIO()
    root, access = logging.getLogger(), logging.getLogger("uvicorn.access")
    handlers, levels = root.handlers[:], (root.level, access.level)
    monkeypatch.setattr(sys, "stderr", stderr)
    root.handlers = []
    log.set_up("info")
    yield stderr
    structlog.reset_defaults()
    root.handlers = handlers
    root.setLevel(levels[0])
    access.setLevel(levels[1])


def lines(stderr: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stderr.getvalue().splitlines()]


def test_a_line_is_json_with_name_level_and_time(written: io.StringIO):
    log.logger("serai.app.worker").info("batch_handled", count=3)
    (line,) = lines(written)

    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "batch_handled",
        "count": 3,
        "level": "info",
        "logger": "serai.app.worker",
    }


@pytest.mark.promise("SEC-05")
def test_what_libraries_log_goes_the_same_way(written: io.StringIO):
    logging.getLogger("uvicorn.error").warning("cannot reach %s", "+15551230987")
    logging.getLogger("uvicorn.access").info("GET /webhooks/meta?hub.verify_token=letmein")
    (line,) = lines(written)

    assert line["event"] == f"cannot reach {BLOT}"
    assert (line["logger"], line["level"]) == ("uvicorn.error", "warning")


@pytest.mark.promise("SEC-05")
@pytest.mark.parametrize("through", ["serai", "library"])
def test_a_traceback_is_blotted_out(written: io.StringIO, through: str):
    try:
        raise ValueError("no such number: +1 555 123 0987, ada@mail.example")  # noqa: TRY301
    except ValueError:
        chosen = log.logger("serai") if through == "serai" else logging.getLogger("some.library")
        chosen.exception("request_failed")
    (line,) = lines(written)

    assert "ValueError: no such number: [redacted]" in line["exception"]
    assert "0987" not in written.getvalue()
    assert "ada@" not in written.getvalue()


def test_less_important_lines_are_left_out(written: io.StringIO):
    log.logger("serai").debug("detail")
    logging.getLogger("asyncio").debug("detail")
    assert lines(written) == []
