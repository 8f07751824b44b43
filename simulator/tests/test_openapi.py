"""metasim beside Meta's own description: requests and answers of one run through it fit."""

import json
import re
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from metasim.shapes import as_list

from simulator.tests.coverage import PAGE, page
from simulator.tests.openapi import operations, problems_of_answer, problems_of_request
from simulator.tests.scenario import STEPS, WABA, Step

SLOT = re.compile(r"\{(\w+)\}")
AREAS = re.compile(
    r"/(messages|media|message_templates|whatsapp_business_profile|phone_numbers|subscribed_apps|"
    r"message_qrdls|block_users|flows|assets|publish|deprecate|register|deregister|request_code|"
    r"verify_code|settings)\b|TEMPLATE_ID|Flow-ID|Media-ID|QR-Code-ID"
)


def pem() -> str:
    key = rsa.generate_private_key(65537, 2048).public_key()
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, kind).decode()


def filled(value: Any, kept: dict[str, str]) -> Any:
    text = SLOT.sub(lambda slot: kept.get(slot[1], slot[0]), json.dumps(value))
    return json.loads(text)


def form_of(step: Step) -> tuple[bytes, str]:
    rows = [
        f'--frontier\r\nContent-Disposition: form-data; name="{name}"'
        + (f'; filename="{step.file[0]}"\r\nContent-Type: {step.file[1]}' if name == "file" else "")
        + f"\r\n\r\n{value}\r\n"
        for name, value in step.form.items()
    ]
    return "".join([*rows, "--frontier--\r\n"]).encode(), "multipart/form-data; boundary=frontier"


def call(given: Any, step: Step, kept: dict[str, str]) -> Any:
    method, _, _ = step.operation.partition(" ")
    if step.control is not None:
        path, wish = filled(step.control, kept)
        given.control("POST", path, wish)
    head = {"Authorization": "Bearer token"}
    body: Any = None if step.body is None else filled(step.body, kept)
    if step.form:
        body, head["Content-Type"] = form_of(step)
    path = filled(step.path, kept)
    whole = path.removeprefix(given.meta.url) if path.startswith("http") else "/v23.0" + path
    return given.meta.call(method, whole, body, head)


def test_one_run_through_metas_description_fits_it(given: Any):
    given.has("wabas", id="881", portfolio_id="920")
    given.has("tokens", token="token", waba_ids=[WABA, "881"])
    offer = {"id": "991", "waba_id": WABA, "name": "offer", "category": "MARKETING"}
    given.has("templates", **offer, components=[{"type": "BODY", "text": "A sale."}])
    kept = {"pem": pem().replace("\n", "\\n")}
    wrong: list[str] = []

    for step in STEPS:
        if "new_number" in kept and "sms" not in kept and "verify" in step.path:
            kept["sms"] = given.control("GET", f"/numbers/{kept['new_number']}")["desk"]["code"]
        answer = call(given, step, kept)
        if answer.status != 200:
            wrong.append(f"{step.operation}: {answer.status} {answer.body}")
            continue
        body = step.form or filled(step.body or {}, kept)
        wrong += [f"{step.operation} asked {each}" for each in _asked(step, body)]
        wrong += [f"{step.operation} answered {each}" for each in _answered(step, answer)]
        kept |= {name: _text(answer.json[member]) for name, member in step.keep.items()}

    assert not wrong, "\n".join(wrong)


def _answered(step: Step, answer: Any) -> list[str]:
    is_json = answer.headers["content-type"].startswith("application/json")
    return problems_of_answer(step.operation, answer.json) if is_json else []


def _text(value: Any) -> str:
    """A kept text, or the id of the one row of a list."""
    rows = as_list(value)
    return str(value if rows is None else rows[0]["id"])


def _asked(step: Step, body: Any) -> list[str]:
    return problems_of_request(step.operation, body) if body else []


def test_every_step_names_an_operation_of_the_description():
    assert [step.operation for step in STEPS if step.operation not in operations()] == []


def test_the_areas_that_matter_are_answered_whole():
    made = {step.operation for step in STEPS}
    own = [each for each in operations() if AREAS.search(each)]
    not_ours = re.compile(r"Pre-Verified|add_phone_numbers|messages_encrypted")

    missing = [each for each in own if each not in made and not not_ours.search(each)]

    assert missing == []


def test_the_page_of_coverage_is_current():
    assert PAGE.read_text() == page(), "run: python -m simulator.tests.coverage"
