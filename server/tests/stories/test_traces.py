"""Traces, as a collector gets them: one from a webhook to its answer, and nobody's words in any."""

import gzip
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from serai.app.demo import world
from tests.stories.conftest import AMAL, SCHOOL, Stack, standing, until


class Collector:
    """Takes what OpenTelemetry exporters send, over HTTP, as protobuf."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        bodies = self.bodies

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                is_packed = self.headers.get("Content-Encoding") == "gzip"
                bodies.append(gzip.decompress(body) if is_packed else body)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def spans(self) -> list[Any]:
        requests = [ExportTraceServiceRequest.FromString(body) for body in list(self.bodies)]
        told = [each for request in requests for each in request.resource_spans]
        return [span for each in told for scope in each.scope_spans for span in scope.spans]

    def traces(self, name: str) -> list[dict[bytes, Any]]:
        """The traces in which there is a span of that name: their spans by id."""
        spans = self.spans()
        wanted = {span.trace_id for span in spans if span.name == name}
        return [{s.span_id: s for s in spans if s.trace_id == trace} for trace in wanted]


@contextmanager
def collecting() -> Generator[Collector]:
    collector = Collector()
    thread = Thread(target=collector.server.serve_forever)
    thread.start()
    try:
        yield collector
    finally:
        collector.server.shutdown()
        thread.join()
        collector.server.server_close()


def way(trace: dict[bytes, Any], name: str) -> list[str]:
    """The names from the first span down to the one of that name."""
    [span] = [span for span in trace.values() if span.name == name]
    names = [span.name]
    while span.parent_span_id:
        span = trace[span.parent_span_id]
        names.append(span.name)
    return names[::-1]


def answered(stack: Stack) -> bool:
    return bool(stack.rows("SELECT FROM message_events WHERE kind = 'accepted'"))


@pytest.mark.promise("OPS-02")
def test_one_trace_goes_from_a_webhook_through_all_processes_to_the_answer(db_url: str):
    with collecting() as collector, standing(db_url, SERAI_TRACES_URL=collector.url) as stack:
        stack.worker()
        said = stack.write(AMAL, SCHOOL, "menu")
        until(lambda: answered(stack))
        [trace] = until(lambda: collector.traces("send"))
        until(lambda: "webhook" in {span.name for span in collector.traces("send")[0].values()})
        [trace] = collector.traces("send")

        assert way(trace, "send") == ["webhook", "handle", "send"]
        assert way(trace, "split") == ["webhook", "split"]
        assert way(trace, "decide") == ["webhook", "handle", "decide"]
        statements = {span.name for span in trace.values() if "." in span.name}
        assert {"engine.log.APPEND", "features.inbox.store.write.RECORD"} <= statements

        [talk] = stack.ask("GET", "/conversations").json()["data"]
        body = {"content": {"type": "text", "body": "A person says so"}}
        path = f"/conversations/{talk['id']}/messages"
        asked = stack.ask("POST", path, body, **{"Idempotency-Key": "by hand"})
        assert asked.status_code == 200
        until(lambda: len(collector.traces("send")) == 2)
        by_hand = until(
            lambda: [
                t for t in collector.traces("send") if "request" in {s.name for s in t.values()}
            ]
        )
        assert way(by_hand[0], "send") == ["request", "send"]

        until(lambda: len(collector.traces("webhook")) >= 4)  # statuses too
        stack.stop("worker")
        stack.stop("server")
        told = b"".join(collector.bodies)
    secrets = (AMAL, "menu", "A person says so", said, str(talk["id"]), stack.key, world.APP_SECRET)
    assert [secret for secret in secrets if secret.encode() in told] == []


def test_while_there_is_no_collector_nothing_is_remembered_for_traces(working: Stack):
    working.write(AMAL, SCHOOL, "menu")
    until(lambda: answered(working))
    assert working.rows("SELECT FROM trace_contexts") == []
