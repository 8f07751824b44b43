"""What Meta says about accounts and numbers rather than about messages.

Source: WhatsApp Cloud API, webhook fields `account_update`, `account_review_update`,
`account_alerts`, `business_capability_update`, `phone_number_quality_update`,
`phone_number_name_update`, `security`, `business_username_updates`. The set of fields and of their
values is open: what has no meaning to us yet is kept as AccountReported.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from serai.core import events
from serai.core.events import AccountEvent, AccountReported
from serai.meta.item import UNREADABLE, Item, Reader, Source, brief
from serai.meta.limits import HIGH_RATE, limit_of


class Waba(Struct, frozen=True):
    waba_id: str | None = None


class Violation(Struct, frozen=True):
    violation_type: str = "unknown"


class Restriction(Struct, frozen=True):
    restriction_type: str
    expiration: int | str | None = None
    """Seconds since 1970."""


class Ban(Struct, frozen=True):
    waba_ban_state: str = ""
    waba_ban_date: str | None = None
    """Prose, such as "April 17, 2025"."""


class Alert(Struct, frozen=True):
    alert_severity: str = "INFORMATIONAL"
    alert_status: str = "ACTIVE"
    alert_type: str = ""
    alert_description: str | None = None


class Value(Struct, frozen=True, kw_only=True):
    """All members that account fields have; each field uses a few."""

    event: str = ""
    waba_info: Waba = Waba()
    violation_info: Violation = Violation()
    restriction_info: tuple[Restriction, ...] = ()
    ban_info: Ban = Ban()
    decision: str = ""
    alert_info: Alert = Alert()
    display_phone_number: str | None = None
    max_daily_conversations_per_business: int | str | None = None
    max_daily_conversation_per_phone: int | str | None = None
    current_limit: str | None = None
    requested_verified_name: str | None = None
    rejection_reason: str | None = None
    username: str | None = None
    status: str = ""


class Metadata(Struct, frozen=True):
    display_phone_number: str | None = None


class About(Struct, frozen=True):
    display_phone_number: str | None = None
    metadata: Metadata = Metadata()


class Known(Struct, frozen=True):
    """What every event about an account begins with."""

    key: str
    at: datetime
    account: str
    display_phone_number: str | None

    def said(self, happened: type[AccountEvent], /, **more: Any) -> AccountEvent:
        return happened(**msgspec.structs.asdict(self), **more)


Read: TypeAlias = Callable[[Known, Value], AccountEvent | None]
"""None: nothing that has a meaning of its own."""

VALUE = msgspec.json.Decoder(Value)
ABOUT = msgspec.json.Decoder(About)
WHOLE = msgspec.json.Decoder(dict[str, Any])

RESTRICTIONS = {
    "RESTRICTED_BIZ_INITIATED_MESSAGING": "business_initiated",
    "RESTRICTED_CUSTOMER_INITIATED_MESSAGING": "replies",
    "RESTRICTED_UTILITY_TEMPLATES": "utility",
    "RESTRICTED_ADD_PHONE_NUMBER_ACTION": "new_numbers",
    "RESTRICTED_BUSINESS_INITIATED_CALLING": "calls",
}
"""Meta's names by ours; the others keep Meta's, in small letters."""
LEFT = frozenset(
    {"ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED"}
)
RETURNED = frozenset({"ACCOUNT_RECONNECTED", "PARTNER_ADDED", "PARTNER_APP_INSTALLED"})
BANS = {"DISABLE": "disabled", "SCHEDULE_FOR_DISABLE": "scheduled", "REINSTATE": "reinstated"}
RATINGS = {"FLAGGED": "RED", "UNFLAGGED": "GREEN"}
"""Events that older versions send for a number's quality."""


def _update(known: Known, value: Value) -> AccountEvent | None:
    if value.event in LEFT:
        return known.said(events.AccountLeft, how=value.event)
    if value.event in RETURNED:
        return known.said(events.AccountReturned)
    if value.event == "ACCOUNT_VIOLATION":
        return known.said(events.AccountViolated, violation=value.violation_info.violation_type)
    if value.event == "ACCOUNT_RESTRICTION":
        return known.said(events.AccountRestricted, kinds=_restrictions(value))
    stage = BANS.get(value.ban_info.waba_ban_state)
    if value.event == "DISABLED_UPDATE" and stage is not None:
        on = value.ban_info.waba_ban_date or ""
        return known.said(events.AccountBanned, stage=stage, on=on)
    return None


def _restrictions(value: Value) -> dict[str, datetime | None]:
    return {
        RESTRICTIONS.get(each.restriction_type, each.restriction_type.lower()): _end(each)
        for each in value.restriction_info
    }


def _end(restriction: Restriction) -> datetime | None:
    seconds = restriction.expiration
    return None if seconds is None else datetime.fromtimestamp(int(seconds), UTC)


def _review(known: Known, value: Value) -> AccountEvent:
    return known.said(events.AccountReviewed, decision=value.decision)


def _alert(known: Known, value: Value) -> AccountEvent:
    alert = value.alert_info
    return known.said(
        events.AlertReported,
        severity=alert.alert_severity,
        is_active=alert.alert_status == "ACTIVE",
        kind=alert.alert_type,
        words=alert.alert_description or alert.alert_type,
    )


def _capability(known: Known, value: Value) -> AccountEvent | None:
    told = value.max_daily_conversations_per_business or value.max_daily_conversation_per_phone
    limit = limit_of(told)
    return None if limit is None else known.said(events.LimitReported, limit=limit)


def _quality(known: Known, value: Value) -> AccountEvent | None:
    limit = limit_of(value.max_daily_conversations_per_business or value.current_limit)
    if value.event == "THROUGHPUT_UPGRADE":
        return known.said(events.PaceReported, messages_per_second=HIGH_RATE, limit=limit)
    if value.event in RATINGS:
        return known.said(events.QualityReported, rating=RATINGS[value.event])
    return None if limit is None else known.said(events.LimitReported, limit=limit)


def _name(known: Known, value: Value) -> AccountEvent:
    reason = value.rejection_reason if value.rejection_reason != "NONE" else None
    return known.said(
        events.NameReviewed,
        decision=value.decision,
        name=value.requested_verified_name or "",
        reason=reason or "",
    )


def _security(known: Known, value: Value) -> AccountEvent:
    return known.said(events.SecurityReported, what=value.event)


def _username(known: Known, value: Value) -> AccountEvent:
    return known.said(events.UsernameReported, username=value.username or "", status=value.status)


MEANINGS: Mapping[str, Read] = {
    "account_update": _update,
    "account_review_update": _review,
    "account_alerts": _alert,
    "business_capability_update": _capability,
    "phone_number_quality_update": _quality,
    "phone_number_name_update": _name,
    "security": _security,
    "business_username_updates": _username,
}


def reader_of(field: str) -> Reader:
    """What reads a field that is about an account or a number, known or not."""

    def read(raw: msgspec.Raw, source: Source) -> Iterator[Item]:
        yield _item(field, raw, source)

    return read


def _item(field: str, raw: msgspec.Raw, source: Source) -> Item:
    whole = WHOLE.decode(raw)
    value = _readable(raw)
    known = Known(
        key=f"{source.account}:{field}:{_digest(raw)}:{source.time.timestamp():.0f}",
        at=source.time,
        account=(value.waba_info.waba_id if value else None) or source.account,
        display_phone_number=_number(raw),
    )
    told = _meant(field, known, value) or known.said(AccountReported, field=field, value=whole)
    return Item(lane_key=known.account, event=told)  # pyright: ignore[reportArgumentType]


def _meant(field: str, known: Known, value: Value | None) -> AccountEvent | None:
    meaning = MEANINGS.get(field)
    try:
        return meaning(known, value) if meaning and value else None
    except UNREADABLE:  # a time that is none
        return None


def _readable(raw: msgspec.Raw) -> Value | None:
    """None when a member is of another kind than we know: then it is kept as it came."""
    try:
        return VALUE.decode(raw)
    except msgspec.DecodeError:
        return None


def _number(raw: msgspec.Raw) -> str | None:
    """Digits of the number that it is about, wherever the field puts them."""
    try:
        about = ABOUT.decode(raw)
    except msgspec.DecodeError:
        return None
    return about.display_phone_number or about.metadata.display_phone_number


def _digest(raw: msgspec.Raw) -> str:
    return hashlib.sha256(bytes(raw)).hexdigest()[:16]


def report(field: str, raw: msgspec.Raw, source: Source, number: str | None = None) -> Item:
    """What no other event stands for, kept as it came."""
    try:
        value = WHOLE.decode(raw)
    except UNREADABLE as error:
        return Item(problem=f"{field}: {brief(error)}")
    event = AccountReported(
        key=f"{source.account}:{field}:{_digest(raw)}:{source.time.timestamp():.0f}",
        at=source.time,
        account=source.account,
        display_phone_number=number or None,
        field=field,
        value=value,
    )
    return Item(lane_key=source.account, event=event)
