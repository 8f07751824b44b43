"""What every event has."""

from datetime import datetime

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True, tag=True):
    key: str
    at: datetime
    """When it happened, UTC; by Meta's clock for what Meta reports, so it may come out of order."""
