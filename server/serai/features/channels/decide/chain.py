"""The chain by which webhooks come: the account's app, the app's callback, the fields."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from serai.core.effects import Effect
from serai.features.channels.decide.told import Told
from serai.features.channels.model.reading import Target
from serai.meta.management import access
from serai.meta.management.nodes import Subscription
from serai.meta.management.told import Reading

VITAL = frozenset(access.INDISPENSABLE)
ACCOUNT_NOT_SUBSCRIBED = "the account is not subscribed to the app"
APP_NOT_SUBSCRIBED = "the app has no callback for WhatsApp"


def webhooks(told: Told, target: Target, reading: Reading) -> Iterator[Effect]:
    """The chain that a message takes to us: the account's app, the app's callback, the fields."""
    lacks = missing(target, reading)
    off = [what for what in lacks if what not in access.FIELDS or what in VITAL]
    if off:
        yield told.post("webhooks_off", what=", ".join(off))
    else:
        yield from told.end_open(target.open_codes, "webhooks_off")
    partial = [what for what in lacks if what not in off]
    if partial:
        yield told.post("webhooks_partial", what=", ".join(partial))
    else:
        yield from told.end_open(target.open_codes, "webhooks_partial")
    if _override(reading):
        yield told.post("webhooks_elsewhere")
    else:
        yield from told.end_open(target.open_codes, "webhooks_elsewhere")


def missing(target: Target, reading: Reading) -> list[str]:
    """What the chain lacks, in words or as names of fields."""
    lacks: list[str] = []
    if not _is_subscribed(target, reading.subscriptions):
        lacks.append(ACCOUNT_NOT_SUBSCRIBED)
    if "app_subscription" in reading.errors or target.app is None:
        return lacks
    found = reading.app_subscription
    if found is None or not found.active:
        return [*lacks, APP_NOT_SUBSCRIBED]
    return [*lacks, *access.lacking(found)]


def _is_subscribed(target: Target, found: list[Subscription] | None) -> bool:
    if found is None or target.app is None:
        return found != []
    return any(each.whatsapp_business_api_data.id == target.app.id for each in found)


def _override(reading: Reading) -> str | None:
    """Where messages go in place of the app's callback, if they do."""
    callbacks = reading.number.webhook_configuration if reading.number else None
    of_account = [each.override_callback_uri for each in reading.subscriptions or []]
    found = callbacks.phone_number or callbacks.whatsapp_business_account if callbacks else None
    found = found or next((each for each in of_account if each), None)
    ours = reading.app_subscription.callback_url if reading.app_subscription else None
    return found if found != ours else None


def facts(target: Target, reading: Reading, now: datetime) -> dict[str, Any] | None:
    if reading.subscriptions is None:
        return None
    found = reading.app_subscription
    return {
        "missing": missing(target, reading),
        "callback_url": found.callback_url if found else None,
        "override": _override(reading),
        "checked_at": now.isoformat(),
    }
