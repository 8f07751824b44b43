"""Which messages are charged.

Source: WhatsApp Cloud API reference, 6.6 "Pricing model" and 4.6 "`pricing` values".
"""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from metasim.world import Waba

SERVICE_CHARGED_FROM = date(2026, 10, 1)
"""From this day service messages, and utility templates inside the window, are charged."""


def price_type(category: str, open_window: bool, now: float, waba: Waba) -> str:
    """`regular` (charged) or `free_customer_service`. Days begin in the account's time zone."""
    if datetime.fromtimestamp(now, _zone(waba.timezone_id)).date() >= SERVICE_CHARGED_FROM:
        return "regular"
    if category == "service" or (category == "utility" and open_window):
        return "free_customer_service"
    return "regular"


@lru_cache
def _zone(name: str) -> tzinfo:
    """Meta's numeric ids have no public table: only IANA names are understood, else UTC."""
    return ZoneInfo(name) if "/" in name else UTC
