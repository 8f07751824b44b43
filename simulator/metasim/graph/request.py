"""A call as it came in, and the answer to it."""

import json
from urllib.parse import parse_qsl

import msgspec

from metasim.graph.errors import GraphError
from metasim.shapes import Json, as_object

SECRETS = ("access_token", "appsecret_proof")
"""Parameters of every call; they say who calls, not what. Source: 1.2."""


class Request(msgspec.Struct):
    """One HTTP request, read completely."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[bytes, bytes]
    """Names in lower case."""
    body: bytes
    usage_of: tuple[str, str] | None = None
    """App and account whose quota this call uses; told in headers of the answer."""

    def header(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def leaf(self) -> str:
        """The last part of the path."""
        return self.path.rstrip("/").rsplit("/", 1)[-1]

    def parameters(self) -> Json:
        """Body and query as one object: Graph takes JSON, forms and query alike.

        Source: WhatsApp Cloud API reference, 1.1 "Content type". Bad JSON: code 100, 1.3.
        """
        whole = self._whole()
        return {name: value for name, value in whole.items() if name not in SECRETS}

    def secrets_given(self) -> Json:
        """Token and proof among the parameters. Raises GraphError for bad JSON."""
        whole = self._whole()
        return {name: whole[name] for name in SECRETS if name in whole}

    def _whole(self) -> Json:
        given: Json = dict(self.query)
        if not self.body:
            return given
        if self.header(b"content-type").startswith("application/x-www-form-urlencoded"):
            pairs = parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True)
            return given | {name: _from_form(value) for name, value in pairs}
        try:
            decoded = msgspec.json.decode(self.body)
            # Some clients encode twice; Graph reads JSON inside of a text wherever it may stand.
            read = as_object(msgspec.json.decode(decoded) if isinstance(decoded, str) else decoded)
        except (msgspec.DecodeError, RecursionError):
            read = None
        if read is None:
            raise GraphError(100, message="(#100) Invalid JSON")
        return given | read if given else read


def _from_form(value: str) -> object:
    if value[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


class Answer(msgspec.Struct):
    """What goes back."""

    status: int
    body: bytes
    kind: bytes = b"application/json; charset=UTF-8"
    hang_up: bool = False
    """Close the connection instead of answering."""
    code: int | None = None
    """Meta's error code, for the journal."""
    headers: list[tuple[bytes, bytes]] = []
    """Besides type, length and date. For what is not JSON they replace those of the pages."""


def json_answer(value: object, status: int = 200, code: int | None = None) -> Answer:
    return Answer(status, msgspec.json.encode(value), code=code)
