"""The business profile, its picture, and commerce settings."""

from typing import Any

import pytest

FIELDS = "?fields=about,address,description,email,profile_picture_url,websites,vertical"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "000000000200015ae5d1e50000000049454e44ae426082"
)


def edge(given: Any) -> str:
    return f"/{given.number}/whatsapp_business_profile"


def save(given: Any, **change: Any) -> Any:
    return given.call("POST", edge(given), {"messaging_product": "whatsapp", **change})


def read(given: Any) -> Any:
    return given.call("GET", edge(given) + FIELDS).json["data"][0]


def test_a_profile_is_an_array_of_one_with_what_is_set(given: Any):
    assert read(given) == {"messaging_product": "whatsapp"}

    change = {
        "about": "Parcels since 1990",
        "email": "hello@acme.example",
        "websites": ["https://acme.example"],
        "vertical": "PROF_SERVICES",
    }
    assert save(given, **change).json == {"success": True}

    assert read(given) == {**change, "messaging_product": "whatsapp"}


def test_what_is_left_out_stays(given: Any):
    save(given, about="Parcels", address="Moll 4")
    save(given, about="Parcels and more")

    assert (read(given)["about"], read(given)["address"]) == ("Parcels and more", "Moll 4")


@pytest.mark.parametrize(
    "change",
    [
        {"about": ""},
        {"about": "x" * 140},
        {"address": "x" * 257},
        {"description": "x" * 513},
        {"email": "x" * 129},
        {"email": "nobody"},
        {"websites": ["https://a.example"] * 3},
        {"websites": ["acme.example"]},
        {"websites": ["https://a.example/" + "x" * 256]},
        {"vertical": "INDUSTRY"},
        {"profile_picture_handle": "4::none"},
        {"colour": "red"},
    ],
)
def test_a_profile_is_checked(given: Any, change: Any):
    answer = save(given, **change)

    assert answer.status == 400
    assert answer.json["error"]["code"] == 100
    assert read(given) == {"messaging_product": "whatsapp"}


def test_a_wrong_vertical_shows_metas_list(given: Any):
    message = save(given, vertical="INDUSTRY").json["error"]["message"]

    assert message.startswith("(#100) Param vertical must be one of {")
    assert "RESTAURANT" in message


def test_the_picture_comes_by_resumable_upload_and_is_really_served(given: Any):
    query = f"?file_name=logo.png&file_length={len(PNG)}&file_type=image/png"
    session = given.call("POST", f"/314/uploads{query}").json["id"]
    head = {"Authorization": "OAuth token", "file_offset": "0"}
    handle = given.meta.call("POST", f"/v25.0/{session}", PNG, head).json["h"]

    assert save(given, profile_picture_handle=handle).json == {"success": True}

    url = read(given)["profile_picture_url"]
    picture = given.meta.call("GET", url.removeprefix(given.meta.url))
    assert (picture.status, picture.body) == (200, PNG)
    assert picture.headers["content-type"] == "image/png"


def test_an_uploaded_header_of_a_template_is_read_back_as_an_address(given: Any):
    query = f"?file_name=logo.png&file_length={len(PNG)}&file_type=image/png"
    session = given.call("POST", f"/314/uploads{query}").json["id"]
    head = {"Authorization": "OAuth token", "file_offset": "0"}
    handle = given.meta.call("POST", f"/v25.0/{session}", PNG, head).json["h"]
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}}
    text = {"type": "BODY", "text": "See your parcel here."}
    body = {"name": "see", "language": "en", "category": "UTILITY", "components": [header, text]}

    key = given.call("POST", "/880/message_templates", body).json["id"]

    [url] = given.call("GET", f"/{key}").json["components"][0]["example"]["header_handle"]
    assert given.meta.call("GET", url.removeprefix(given.meta.url)).body == PNG


def test_commerce_settings_are_switches_in_the_query(given: Any):
    where = f"/{given.number}/whatsapp_commerce_settings"
    before = given.call("GET", where).json["data"]
    assert (
        given.call("POST", where + "?is_cart_enabled=false&is_catalog_visible=true").status == 200
    )

    assert before == [{"is_cart_enabled": True, "is_catalog_visible": False, "id": given.number}]
    after = given.call("GET", where).json["data"][0]
    assert (after["is_cart_enabled"], after["is_catalog_visible"]) == (False, True)
    assert given.call("POST", where + "?is_cart_enabled=perhaps").status == 400
