"""The phone page is served whole, from here only. What it does is tried in a browser elsewhere."""

import http.client
import re
import time
from typing import Any

from metasim.testing import Metasim


def test_the_page_and_all_its_files_are_served(given: Any):
    page = given.meta.call("GET", "/")
    assert page.status == 200
    files = set(re.findall(r'(?:src|href)="(/page/[^"]+)"', page.body.decode()))
    seen: set[str] = set()
    while files - seen:
        path = (files - seen).pop()
        seen.add(path)
        answer = given.meta.call("GET", path)
        assert answer.status == 200, path
        files |= {
            f"/page/{name}" for name in re.findall(r"from '\./([^']+)'", answer.body.decode())
        }

    assert {"/page/app.js", "/page/thread.js", "/page/style.css"} <= seen


def test_the_page_may_only_talk_to_its_own_origin(given: Any):
    policy = given.meta.call("GET", "/").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy


def test_no_file_outside_the_page_is_served(given: Any):
    for path in ("/page/../cli.py", "/page/..%2fcli.py", "/page/%2e%2e/cli.py"):
        assert given.meta.call("GET", path).status == 400


def test_an_open_stream_does_not_keep_the_server_from_stopping():
    with Metasim.start() as meta:
        line = http.client.HTTPConnection("127.0.0.1", meta.port, timeout=60)
        line.request("GET", "/_sim/stream")
        stream = line.getresponse()
        stream.readline()
        started = time.monotonic()
        meta.stop()
        assert time.monotonic() - started < 10  # else it would wait for ever
        stream.close()
        line.close()


def test_the_stream_tells_what_people_write(given: Any):
    line = http.client.HTTPConnection("127.0.0.1", given.meta.port, timeout=60)
    line.request("GET", "/_sim/stream")
    stream = line.getresponse()
    assert stream.readline() == b": hello\n"

    message_id = given.writes("menu")

    told = b"".join(stream.readline() for _ in range(4))
    assert b"event: message" in told
    assert message_id.encode() in told
    line.close()
    stream.close()
