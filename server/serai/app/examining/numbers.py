"""What is wrong with one number, from what Meta and our own rows tell of it; pure.

Each trouble is one sentence: what is broken, and what to do.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from serai.app.examining.finding import Finding
from serai.features.channels.decide.chain import missing as webhooks_missing
from serai.features.channels.model.reading import Target
from serai.kit.errors import Upstream
from serai.meta.errors import Rejected, Throttled, Unauthorised
from serai.meta.management.access import is_due_for_renewal
from serai.meta.management.told import Reading

OPEN_TROUBLES = {
    "silent": "Meta has sent nothing of it for long; look at the app's webhooks at Meta.",
    "webhooks_elsewhere": "its messages go to another address; run serai doctor --repair.",
}
"""By the code of a notice that holds."""
LOW = "RED"


class Kept(Struct, frozen=True, kw_only=True):
    """What our own rows know of a number."""

    state: str
    paused_reason: str | None = None
    unusable_templates: tuple[str, ...] = ()
    """Each with its status, such as `welcome (PAUSED)`."""
    waiting_for_tier: int = 0
    """Messages that wait because too many people were written to."""


def troubles(
    target: Target, reading: Reading, kept: Kept, callback: str | None, now: datetime
) -> list[str]:
    """All that is wrong; nothing if it can send and hear."""
    found = list(_refused(reading))
    if not found:
        found = [
            *_number(reading),
            *_account(reading),
            *_webhooks(target, reading, callback),
            *_token(reading, now),
            *_health(reading),
            *_tier(reading, kept),
        ]
    found += [OPEN_TROUBLES[code] for code in sorted(OPEN_TROUBLES.keys() & target.open_codes)]
    if kept.unusable_templates:
        names = ", ".join(kept.unusable_templates[:3])
        found.append(f"Meta does not take these templates: {names}; mend them under Templates.")
    return [*found, *_paused(kept)]


def kept_only(name: str, kept: Kept) -> list[Finding]:
    """What our own rows say of a channel whose kind the doctor does not ask Meta about."""
    troubles = [Finding(False, name, text) for text in _paused(kept)]
    return troubles or [Finding(True, name, "connected and active.")]


def _paused(kept: Kept) -> Iterator[str]:
    if kept.state != "active":
        yield f"is {kept.state}: {kept.paused_reason}; mend that, then resume it."


def _refused(reading: Reading) -> Iterator[str]:
    """Nothing else can be said of a number that we may not ask about."""
    error = reading.errors.get("number")
    if isinstance(error, Rejected) and error.is_shut_out:
        yield "is not at Meta any more, or not shared with the token's owner; share it, or connect it anew."
    elif isinstance(error, Unauthorised):
        yield f"Meta refuses its token ({error.code}: {_plain(error)}); connect it with a new one."
    elif isinstance(error, Rejected):
        yield f"Meta refuses ({error.code}: {_plain(error)}); look at the number in Meta's settings."
    elif isinstance(error, Throttled):
        yield "Meta is asked too often just now; wait a few minutes and look again."
    elif error is not None:
        yield "Meta does not answer; check the network."


def _number(reading: Reading) -> Iterator[str]:
    number = reading.number
    if number is None:
        return
    if number.status == "PENDING" or number.code_verification_status in {"NOT_VERIFIED", "EXPIRED"}:
        yield "is not registered for WhatsApp; register it under Channels with its PIN."
    elif number.status not in {None, "CONNECTED"}:
        yield f"is {number.status} at Meta; see Meta's settings."
    if number.quality_rating == LOW:
        yield "has a low quality rating; write less, and only to people who want it."


def _account(reading: Reading) -> Iterator[str]:
    account = reading.account
    if account is None:
        if isinstance(reading.errors.get("account"), Rejected | Unauthorised):
            yield "its token may not see the account; give its system user the account at Meta."
        return
    if account.account_review_status == "REJECTED":
        yield "Meta rejected its account; ask for another review in Meta's settings."
    if account.status in {"DISABLED", "SUSPENDED", "BANNED"}:
        yield f"its account is {account.status} at Meta; see Business Support Home."


def _webhooks(target: Target, reading: Reading, callback: str | None) -> Iterator[str]:
    if isinstance(reading.errors.get("app_subscription"), Rejected | Unauthorised):
        yield "Meta does not take the app's secret; run serai connect-app with the right one."
        return
    if target.app is None:
        yield "its app has no secret here; run serai connect-app."
    if reading.subscriptions is None:
        return
    lacks = webhooks_missing(target, reading)
    if lacks:
        yield f"Meta does not send here: {', '.join(lacks)}; run serai doctor --repair."
    found = reading.app_subscription
    if callback and found is not None and found.active and found.callback_url not in {"", callback}:
        yield "its webhooks go to another address than SERAI_PUBLIC_URL; run serai doctor --repair."


def _token(reading: Reading, now: datetime) -> Iterator[str]:
    facts = reading.token
    if facts is None:
        return
    if not facts.is_valid:
        yield "its token is not valid any more; connect it with a new one."
        return
    if facts.lacking:
        yield f"its token lacks {', '.join(facts.lacking)}; make one that has them."
    if is_due_for_renewal(facts.ends_at, now):
        yield f"its token ends on {facts.ends_at:%d %B %Y}; the worker renews it."


def _health(reading: Reading) -> Iterator[str]:
    status = reading.number.status if reading.number else None
    is_told = status not in {None, "CONNECTED"}  # and why it is blocked with it
    for part in reading.health.entities if reading.health else ():
        if is_told and part.entity_type == "PHONE_NUMBER":
            continue
        for error in part.errors if part.can_send_message == "BLOCKED" else ():
            what = f"Meta blocks its {part.entity_type.replace('_', ' ').lower()}"
            cure = error.possible_solution.rstrip(".") or "see Meta's settings"
            yield f"{what} ({error.error_code}: {error.error_description.rstrip('.')}); {cure}."


def _tier(reading: Reading, kept: Kept) -> Iterator[str]:
    if not kept.waiting_for_tier:
        return
    limit = reading.number.whatsapp_business_manager_messaging_limit if reading.number else None
    tier = f" ({limit})" if limit else ""
    yield (
        f"{kept.waiting_for_tier} messages wait for its limit of new people a day{tier}; "
        "verify the business at Meta for a higher one."
    )


def _plain(error: Upstream) -> str:
    return str(error).rstrip(".") or "no reason given"
