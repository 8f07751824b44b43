"""Whatever is sent, metasim answers in words: never 500."""

import json
from typing import Any, cast
from urllib.parse import quote

from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from metasim import examples as right

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


def keys_of(place: Any) -> list[Any]:
    """The keys of an object, the positions of a list, nothing of anything else."""
    if isinstance(place, dict):
        return list(cast("dict[str, Any]", place))
    return list(range(len(cast("list[Any]", place)))) if isinstance(place, list) else []


def mutated(message: Any, path: list[int], value: Any) -> dict[str, Any]:
    """A right message with one value somewhere inside replaced; `path` chooses where."""
    whole = json.loads(json.dumps(message))
    place: Any = whole
    for step in path[:-1]:
        keys = keys_of(place)
        inner = place[keys[step % len(keys)]]
        if not keys_of(inner):
            break
        place = inner
    keys = keys_of(place)
    place[keys[path[-1] % len(keys)]] = value
    return {"messaging_product": "whatsapp", "to": "+15551230987", **whole}


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
messages = st.sampled_from(sorted(right.messages().values(), key=str)).flatmap(
    lambda message: st.builds(
        mutated,
        st.just(message),
        st.lists(st.integers(0, 30), min_size=1, max_size=6),
        values,
    )
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
@examples(body=messages)
def test_a_message_with_one_wrong_value_is_never_500(given: Any, body: dict[str, Any]):
    raw = json.dumps(body).encode()

    answer = given.meta.call("POST", f"/v25.0/{NUMBER}/messages", raw, AUTHORIZED)

    assert answer.status < 500
    assert answer.status == 200 or answer.json["error"]["code"]


KINDS = [
    "text", "image", "audio", "document", "location", "contacts", "reaction", "button",
    "interactive", "order", "system", "edit", "revoke", "unsupported", "raw",
]  # fmt: skip


@calm
@examples(kind=st.sampled_from(KINDS), content=values, context=values, referral=values)
def test_a_person_who_sends_nonsense_gets_a_sentence(
    given: Any, kind: str, content: Any, context: Any, referral: Any
):
    body = {"number": NUMBER, "type": kind, kind: content, "context": context}
    raw = json.dumps({**body, "referral": referral}).encode()

    assert given.meta.call("POST", "/_sim/people/15551230987/messages", raw).status < 500


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
