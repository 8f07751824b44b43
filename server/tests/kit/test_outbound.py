"""Where we post for strangers, and where never."""

import asyncio
import socket
from typing import Any

import pytest
from serai.kit.outbound import NotAllowed, Outbound, allowed

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://8.8.8.8/push", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://push.example:8443/abc", False),
        ("https://user:word@push.example/abc", False),
        ("https://127.0.0.1/abc", False),
        ("https://[::1]/abc", False),
        ("https://[::ffff:10.0.0.1]/abc", False),
        ("https://10.1.2.3/abc", False),
        ("https://169.254.169.254/latest/meta-data", False),
        ("https://localhost/abc", False),
        ("https://db.internal/abc", False),
        ("https://[bad/abc", False),
        ("file:///etc/passwd", False),
        ("https://push.example/" + "x" * 2048, False),
    ],
)
def test_only_public_https_addresses(url: str, is_allowed: bool):
    assert allowed(url, private=False) is is_allowed


def test_a_demo_may_post_to_its_own_machine_but_not_to_files():
    assert allowed("http://127.0.0.1:9000/push", private=True)
    assert not allowed("file:///etc/passwd", private=True)


async def test_a_name_that_leads_to_a_private_address_is_not_followed(
    monkeypatch: pytest.MonkeyPatch,
):
    async def lookup(*_: Any, **__: Any) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 443)),
        ]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lookup, raising=False)
    async with Outbound(2, private=False) as outbound:
        with pytest.raises(NotAllowed):
            await outbound.post("https://rebinding.example/push", b"", {})
