"""How fast and to how many people a number may write, from Meta's names for it."""

NO_LIMIT = 2_147_483_647
"""People; stands for what Meta calls unlimited."""
STANDARD_RATE, HIGH_RATE, SHARED_RATE = 80, 1000, 20
"""Messages a second: default, upgraded, and of a number that is used in the phone app as well.

Source: WhatsApp Cloud API, "Throughput".
"""
MOST_DIGITS = 20
"""Of a number that we take for one."""
TIERS = {
    "TIER_50": 50,
    "TIER_250": 250,
    "TIER_1K": 1_000,
    "TIER_2K": 2_000,
    "TIER_10K": 10_000,
    "TIER_100K": 100_000,
    "TIER_UNLIMITED": NO_LIMIT,
    "UNLIMITED": NO_LIMIT,
    "-1": NO_LIMIT,
}
"""People written to outside a service window in 24 hours. Source: "Messaging limits", webhooks."""


def limit_of(value: object) -> int | None:
    """People in 24 hours from a tier's name or a number in any of Meta's spellings; None: not told."""
    text = str(value).strip().upper()
    if text in TIERS:
        return TIERS[text]
    return min(int(text), NO_LIMIT) if text.isdecimal() and len(text) < MOST_DIGITS else None


def rate_of(level: str | None, *, is_on_phone: bool) -> int | None:
    """Messages a second from Meta's `throughput.level`; None: not told."""
    if is_on_phone:
        return SHARED_RATE
    return {"STANDARD": STANDARD_RATE, "HIGH": HIGH_RATE}.get(level or "")
