"""What Meta's answers about a number mean for it; the same words as for news that Meta sends."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from serai.core.effects import Effect
from serai.features.channels.decide import account, chain
from serai.features.channels.decide.told import Told
from serai.features.channels.model.notices import CRITICAL, NO_SUCH_NUMBER, needs_reconnecting
from serai.features.channels.model.reading import Kept, Target
from serai.kit.errors import Upstream
from serai.meta.errors import Rejected, Throttled, Unauthorised
from serai.meta.limits import HIGH_RATE, SHARED_RATE, STANDARD_RATE, limit_of, rate_of
from serai.meta.management.access import TokenFacts, is_due_for_renewal
from serai.meta.management.nodes import Health, Number
from serai.meta.management.told import Reading

WORKING = frozenset({"CONNECTED", "FLAGGED", "RATE_LIMITED", "RESTRICTED"})
"""States of a number in which messages pass, if not all. Source: phone number node, `status`."""
METAS_RATES = frozenset({SHARED_RATE, STANDARD_RATE, HIGH_RATE})
"""Messages a second; another rate was set by a person, and stays."""
PATIENCE = timedelta(seconds=25)
"""Of silence, before it is more than a hiccup."""


def probed(target: Target, answer: str | Upstream, now: datetime) -> Iterator[Effect]:
    """What the number's status, or why there is none, means. `answer` is "" where Meta says none."""
    told = Told(target.business_id, target.channel_id, now)
    yield from _lifted(told, target)
    if isinstance(answer, Upstream):
        yield from _unanswered(told, target, answer)
    else:
        yield from _alive(told, target)
        yield from _status(told, target, answer or None)


def learnt(target: Target, reading: Reading, now: datetime) -> Iterator[Effect]:
    """All that the answers mean, section by section."""
    told = Told(target.business_id, target.channel_id, now)
    failed = reading.errors.get("number")
    if failed is not None:
        yield from _unanswered(told, target, failed)
    if reading.number is not None:
        yield from _alive(told, target)
        yield from _number(told, target, reading.number)
    if reading.health is not None:
        yield from _health(told, target, reading.health)
    if reading.subscriptions is not None:
        yield from chain.webhooks(told, target, reading)
    if reading.token is not None:
        yield from _token(told, target, reading)


def kept(target: Target, reading: Reading, now: datetime) -> Kept:
    """What to keep of the answers, in Meta's own names."""
    account_, token = reading.account, reading.renewed
    facts = reading.token
    ends_at = facts.ends_at if facts else None
    if token is not None:
        ends_at = now + timedelta(seconds=token.expires_in) if token.expires_in else None
    return Kept(
        channel_id=target.channel_id,
        business_id=target.business_id,
        number=_plain(reading.number),
        account=_plain(account_),
        health=_plain(reading.health),
        profile=_plain(reading.profile),
        webhooks=chain.facts(target, reading, now),
        token=_token_facts(facts, now),
        read_at=now if reading.number is not None else None,
        portfolio_id=_owner(reading),
        display_phone_number=(reading.number.display_phone_number or None)
        if reading.number
        else None,
        token_known=facts is not None and facts.is_valid,
        token_expires_at=ends_at,
    )


def _unanswered(told: Told, target: Target, error: Upstream) -> Iterator[Effect]:
    match error:
        case Unauthorised(code=code) if needs_reconnecting(code):
            yield told.pause("token", str(error), code)
            yield told.post("reconnect", reason=str(error))
        case Rejected(is_shut_out=True):
            yield told.pause("token", str(error), NO_SUCH_NUMBER)
            yield told.post("reconnect", reason=str(error))
        case Unauthorised() | Rejected():
            yield told.post("stopped", reason=str(error))
        case Throttled():
            return
        case _:
            is_long = told.at - (target.silent_since or told.at) >= PATIENCE
            yield told.post("silent", CRITICAL if is_long else None, reason=str(error))


def _lifted(told: Told, target: Target) -> Iterator[Effect]:
    """Restrictions whose time is over; Meta does not tell."""
    held = target.restrictions.items()
    over = sorted(kind for kind, until in held if until is not None and until <= told.at)
    if over:
        yield told.allow(*over)
    for kind in over:
        yield from told.end_open(target.open_codes, f"restricted:{kind}")


def _alive(told: Told, target: Target) -> Iterator[Effect]:
    """Meta answered with the token that we have; a pause is for a person to end all the same."""
    yield from told.end_open(target.open_codes, "silent")
    if target.state == "active":
        for code in ("reconnect", "stopped", "account_gone"):
            yield from told.end_open(target.open_codes, code)


def _status(told: Told, target: Target, status: str | None) -> Iterator[Effect]:
    if status is None:
        return
    yield told.note(status=status)
    if status in WORKING:
        yield from told.end_open(target.open_codes, "number_down")
        if target.paused_by == "number":
            yield told.resume("number")
    else:
        down = told.post("number_down", status=status)
        yield told.pause("number", down.words)
        yield down


def _number(told: Told, target: Target, number: Number) -> Iterator[Effect]:
    yield from _status(told, target, number.status)
    level = number.throughput.level if number.throughput else None
    is_ours = target.messages_per_second not in METAS_RATES
    rate = None if is_ours else rate_of(level, is_on_phone=bool(number.is_on_biz_app))
    yield told.pace(rate, limit_of(number.whatsapp_business_manager_messaging_limit))
    rating = "RED" if number.status == "FLAGGED" else number.quality_rating
    yield from _open_only(target, account.quality(told, rating))
    if number.name_status in account.GOOD_NAMES:
        yield from told.end_open(target.open_codes, "name_declined")


def _health(told: Told, target: Target, health: Health) -> Iterator[Effect]:
    """A notice for each trouble that Meta names, and the end of those that it names no more."""
    named = {
        f"health:{error.error_code}": (part, error)
        for part in health.entities
        if part.entity_type != "MESSAGE_TEMPLATE"
        for error in part.errors
    }
    for code, (part, error) in named.items():
        yield told.post(
            code,
            CRITICAL if part.can_send_message == "BLOCKED" else None,
            words=error.error_description,
            solution=error.possible_solution or "Open Business Support Home.",
        )
    for code in sorted(target.open_codes - named.keys()):
        if code.startswith("health:"):
            yield told.end(code)


def _token(told: Told, target: Target, reading: Reading) -> Iterator[Effect]:
    facts = reading.token
    if facts is None:
        return
    if not facts.is_valid:
        yield told.pause("token", "Meta says that the token is no longer valid.", 190)
        yield told.post("reconnect", reason="it is no longer valid.")
        return
    if facts.lacking:
        yield told.post("token_lacks", scopes=", ".join(facts.lacking))
    else:
        yield from told.end_open(target.open_codes, "token_lacks")
    failed = reading.errors.get("renewed")
    if failed is not None and is_due_for_renewal(facts.ends_at, told.at):
        yield told.post("token_ends", date=f"{facts.ends_at:%d %B %Y}", reason=str(failed))
    else:
        yield from told.end_open(target.open_codes, "token_ends")


def _open_only(target: Target, effects: Iterator[Effect]) -> Iterator[Effect]:
    """Without ends of notices that do not hold: a reading comes every hour, mostly with no news."""
    for effect in effects:
        is_end = getattr(effect, "holds", True) is False
        if not is_end or getattr(effect, "code", "") in target.open_codes:
            yield effect


def _owner(reading: Reading) -> str | None:
    account_ = reading.account
    return account_.owner_business_info.id if account_ and account_.owner_business_info else None


def _plain(section: Any) -> dict[str, Any] | None:
    """A section as JSON, without what Meta left out."""
    if section is None:
        return None
    plain = msgspec.to_builtins(section)
    return {name: plain[name] for name in plain if plain[name] is not None}


def _token_facts(facts: TokenFacts | None, now: datetime) -> dict[str, Any] | None:
    if facts is None:
        return None
    return {
        "is_valid": facts.is_valid,
        "type": facts.type,
        "scopes": list(facts.scopes),
        "lacking": list(facts.lacking),
        "checked_at": now.isoformat(),
    }
