"""Whatever is sent, metasim answers in words: never 500."""

import json
from typing import Any
from urllib.parse import quote

from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st

NUMBER = "770012340000022"
FIELDS = [
    "messaging_product", "to", "recipient", "type", "text", "template", "context", "status",
    "message_id", "recipient_type", "biz_opaque_callback_data", "body", "name", "language", "code",
    "components", "parameters", "index", "number", "phone", "kind", "people", "script", "payload",
]  # fmt: skip
WORDS = ["whatsapp", "text", "template", "read", "ready", "en_US", "body", NUMBER, "15551230987"]
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(WORDS)
    | st.text(max_size=20)
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), inner, max_size=6)
    ),
    max_leaves=20,
)
bodies = st.fixed_dictionaries(
    {},
    optional={
        "messaging_product": st.just("whatsapp") | values,
        "to": st.just("+15551230987") | values,
        "type": st.sampled_from(["text", "template"]) | values,
        "text": values,
        "template": st.fixed_dictionaries(
            {"name": st.just("ready"), "language": st.just({"code": "en_US"})},
            optional={"components": values},
        )
        | values,
        "status": st.just("read") | values,
        "message_id": values,
        "biz_opaque_callback_data": values,
        "context": values,
    },
)
calm = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
AUTHORIZED = {"Authorization": "Bearer token"}


@calm
@examples(body=bodies | values)
def test_a_random_send_is_never_500_on_its_own(given: Any, body: Any):
    raw = json.dumps(body).encode()

    answer = given.meta.call("POST", f"/v25.0/{NUMBER}/messages", raw, AUTHORIZED)

    assert answer.status < 500
    assert answer.status == 200 or answer.json["error"]["code"]


@calm
@examples(body=values, raw=st.none() | st.binary(max_size=40))
def test_a_random_control_call_is_never_500(given: Any, body: Any, raw: bytes | None):
    for method, path in [
        ("PUT", "/world"),
        ("POST", "/people"),
        ("POST", "/people/15551230987/messages"),
        ("POST", "/faults"),
    ]:
        sent = json.dumps(body).encode() if raw is None else raw
        assert given.meta.call(method, "/_sim" + path, sent).status < 500


@calm
@examples(path=st.text(max_size=30), query=st.text(max_size=30))
def test_a_random_path_is_never_500(given: Any, path: str, query: str):
    target = f"/v25.0/{quote(path, safe='/')}?fields={quote(query)}&after={quote(query)}"

    assert given.meta.call("GET", target, None, AUTHORIZED).status < 500
