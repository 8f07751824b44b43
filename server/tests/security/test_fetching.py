"""Every address that we ask because somebody named it: it leads outside, by https, and nowhere else."""

import asyncio
import socket
from typing import Any

import pytest
from serai.features.accounts.api.provider import talk
from serai.kit.outbound import NotAllowed, Outbound, allowed
from serai.meta.client import Graph
from serai.meta.errors import Rejected, Unknown
from serai.meta.media import is_public_of_meta, may_see_token
from serai.meta.request import Call
from tests.security.lines import answering

pytestmark = [pytest.mark.anyio, pytest.mark.promise("SEC-16")]
GRAPH = "https://graph.facebook.com"
NOWHERE = (
    "http://push.example/a",
    "https://127.0.0.1/a",
    "https://127.1/a",
    "https://2130706433/a",
    "https://0x7f000001/a",
    "https://0/a",
    "https://０/a",
    "https://１２７.0.0.1/a",
    "https://127。0。0。1/a",
    "https://ⓛocalhost/a",
    "https://localhost./a",
    "https://x.localhost/a",
    "https://x.localhost./a",
    "https://intranet/a",
    "https://db.internal/a",
    "https://printer.local/a",
    "https://metadata.google.internal./a",
    "https://169.254.169.254/latest/meta-data",
    "https://10.1.2.3/a",
    "https://172.16.0.1/a",
    "https://192.168.1.1/a",
    "https://100.64.0.1/a",
    "https://192.0.0.192/a",
    "https://198.18.0.1/a",
    "https://224.0.0.1/a",
    "https://255.255.255.255/a",
    "https://[::]/a",
    "https://[::1]/a",
    "https://[::127.0.0.1]/a",
    "https://[::ffff:127.0.0.1]/a",
    "https://[::ffff:7f00:1]/a",
    "https://[64:ff9b::7f00:1]/a",
    "https://[2002:7f00:1::]/a",
    "https://[2001::7f00:1]/a",
    "https://[fe80::1]/a",
    "https://[fe80::1%25eth0]/a",
    "https://[fc00::1]/a",
    "https://[fd00:ec2::254]/a",
    "https://[ff02::1]/a",
    "https://push.example:22/a",
    "https://user@push.example/a",
    "https://push.example\\@127.0.0.1/a",
    "https://127.0.0.1\\@push.example/a",
    "https://push.ex\tample/a",
    "https://push.example /a",
    "https://push.example/\na",
    "https:///a",
    "https://[bad/a",
    "file:///etc/passwd",
    "gopher://push.example/a",
    "ftp://push.example/a",
    "data:text/plain,a",
    "//push.example/a",
    "",
)


@pytest.mark.parametrize("url", NOWHERE)
def test_an_address_of_our_own_networks_is_none_however_it_is_written(url: str):
    assert not allowed(url, private=False)


def test_what_is_outside_is_asked():
    for url in (
        "https://fcm.googleapis.com/fcm/send/abc:def-_",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://8.8.8.8/a",
        "https://[2606:4700:4700::1111]/a",
        "https://[::ffff:8.8.8.8]/a",
    ):
        assert allowed(url, private=False), url


async def test_a_name_that_leads_inside_leads_nowhere_at_whatever_look_up(
    monkeypatch: pytest.MonkeyPatch,
):
    """Rebinding: the address that was checked is the one that is asked; it is not looked up again."""
    inside = (
        "127.0.0.1",
        "10.0.0.5",
        "169.254.169.254",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:5",
    )
    for address in inside:

        async def lookup(*_: Any, address: str = address, **__: Any) -> list[Any]:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            return [(family, socket.SOCK_STREAM, 6, "", (address, 443))]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lookup, raising=False)
        async with Outbound(2, private=False) as outbound:
            with pytest.raises(NotAllowed):
                await outbound.post("https://rebinding.example/push", b"", {})


async def test_nobody_is_followed_to_another_address():
    async with answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n") as url:
        async with Outbound(5, private=True) as outbound:
            assert (await outbound.get(url, {}, 100)).status == 302
            assert (await outbound.post(url, b"", {})).status == 302
        async with Graph(url, "v25.0", 5) as graph:
            with pytest.raises(Unknown):
                await graph.call(Call(path="me"), "a-token")


async def test_an_answer_without_end_is_read_to_where_it_matters():
    async with (
        answering(b"HTTP/1.1 200 OK\r\n", b"x" * 100_000) as url,
        Outbound(5, private=True) as outbound,
    ):
        assert len((await outbound.get(url, {}, 4096)).text) == 4096


def test_our_token_is_shown_to_meta_alone():
    for url in (
        "https://lookaside.fbsbx.com.evil.example/a",
        "https://evil.example/?lookaside.fbsbx.com",
        "https://lookaside.fbsbx.com@evil.example/a",
        "https://evil.example\\.fbcdn.net/a",
        "https://evil.example\\@graph.facebook.com/a",
        "https://graph.facebook.com:8443/a",
        "http://graph.facebook.com/a",
        "https://graph。facebook.com/a",
        "https://ｇraph.facebook.com/a",
        "https://169.254.169.254/a",
        "https://fbcdn.net.evil.example/a",
        "https://x.fbcdn.net:22/a",
        "http://x.fbcdn.net/a",
        "file:///etc/passwd",
    ):
        assert not may_see_token(url, GRAPH), url
        assert not is_public_of_meta(url, GRAPH), url
    assert may_see_token("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", GRAPH)
    assert is_public_of_meta("https://scontent.xx.fbcdn.net/v/t1", GRAPH)


async def test_an_id_that_is_a_way_to_elsewhere_is_not_one():
    async with Graph(GRAPH, "v25.0", 5) as graph:
        for path in ("../me", "123/../../v19.0/me", "123/./phone_numbers", ".."):
            with pytest.raises(Rejected):
                await graph.call(Call(path=path), "a-token")


def test_a_provider_outside_never_sends_us_to_our_own_machine():
    own, outside = "http://localhost:9000", "https://login.company.example"
    guarded = talk._is_guarded  # pyright: ignore[reportPrivateUsage]
    assert guarded("http://127.0.0.1:9000/token", own)
    assert not guarded("http://127.0.0.1:9000/token", outside)
    assert not guarded("http://10.0.0.1/token", own)
    assert guarded("https://login.company.example/token", outside)
