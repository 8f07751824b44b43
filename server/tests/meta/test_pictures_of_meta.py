"""From where a picture may be fetched for a page."""

import pytest
from serai.meta.media import is_public_of_meta

GRAPH = "https://graph.facebook.com"


@pytest.mark.parametrize(
    ("url", "is_metas"),
    [
        ("https://scontent-fra3-1.xx.fbcdn.net/v/t45/picture.jpg?oh=1", True),
        ("https://pps.whatsapp.net/v/picture.jpg", True),
        ("https://graph.facebook.com/picture", True),
        ("http://scontent.xx.fbcdn.net/picture.jpg", False),
        ("https://fbcdn.net.evil.example/picture.jpg", False),
        ("https://evilfbcdn.net/picture.jpg", False),
        ("https://169.254.169.254/latest/meta-data", False),
        ("http://127.0.0.1:8788/api", False),
        ("file:///etc/passwd", False),
        ("https://[::1", False),
        ("", False),
    ],
)
def test_a_picture_is_fetched_from_meta_and_nobody_else(url: str, is_metas: bool):
    assert is_public_of_meta(url, GRAPH) is is_metas
