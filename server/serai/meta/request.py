"""A Graph API call as data, so that building one needs no network."""

from msgspec import Struct


class Request(Struct, frozen=True):
    path: str
    """Below the version, without a leading slash."""
    body: bytes
    """JSON."""
