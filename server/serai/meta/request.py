"""A Graph API call as data, so that building one needs no network."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct


class Request(Struct, frozen=True):
    path: str
    """Below the version, without a leading slash."""
    body: bytes
    """JSON."""


class Call(Struct, frozen=True, kw_only=True):
    """Any call but a send: one that may be made again without harm, or whose harm a person sees."""

    path: str
    """Below the version, without a leading slash."""
    method: Literal["GET", "POST", "DELETE"] = "GET"
    query: Mapping[str, str] = {}
    body: Mapping[str, object] | None = None
    """Sent as JSON."""
    content: bytes | None = None
    """Sent as it is, in place of a body."""
    headers: Mapping[str, str] = {}
    """Besides the token's; may replace it."""
