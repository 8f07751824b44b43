"""QR codes and short links."""

from typing import Any


def edge(given: Any, code: str = "") -> str:
    return f"/{given.number}/message_qrdls" + (f"/{code}" if code else "")


def make(given: Any, text: str = "Hello Acme", **more: Any) -> Any:
    return given.call("POST", edge(given), {"prefilled_message": text, **more})


def test_a_code_opens_a_chat_and_its_picture_is_served(given: Any):
    made = make(given, generate_qr_image="SVG").json

    assert made["deep_link_url"] == f"https://wa.me/message/{made['code']}"
    svg = given.meta.call("GET", made["qr_image_url"].removeprefix(given.meta.url))
    assert svg.headers["content-type"] == "image/svg+xml"
    assert b"<svg" in svg.body
    fields = "?fields=code,qr_image_url.format(PNG)"
    row = given.call("GET", edge(given, made["code"]) + fields).json["data"][0]
    png = given.meta.call("GET", row["qr_image_url"].removeprefix(given.meta.url))
    assert png.body.startswith(b"\x89PNG")


def test_codes_are_listed_changed_and_deleted(given: Any):
    one, two = make(given).json["code"], make(given, "Second").json["code"]

    changed = given.call("POST", edge(given), {"code": one, "prefilled_message": "Other"}).json
    rows = given.call("GET", edge(given)).json["data"]

    assert changed["prefilled_message"] == "Other"
    assert [row["code"] for row in rows] == [one, two]
    assert given.call("DELETE", edge(given, one)).json == {"success": True}
    assert given.call("GET", edge(given, one)).json == {"data": []}
    assert len(given.call("GET", edge(given)).json["data"]) == 1


def test_a_message_has_1_to_140_characters(given: Any):
    assert make(given, "").status == 400
    assert make(given, "x" * 141).status == 400
    assert make(given, generate_qr_image="GIF").status == 400
    assert make(given, colour="red").status == 400
    assert make(given, "x" * 140).status == 200
