"""Who may see a token, what a file is to WhatsApp, and what Meta tells of one."""

import pytest
from serai.core.ids import MetaId
from serai.meta.media import BY_TYPE, Found, find, found, is_voice, may_see_token, size_of

GRAPH = "https://graph.facebook.com"


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", True),
        ("https://graph.facebook.com/v25.0/1", True),
        ("http://lookaside.fbsbx.com/x", False),
        ("https://lookaside.fbsbx.com.evil.example/x", False),
        ("https://lookaside.fbsbx.com@evil.example/x", False),
        ("https://lookaside.fbsbx.com:8443/x", False),
        ("https://169.254.169.254/latest/meta-data", False),
        ("http://127.0.0.1:5432/", False),
        ("file:///etc/passwd", False),
        ("https://[::1", False),
        ("https://graph.facebook.com:bad/", False),
        ("", False),
    ],
)
def test_a_token_goes_to_meta_and_nobody_else(url: str, may: bool):
    assert may_see_token(url, GRAPH) is may


def test_in_tests_a_pretend_meta_is_meta():
    assert may_see_token("http://127.0.0.1:7000/x?hash=1", "http://127.0.0.1:7000")
    assert not may_see_token("http://127.0.0.1:7001/x", "http://127.0.0.1:7000")


@pytest.mark.parametrize(
    ("answer", "size"),
    [
        ({"url": "u", "file_size": "303833"}, 303_833),
        ({"url": "u", "file_size": 7}, 7),
        ({"url": "u"}, None),
        ({"url": "u", "file_size": "many"}, None),
    ],
)
def test_a_size_is_a_number_or_digits(answer: dict[str, object], size: int | None):
    told = found(answer)
    assert isinstance(told, Found)
    assert size_of(told) == size


def test_an_id_is_one_part_of_a_path_whatever_is_in_it():
    assert find("554", MetaId("77")).path == "554"
    assert find("../me?x=1", MetaId("77")).path == "..%2Fme%3Fx%3D1"


@pytest.mark.parametrize("answer", [{}, {"url": 1}, [], None, "text"])
def test_an_answer_without_an_address_is_none(answer: object):
    assert found(answer) is None


def test_each_type_is_of_one_kind():
    assert BY_TYPE["image/png"].name == "image"
    assert BY_TYPE["image/webp"].name == "sticker"
    assert "image/gif" not in BY_TYPE
    assert is_voice("audio/ogg", "opus", 1)
    assert not is_voice("audio/ogg", "opus", 2)
    assert not is_voice("audio/mp4", "aac", 1)
