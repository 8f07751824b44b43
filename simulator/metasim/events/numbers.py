"""Events about one number: quality, limits, throughput, name, security, username.

Source: WhatsApp Cloud API reference, 4.8 "Account, business, number", 6.1, 6.3.
"""

from metasim.events.wish import choice, number_of, portfolio_of, waba_of
from metasim.graph.manage import number_changes, usernames
from metasim.register import Unfit
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.webhooks.account import tell, tell_of_number
from metasim.world import Number

QUALITY_EVENTS = (
    "ONBOARDING", "THROUGHPUT_UPGRADE", "UPGRADE", "DOWNGRADE", "FLAGGED", "UNFLAGGED",
)  # fmt: skip
RATINGS = ("GREEN", "YELLOW", "RED", "UNKNOWN")
TIERS = ("TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED")
OLD_TIERS = ("TIER_50", "TIER_1K", "TIER_NOT_SET")
HIGH_THROUGHPUT = 1_000
"""Messages a second. Source: 6.1."""
OUTAGE = 60.0
"""Seconds that an upgrade takes; sends are 131057 meanwhile. Source: 6.1."""
SECURITY_EVENTS = ("PIN_CHANGED", "PIN_RESET_REQUEST", "PIN_REQUEST_SUCCESS")
DECISIONS = ("APPROVED", "DECLINED", "DEFERRED", "PENDING", "REJECTED")
CAPABILITY = {"TIER_250": 250, "TIER_2K": 2_000, "TIER_10K": 10_000, "TIER_100K": 100_000}
WITHOUT_OLD_LIMITS = 24
"""Webhook version that carries `max_daily_conversations_per_business` instead. 4.8."""


def quality(sim: Sim, wish: Json) -> Json:
    """`event`, `limit` (a tier), `rating`; a throughput upgrade is told when it is done."""
    number = number_of(sim, wish)
    event = choice(wish, "event", QUALITY_EVENTS, "ONBOARDING")
    if "limit" in wish:
        set_tier(sim, number, choice(wish, "limit", (*TIERS, *OLD_TIERS)), tells=False)
    if "rating" in wish:
        number.quality_rating = choice(wish, "rating", RATINGS)
    if event == "THROUGHPUT_UPGRADE":
        sim.desk.number(number.id).maintenance_until = sim.clock.now() + OUTAGE
        sim.clock.schedule(sim.clock.now() + OUTAGE, "upgraded", number.id)
        return {"told_at_seconds": OUTAGE}
    if event in ("FLAGGED", "UNFLAGGED"):
        number.status = "FLAGGED" if event == "FLAGGED" else "CONNECTED"
    return {"apps": _tell_quality(sim, number, event)}


def upgraded(sim: Sim, number_id: str) -> None:
    """The minute of maintenance is over."""
    number = sim.world.numbers.get(number_id)
    if number is not None:
        number.messages_per_second = HIGH_THROUGHPUT
        _tell_quality(sim, number, "THROUGHPUT_UPGRADE")


def _tell_quality(sim: Sim, number: Number, event: str) -> int:
    portfolio = portfolio_of(sim, sim.world.wabas[number.waba_id])
    limit = "TIER_NOT_SET" if portfolio is None else portfolio.messaging_limit
    value: Json = {"event": event, "max_daily_conversations_per_business": limit}
    tell_of_number(sim, number, "phone_number_quality_update", value)
    return len(sim.account_listeners(number.waba_id, "phone_number_quality_update"))


def capability(sim: Sim, wish: Json) -> Json:
    """`limit` (a tier), `max_phone_numbers_per_business`, `max_phone_numbers_per_waba`."""
    waba = waba_of(sim, wish)
    portfolio = portfolio_of(sim, waba)
    if "limit" in wish:
        tier = choice(wish, "limit", TIERS)
        if portfolio is None:
            raise Unfit("The account belongs to no portfolio.")
        sim.world.merge({"portfolios": [{"id": portfolio.id, "messaging_limit": tier}]})
    return {"apps": tell_capability(sim, waba.id, wish)}


def tell_capability(sim: Sim, waba_id: str, more: Json) -> int:
    """What the business may do now."""
    portfolio = portfolio_of(sim, sim.world.wabas[waba_id])
    tier = "TIER_250" if portfolio is None else portfolio.messaging_limit
    most = CAPABILITY.get(tier, "UNLIMITED")
    numbers = 2 if tier == "TIER_250" else 20
    value: Json = {
        "max_daily_conversations_per_business": most,
        "max_phone_numbers_per_business": more.get("max_phone_numbers_per_business", numbers),
        "max_phone_numbers_per_waba": more.get("max_phone_numbers_per_waba", 25),
    }
    return tell(sim, waba_id, "business_capability_update", value)


def set_tier(sim: Sim, number: Number, tier: str, tells: bool = True) -> None:
    """Another messaging limit for the whole portfolio; old tiers are only told."""
    portfolio = portfolio_of(sim, sim.world.wabas[number.waba_id])
    if portfolio is not None and tier in TIERS:
        sim.world.merge({"portfolios": [{"id": portfolio.id, "messaging_limit": tier}]})
    if tells:
        tell_capability(sim, number.waba_id, {})


def name(sim: Sim, wish: Json) -> Json:
    """`decision`, `name`: a review of the display name, of a pending one or of any."""
    number, desk = number_of(sim, wish), None
    decision = choice(wish, "decision", DECISIONS, "APPROVED")
    desk = sim.desk.number(number.id)
    wanted = str(wish.get("name") or desk.new_name or number.verified_name)
    if desk.new_name == wanted:
        number_changes.decide_name(sim, number.id, wanted, decision)
        return {"name": wanted}
    if decision == "APPROVED":
        number.verified_name, desk.name_status = wanted, "APPROVED"
    else:
        desk.name_status = "DECLINED"
    number_changes.tell_name(sim, number, wanted, decision)
    return {"name": wanted}


def security(sim: Sim, wish: Json) -> Json:
    """`event`, `requester`: somebody changed, or wants to reset, the PIN."""
    number = number_of(sim, wish)
    event = choice(wish, "event", SECURITY_EVENTS, "PIN_RESET_REQUEST")
    value: Json = {"event": event}
    if event != "PIN_CHANGED":
        value["requester"] = str(wish.get("requester", "61500000000001"))
    if event == "PIN_REQUEST_SUCCESS":
        sim.desk.number(number.id).pin = None
    tell_of_number(sim, number, "security", value)
    return {"pin_is_set": sim.desk.number(number.id).pin is not None}


def username(sim: Sim, wish: Json) -> Json:
    """`status` approved, reserved or deleted, `username`."""
    number = number_of(sim, wish)
    desk = sim.desk.number(number.id)
    status = choice(wish, "status", ("approved", "reserved", "deleted"), "approved")
    wanted = str(wish.get("username") or desk.username or "business")
    if status == "deleted":
        desk.username = desk.username_status = number.username = None
    else:
        desk.username, desk.username_status = wanted, status
        number.username = wanted if status == "approved" else number.username
    usernames.tell(sim, number, wanted, status)
    return {"username": desk.username}
