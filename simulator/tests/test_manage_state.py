"""What the management side keeps outlives a restart, also what waits for its time."""

from pathlib import Path
from typing import Any

from metasim.testing import Metasim

WORLD: dict[str, Any] = {
    "apps": [{"id": "314", "secrets": ["secret"]}],
    "wabas": [{"id": "880"}],
    "numbers": [{"id": "77", "waba_id": "880", "display_phone_number": "+1 555 765 0001"}],
    "tokens": [{"token": "token", "app_id": "314", "waba_ids": ["880"]}],
}
HEAD = {"Authorization": "Bearer token"}


def test_a_template_under_review_is_reviewed_after_a_restart(tmp_path: Path):
    state = ["--state", str(tmp_path / "state.json")]
    part = {"type": "BODY", "text": "Your parcel waits for you."}
    body = {"name": "parcel", "language": "en_US", "category": "UTILITY", "components": [part]}
    with Metasim.start(state) as meta:
        meta.control("POST", "/clock", {"freeze": True})
        meta.control("PUT", "/world", WORLD)
        key = meta.call("POST", "/v25.0/880/message_templates", body, HEAD).json["id"]
        meta.call("POST", "/v25.0/77/message_qrdls", {"prefilled_message": "Hi"}, HEAD)
        meta.call("POST", "/v25.0/77", {"pin": "123456"}, HEAD)
        meta.control("POST", "/tokens/token/revoke")

    with Metasim.start(state) as meta:
        meta.control("POST", "/clock", {"advance_seconds": 61})
        fresh = meta.control("POST", "/tokens", {"app_id": "314", "waba_ids": ["880"]})["token"]
        head = {"Authorization": f"Bearer {fresh}"}
        read = meta.call("GET", f"/v25.0/{key}?fields=status", None, head).json
        codes = meta.call("GET", "/v25.0/77/message_qrdls", None, head).json["data"]
        old = meta.call("GET", "/v25.0/880", None, HEAD)
        desk = meta.control("GET", "/numbers/77")["desk"]

    assert read["status"] == "APPROVED"
    assert codes[0]["prefilled_message"] == "Hi"
    assert old.status == 401
    assert desk["pin"] == "123456"
