"""Events about an account or a business: updates, reviews, alerts.

Source: WhatsApp Cloud API reference, 4.8 "Account, business, number", 4.4 (`entry[].id`).
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from metasim.events.wish import choice, object_of, time_of, waba_of
from metasim.register import Unfit
from metasim.shapes import Json, as_list, as_object
from metasim.sim import Sim
from metasim.standing import RESTRICTIONS
from metasim.webhooks.account import tell
from metasim.world import Waba

Effect: TypeAlias = Callable[[Sim, Waba, Json], Json]
"""Changes the account; returns the members of the value besides `event`."""

BAN_STATES = ("SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE")
DECISIONS = ("APPROVED", "REJECTED", "PENDING", "DEFERRED")
SEVERITIES = ("CRITICAL", "WARNING", "INFORMATIONAL")
ALERTS = (
    "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED", "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED",
    "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO", "OBA_APPROVED", "OBA_REJECTED",
    "PROFILE_PICTURE_LOST",
)  # fmt: skip
FOR_PARTNERS = (
    "PARTNER_ADDED", "PARTNER_REMOVED", "PARTNER_APP_INSTALLED", "PARTNER_APP_UNINSTALLED",
    "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "AD_ACCOUNT_LINKED", "MM_LITE_TERMS_SIGNED",
)  # fmt: skip
"""Their entry carries the id of the partner's business. Source: 4.4."""
DAY = 86_400.0


def update(sim: Sim, wish: Json) -> Json:
    """`account_update`: `event` and what belongs to it."""
    waba = waba_of(sim, wish)
    event = choice(wish, "event", tuple(EVENTS))
    more = EVENTS[event](sim, waba, wish)
    entry_id = str(wish.get("partner", waba.portfolio_id or waba.id))
    value = {"event": event, **more}
    told = tell(sim, waba.id, "account_update", value, entry_id if event in FOR_PARTNERS else None)
    if event in ("PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED"):
        _take_away(sim, waba)
    return {"apps": told, "value": value}


def review(sim: Sim, wish: Json) -> Json:
    """`account_review_update`: `decision`."""
    waba = waba_of(sim, wish)
    decision = choice(wish, "decision", DECISIONS, "APPROVED")
    sim.desk.waba(waba.id).review = decision
    return {"apps": tell(sim, waba.id, "account_review_update", {"decision": decision})}


def alert(sim: Sim, wish: Json) -> Json:
    """`account_alerts`: `type`, `severity`, `status`, `description`."""
    waba = waba_of(sim, wish)
    kind = choice(wish, "type", ALERTS, ALERTS[0])
    number = wish.get("number")
    if kind.startswith("OBA_") and number in sim.world.numbers:
        sim.desk.number(str(number)).official = kind.removeprefix("OBA_")
    if kind == "PROFILE_PICTURE_LOST" and number in sim.world.numbers:
        sim.desk.number(str(number)).picture = None
    value: Json = {
        "entity_type": "PHONE_NUMBER" if number else "BUSINESS",
        "entity_id": str(number or waba.portfolio_id or waba.id),
        "alert_info": {
            "alert_severity": choice(wish, "severity", SEVERITIES, "WARNING"),
            "alert_status": choice(wish, "status", ("ACTIVE", "NONE"), "ACTIVE"),
            "alert_type": kind,
            "alert_description": str(wish.get("description", kind.replace("_", " ").lower())),
        },
    }
    return {"apps": tell(sim, waba.id, "account_alerts", value)}


def lift(sim: Sim, waba_id: str, kind: str) -> None:
    """A restriction is over; nothing is told."""
    desk = sim.desk.waba(waba_id)
    end = desk.restrictions.get(kind)
    if end is not None and end <= sim.clock.now():
        del desk.restrictions[kind]


def disable(sim: Sim, waba_id: str) -> None:
    """The day of a scheduled ban has come, if it still stands."""
    if sim.desk.waba(waba_id).ban_state == "SCHEDULE_FOR_DISABLE":
        update(sim, {"waba": waba_id, "event": "DISABLED_UPDATE", "state": "DISABLE"})


def _restrict(sim: Sim, waba: Waba, wish: Json) -> Json:
    """`restrictions`: types; `until`: seconds from now or ISO time, three days when left out."""
    kinds = as_list(wish.get("restrictions", ["RESTRICTED_BIZ_INITIATED_MESSAGING"])) or []
    if not kinds or not set(kinds) <= set(RESTRICTIONS):
        raise Unfit(f"restrictions are of {', '.join(RESTRICTIONS)}.")
    until = time_of(sim, wish, "until", sim.clock.now() + 3 * DAY) or 0.0
    for kind in kinds:
        sim.desk.waba(waba.id).restrictions[str(kind)] = until
        sim.clock.schedule(until, "lift_restriction", waba.id, str(kind))
    rows = [{"restriction_type": kind, "expiration": int(until)} for kind in kinds]
    return {"restriction_info": rows}


def _ban(sim: Sim, waba: Waba, wish: Json) -> Json:
    """`state`; `at`: when a scheduled one happens, three days from now when left out."""
    state = choice(wish, "state", BAN_STATES, "DISABLE")
    desk, now = sim.desk.waba(waba.id), sim.clock.now()
    at = now
    if state == "SCHEDULE_FOR_DISABLE":
        at = time_of(sim, wish, "at", now + 3 * DAY) or now
        sim.clock.schedule(at, "disable_account", waba.id)
    desk.ban_state = None if state == "REINSTATE" else state
    desk.ban_date = _prose(at)
    if state == "REINSTATE":
        desk.restrictions.clear()
    return {"ban_info": {"waba_ban_state": state, "waba_ban_date": desk.ban_date}}


def _violate(sim: Sim, waba: Waba, wish: Json) -> Json:
    kind = str(wish.get("violation", "SCAM"))
    sim.desk.waba(waba.id).violation = kind
    return {"violation_info": {"violation_type": kind}}


def _numbers_become(status: str) -> Effect:
    def effect(sim: Sim, waba: Waba, _wish: Json) -> Json:
        for number in sim.world.numbers.values():
            if number.waba_id == waba.id:
                number.status = status
        return {"waba_info": _info(waba)}

    return effect


def _country(sim: Sim, waba: Waba, wish: Json) -> Json:
    sim.desk.waba(waba.id).country = str(wish.get("country", "US"))
    return {"country": sim.desk.waba(waba.id).country}


def _rates(sim: Sim, waba: Waba, wish: Json) -> Json:
    start = int(time_of(sim, wish, "start", sim.clock.now() + 30 * DAY) or 0)
    default: Json = {
        "start_time": start,
        "exception_countries": [{"country_code": "ID", "start_time": start}],
    }
    given = object_of(wish, "auth_international_rate_eligibility", default)
    sim.desk.waba(waba.id).overlooked["auth_international"] = given
    return {"auth_international_rate_eligibility": given}


def _volume(sim: Sim, _waba: Waba, wish: Json) -> Json:
    month = datetime.fromtimestamp(sim.clock.now(), UTC).strftime("%Y-%m")
    default: Json = {
        "tier_update_time": int(sim.clock.now()),
        "pricing_category": "UTILITY",
        "tier": "0:100000",
        "effective_month": month,
        "region": "North America",
    }
    return {"volume_tier_info": {**default, **object_of(wish, "volume_tier_info", {})}}


def _certify(_sim: Sim, waba: Waba, wish: Json) -> Json:
    default: Json = {
        "client_business_id": waba.portfolio_id or waba.id,
        "status": "FAILED",
        "rejection_reasons": ["WEBSITE NOT MATCHING"],
    }
    return {"partner_client_certification_info": {**default, **(as_object(wish.get("info")) or {})}}


def _partner(_sim: Sim, waba: Waba, wish: Json) -> Json:
    more = object_of(wish, "waba_info", {})
    told: Json = {"waba_info": {**_info(waba), **more}}
    if wish["event"] == "PARTNER_REMOVED":
        default = {"reason": "ACCOUNT_DISCONNECTED", "initiated_by": "USER"}  # values: SDK
        told["disconnection_info"] = object_of(wish, "disconnection_info", default)
    return told


def _phone(sim: Sim, waba: Waba, _wish: Json) -> Json:
    """Older: a verified account names its phone number."""
    own = [each.digits for each in sim.world.numbers.values() if each.waba_id == waba.id]
    return {"phone_number": own[0] if own else ""}


def _info(waba: Waba) -> Json:
    return {"waba_id": waba.id, "owner_business_id": waba.portfolio_id or waba.id}


def _take_away(sim: Sim, waba: Waba) -> None:
    """Tokens lose the account, and its apps hear nothing more."""
    for token in sim.world.tokens.values():
        if waba.id in token.waba_ids:
            token.waba_ids.remove(waba.id)
    waba.subscribed_apps.clear()


def _prose(at: float) -> str:
    """Meta writes dates of bans out: April 17, 2025."""
    day = datetime.fromtimestamp(at, UTC)
    return f"{day:%B} {day.day}, {day.year}"


EVENTS: dict[str, Effect] = {
    "ACCOUNT_RESTRICTION": _restrict,
    "DISABLED_UPDATE": _ban,
    "ACCOUNT_VIOLATION": _violate,
    "ACCOUNT_DELETED": _numbers_become("DELETED"),
    "ACCOUNT_OFFBOARDED": _numbers_become("DISCONNECTED"),
    "ACCOUNT_RECONNECTED": _numbers_become("CONNECTED"),
    "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE": _country,
    "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE": _rates,
    "VOLUME_BASED_PRICING_TIER_UPDATE": _volume,
    "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE": _certify,
    "VERIFIED_ACCOUNT": _phone,
    "AD_ACCOUNT_LINKED": _partner,
    "MM_LITE_TERMS_SIGNED": _partner,
    "PARTNER_ADDED": _partner,
    "PARTNER_REMOVED": _partner,
    "PARTNER_APP_INSTALLED": _partner,
    "PARTNER_APP_UNINSTALLED": _partner,
}
"""Source: 4.8 `account_update.event`."""
