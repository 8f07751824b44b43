"""How channels look in answers: what all have, and what only numbers of WhatsApp have."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from serai.features.channels.api.wizard import ExternalIds
from serai.features.channels.decide.status import Status, status_of
from serai.features.channels.store.cards import Card
from serai.features.channels.store.facts import Facts, NoticeRow
from serai.meta.capabilities import KINDS, ids_of, sendable
from serai.meta.limits import NO_LIMIT
from serai.meta.whatsapp.kind import WHATSAPP


class LastError(BaseModel):
    words: str
    next_step: str
    at: datetime


class Restriction(BaseModel):
    kind: str = Field(examples=["business_initiated", "replies", "utility", "marketing"])
    until: datetime | None = Field(description="None: until Meta, or better quality, ends it.")


class AnyChannel(BaseModel):
    """What channels of every kind have."""

    id: UUID
    business_id: UUID
    kind: str = Field(json_schema_extra={"enum": [*sorted(KINDS)]})
    name: str = Field(description="Ours.")
    public_name: str | None = Field(description="What people see there; null: not known.")
    address: str = Field(description="What people know it by: a phone number, a page's name.")
    username: str | None
    external_ids: ExternalIds
    state: Literal["active", "paused", "disconnected"]
    status: Status = Field(
        description="connected; limited: some messages go; paused: none go; reconnect: it needs a "
        "new token; disconnected."
    )
    paused_reason: str | None
    messages_per_second: int
    created_at: datetime
    capabilities: list[str] = Field(description="The kinds of content that it can send.")
    restrictions: list[Restriction]
    token_expires_at: datetime | None = Field(description="None: never, or not known.")
    last_received_at: datetime | None
    last_sent_at: datetime | None
    waiting_count: int = Field(description="Messages that wait to go out.")
    last_error: LastError | None
    read_at: datetime | None = Field(description="When Meta was last asked about all of it.")


class WhatsAppNumber(BaseModel):
    """What only a number of WhatsApp has."""

    name_status: str | None
    quality: str | None = Field(examples=["GREEN", "YELLOW", "RED", "UNKNOWN"])
    status: str | None = Field(description="Meta's word for the number's state.")
    messaging_limit: int | None = Field(
        description="People who may be written to first in 24 hours; 0: no limit; null: not known."
    )
    uses_marketing_route: bool


class WhatsAppDetail(WhatsAppNumber):
    """Also what only the number's own page shows."""

    account_review: str | None
    business_verification: str | None
    throughput: str | None
    is_official: bool | None
    is_on_phone_app: bool | None
    has_pin: bool | None
    health: dict[str, Any] = Field(description="As Meta last said, link by link.")
    profile: dict[str, Any] = Field(description="As Meta last said.")


class Channel(AnyChannel):
    """A channel in a list."""

    whatsapp: WhatsAppNumber | None = Field(description="None: it is of another kind.")


class Notice(BaseModel):
    id: UUID
    code: str
    level: Literal["informational", "warning", "critical"]
    words: str
    next_step: str
    at: datetime
    ended_at: datetime | None


class Detail(AnyChannel):
    """Also what only the channel's own page shows."""

    notices: list[Notice] = Field(description="Those that hold first, then the newest.")
    account_name: str | None = Field(description="Of what it belongs to.")
    webhooks: dict[str, Any] = Field(description="What the chain lacks, when last looked at.")
    token: dict[str, Any] = Field(description="Kind and permissions of the token, never itself.")
    whatsapp: WhatsAppDetail | None = Field(description="None: it is of another kind.")


def channel(card: Card, now: datetime) -> Channel:
    number = WhatsAppNumber(**_number(card)) if card.kind == WHATSAPP.key else None
    return Channel(**_values(card, now), whatsapp=number)


def detail(card: Card, facts: Facts | None, notices: Sequence[NoticeRow], now: datetime) -> Detail:
    return Detail(
        **_values(card, now),
        notices=[notice(each) for each in notices],
        account_name=card.account.get("name"),
        webhooks=facts.webhooks if facts else {},
        token=facts.token if facts else {},
        whatsapp=_whatsapp(card, facts) if card.kind == WHATSAPP.key else None,
    )


def _whatsapp(card: Card, facts: Facts | None) -> WhatsAppDetail:
    number, account = card.number, card.account
    return WhatsAppDetail(
        **_number(card),
        account_review=number.get("account_review_status") or account.get("account_review_status"),
        business_verification=account.get("business_verification_status"),
        throughput=_throughput(number),
        is_official=number.get("is_official_business_account"),
        is_on_phone_app=number.get("is_on_biz_app"),
        has_pin=number.get("is_pin_enabled"),
        health=facts.health if facts else {},
        profile=facts.profile if facts else {},
    )


def _number(card: Card) -> dict[str, Any]:
    number, limit = card.number, card.messaging_limit
    return {
        "name_status": number.get("name_status"),
        "quality": number.get("quality_rating"),
        "status": number.get("status"),
        "messaging_limit": 0 if limit == NO_LIMIT else limit,
        "uses_marketing_route": card.uses_marketing_route,
    }


def _throughput(number: dict[str, Any]) -> str | None:
    found: dict[str, Any] | None = number.get("throughput")
    return found.get("level") if found else None


def notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        code=row.code,
        level=row.level,  # pyright: ignore[reportArgumentType] — the table's check
        words=row.words,
        next_step=row.next_step,
        at=row.at,
        ended_at=row.ended_at,
    )


def _values(card: Card, now: datetime) -> dict[str, Any]:
    held = {k: until for k, until in card.restrictions.items() if until is None or until > now}
    error = {"words": card.error_words, "next_step": card.error_next_step, "at": card.error_at}
    return {
        "id": card.id,
        "business_id": card.business_id,
        "kind": card.kind,
        "name": card.name,
        "public_name": card.number.get("verified_name"),
        "address": card.display_phone_number,
        "username": card.number.get("username"),
        "external_ids": ids_of(card.kind, card.meta_id, card.account_id),
        "state": card.state,
        "status": status_of(
            card.state,
            card.paused_by,
            has_restrictions=bool(held),
            has_critical=card.has_critical,
        ),
        "paused_reason": card.paused_reason,
        "messages_per_second": card.messages_per_second,
        "created_at": card.created_at,
        "capabilities": sendable(card.kind),
        "restrictions": [{"kind": kind, "until": until} for kind, until in held.items()],
        "token_expires_at": card.token_expires_at,
        "last_received_at": card.last_received_at,
        "last_sent_at": card.last_sent_at,
        "waiting_count": card.waiting_count,
        "read_at": card.read_at,
        "last_error": error if card.error_words else None,
    }
