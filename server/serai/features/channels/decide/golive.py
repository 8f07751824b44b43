"""The way to going live: which step is next, and what stands in its way.

Computed from what Meta last said; nothing of it is stored as done.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from serai.features.channels.decide.account import GOOD_NAMES, people
from serai.features.channels.model.documents import documents_of
from serai.meta.limits import limit_of
from serai.meta.management.nodes import Health

VERIFIED_LIMIT = 2_000
"""People in 24 hours, reached by verification. Source: WhatsApp Cloud API, "Messaging limits"."""
UNPAID = 131042
"""Meta's code, of a refused send or in a health status. Source: WhatsApp Cloud API, error codes."""
State: TypeAlias = Literal["done", "current", "locked"]


class Known(Struct, frozen=True, kw_only=True):
    """Of one business and the number that is furthest."""

    sector: str
    documents_done: frozenset[str] = frozenset()
    has_number: bool = False
    paused_code: int | None = None
    messaging_limit: int | None = None
    approved_template_count: int = 0
    number: Mapping[str, Any] = {}
    account: Mapping[str, Any] = {}
    health: Health = Health()
    webhooks: Mapping[str, Any] = {}


class Step(Struct, frozen=True, kw_only=True):
    key: str
    title: str
    state: State
    blocker: str | None
    """Why it is not done."""
    next_step: str | None


class Obstacle(Struct, frozen=True):
    blocker: str
    next_step: str


Check: TypeAlias = Callable[[Known], Obstacle | None]


def steps(known: Known) -> list[Step]:
    """In order; the first that is not done is the current one, what follows it is locked."""
    result: list[Step] = []
    is_reached = True
    for key, title, check in CHECKS:
        obstacle = check(known)
        state: State = "done" if obstacle is None else "current" if is_reached else "locked"
        is_reached = is_reached and obstacle is None
        result.append(
            Step(
                key=key,
                title=title,
                state=state,
                blocker=obstacle.blocker if obstacle else None,
                next_step=obstacle.next_step if obstacle else None,
            )
        )
    return result


def _documents(known: Known) -> Obstacle | None:
    missing = [
        each.title for each in documents_of(known.sector) if each.key not in known.documents_done
    ]
    if not missing:
        return None
    return Obstacle(f"Not ready yet: {'; '.join(missing)}.", "Tick what is ready.")


def _number(known: Known) -> Obstacle | None:
    if known.has_number:
        return None
    return Obstacle("No number is connected.", "Connect one under Channels.")


def _verification(known: Known) -> Obstacle | None:
    status = str(known.account.get("business_verification_status") or "not known yet").lower()
    if status == "verified":
        return None
    if status.startswith("pending"):
        return Obstacle("Meta is still verifying the business.", "Wait; it takes up to 14 days.")
    return Obstacle(
        f"Meta has the business as {status.replace('_', ' ')}.",
        "Start the verification in Meta Business Suite, Security Centre.",
    )


def _display_name(known: Known) -> Obstacle | None:
    status = str(known.number.get("name_status") or "not known yet")
    if status in GOOD_NAMES:
        return None
    if status == "PENDING_REVIEW":
        return Obstacle("Meta is reviewing the display name.", "Wait for its answer.")
    return Obstacle(
        f"Meta has the display name as {status.lower().replace('_', ' ')}.",
        "Ask for a name that shows which business it is.",
    )


def _registered(known: Known) -> Obstacle | None:
    status = str(known.number.get("status") or "not known yet")
    if status == "CONNECTED":
        return None
    return Obstacle(
        f"Meta has the number as {status}.", "Register it with a PIN on the number's page."
    )


def _billing(known: Known) -> Obstacle | None:
    parts = known.health.entities
    codes = {error.error_code for part in parts for error in part.errors} | {known.paused_code}
    if UNPAID not in codes:
        return None
    return Obstacle("Meta cannot charge the account.", "Add a payment method in WhatsApp Manager.")


def _webhooks(known: Known) -> Obstacle | None:
    missing = known.webhooks.get("missing")
    if missing == []:
        return None
    if missing is None:
        return Obstacle("Nobody has looked at the webhooks yet.", "Press Check.")
    return Obstacle(f"Meta does not send here: {', '.join(missing)}.", "Press Repair.")


def _template(known: Known) -> Obstacle | None:
    if known.approved_template_count:
        return None
    return Obstacle("No template is approved.", "Submit one and wait for Meta's review.")


def _tier(known: Known) -> Obstacle | None:
    limit = known.messaging_limit
    if limit is None:
        limit = limit_of(known.number.get("whatsapp_business_manager_messaging_limit"))
    if limit is not None and limit >= VERIFIED_LIMIT:
        return None
    told = "not known yet" if limit is None else f"{people(limit)} people"
    return Obstacle(
        f"The limit of people to write to first in 24 hours is {told}.",
        f"It rises to {VERIFIED_LIMIT:,} with verification, or by sending what people like.",
    )


CHECKS: tuple[tuple[str, str, Check], ...] = (
    ("documents", "Papers of the sector", _documents),
    ("number", "Number connected", _number),
    ("verification", "Business verified", _verification),
    ("display_name", "Display name approved", _display_name),
    ("registered", "Number registered", _registered),
    ("billing", "Payment method", _billing),
    ("webhooks", "Webhooks whole", _webhooks),
    ("template", "A template approved", _template),
    ("tier", "Messaging limit of 2,000 or more", _tier),
)
