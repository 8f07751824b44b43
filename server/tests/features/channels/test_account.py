"""What each of Meta's news about an account or a number makes us do."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from serai.core import events
from serai.core.effects import (
    Effect,
    NoteChannel,
    PauseChannel,
    PostNotice,
    RestrictChannel,
    ResumeChannel,
)
from serai.core.events import AccountEvent, Event
from serai.core.ids import BusinessId, ChannelId, MessageId
from serai.core.state import NOBODY, Channel
from serai.features.channels.decide.account import decide
from serai.meta.limits import NO_LIMIT
from tests.given import NOON, state

HERE, THERE = BusinessId(UUID(int=1)), BusinessId(UUID(int=9))
ONE = Channel(id=ChannelId(UUID(int=2)), business_id=HERE)
OTHER = Channel(id=ChannelId(UUID(int=3)), business_id=THERE)
LATER = NOON + timedelta(days=3)


def told(happened: type[AccountEvent], **values: Any) -> AccountEvent:
    return happened(key="k", at=NOON, account="88", **values)


def decided(event: Event, *channels: Channel) -> list[Effect]:
    known = state(contact=NOBODY, channels=channels or (ONE,))
    return list(decide(known, None, event))


def summary(effects: list[Effect]) -> dict[str, Any]:
    """What a test looks at: each kind of effect in a few words."""
    short: dict[str, Any] = {}
    for effect in effects:
        match effect:
            case PostNotice(holds=True):
                short[effect.code] = effect.level
            case PostNotice():
                short[effect.code] = "over"
            case PauseChannel():
                short["pause"] = effect.cause
            case ResumeChannel():
                short["resume"] = effect.causes
            case RestrictChannel():
                short["restrict"] = effect.kinds
                short["allow"] = effect.allowed
            case NoteChannel():
                short |= effect.facts
                short["rate"] = effect.messages_per_second
                short["limit"] = effect.messaging_limit
            case _:
                raise AssertionError(effect)
    return {name: value for name, value in short.items() if value not in (None, (), {})}


TABLE: list[tuple[AccountEvent, dict[str, Any]]] = [
    (told(events.LimitReported, limit=2000), {"limit": 2000, "limit_changed": "informational"}),
    (told(events.PaceReported, messages_per_second=1000, limit=NO_LIMIT),
     {"rate": 1000, "limit": NO_LIMIT, "throughput_raised": "informational"}),
    (told(events.QualityReported, rating="RED"),
     {"quality_rating": "RED", "restrict": {"marketing": None}, "quality_low": "warning",
      "quality_middling": "over"}),
    (told(events.QualityReported, rating="YELLOW"),
     {"quality_rating": "YELLOW", "allow": ("marketing",), "quality_low": "over",
      "quality_middling": "warning"}),
    (told(events.QualityReported, rating="GREEN"),
     {"quality_rating": "GREEN", "allow": ("marketing",), "quality_low": "over",
      "quality_middling": "over"}),
    (told(events.QualityReported, rating="UNKNOWN"), {"quality_rating": "UNKNOWN"}),
    (told(events.AccountBanned, stage="disabled"),
     {"pause": "account", "account_banned": "critical", "account_ban_scheduled": "over"}),
    (told(events.AccountBanned, stage="scheduled", on="November 30, 2026"),
     {"account_ban_scheduled": "critical"}),
    (told(events.AccountBanned, stage="reinstated"),
     {"resume": ("account",), "account_banned": "over", "account_ban_scheduled": "over",
      "account_reinstated": "informational"}),
    (told(events.AccountLeft, how="ACCOUNT_OFFBOARDED"),
     {"pause": "left", "account_gone": "critical"}),
    (told(events.AccountReturned),
     {"resume": ("left",), "account_gone": "over", "account_returned": "informational"}),
    (told(events.AccountRestricted, kinds={"business_initiated": LATER, "replies": None}),
     {"restrict": {"business_initiated": LATER, "replies": None},
      "restricted:business_initiated": "critical", "restricted:replies": "critical"}),
    (told(events.AccountViolated, violation="ADULT"), {"account_violation": "warning"}),
    (told(events.NameReviewed, decision="APPROVED", name="Cafe"),
     {"verified_name": "Cafe", "name_status": "APPROVED", "name_declined": "over",
      "name_approved": "informational"}),
    (told(events.NameReviewed, decision="DECLINED", name="Cafe", reason="NAME_NOT_RELATED"),
     {"name_status": "DECLINED", "name_declined": "warning"}),
    (told(events.UsernameReported, username="cafe", status="approved"),
     {"username": "cafe", "username_changed": "informational"}),
    (told(events.AccountReviewed, decision="REJECTED"),
     {"account_review_status": "REJECTED", "review_rejected": "critical",
      "review_approved": "over", "review_pending": "over"}),
    (told(events.AccountReviewed, decision="DEFERRED"),
     {"account_review_status": "DEFERRED", "review_pending": "informational",
      "review_approved": "over", "review_rejected": "over"}),
    (told(events.SecurityReported, what="PIN_CHANGED"), {"pin_changed": "warning"}),
    (told(events.SecurityReported, what="PIN_RESET_REQUEST"), {"pin_reset_requested": "warning"}),
    (told(events.SecurityReported, what="PIN_REQUEST_SUCCESS"), {"pin_reset": "warning"}),
    (told(events.SecurityReported, what="OF_NEXT_YEAR"), {"news:security": "informational"}),
    (told(events.AlertReported, severity="CRITICAL", is_active=True, kind="OBA", words="No badge."),
     {"alert:OBA": "critical"}),
    (told(events.AlertReported, severity="INFORMATIONAL", is_active=False, kind="OBA"),
     {"alert:OBA": "over"}),
    (told(events.AccountReported, field="tracking_events", value={"status": "x"}),
     {"news:tracking_events": "informational"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "effects"), TABLE, ids=lambda each: type(each).__name__.removesuffix("dict")
)
def test_each_event_has_its_effects(event: AccountEvent, effects: dict[str, Any]):
    assert summary(decided(event)) == effects


def test_every_number_of_the_account_is_concerned_each_with_its_own_business():
    effects = decided(told(events.AccountBanned, stage="disabled"), ONE, OTHER)

    pauses = [effect for effect in effects if isinstance(effect, PauseChannel)]
    assert [(each.business_id, each.channel_id) for each in pauses] == [
        (HERE, ONE.id),
        (THERE, OTHER.id),
    ]


def test_a_notice_says_what_is_wrong_and_what_to_do_next():
    effects = decided(told(events.AccountRestricted, kinds={"business_initiated": LATER}))

    [notice] = [effect for effect in effects if isinstance(effect, PostNotice)]
    assert notice.words == (
        "Until 04 December 2026, 12:00 UTC Meta does not allow: "
        "writing first to people, and templates."
    )
    assert notice.next_step.startswith("Open Business Support Home")


def test_news_without_a_time_of_their_own_are_dated_by_our_clock():
    event = told(events.AccountReturned)
    undated = type(event)(key="k", at=NOON.replace(year=1970), account="88")

    assert {effect.at for effect in decided(undated) if isinstance(effect, PostNotice)} == {NOON}


@pytest.mark.parametrize(
    ("code", "notice"), [(190, "reconnect"), (10, "reconnect"), (131031, "stopped")]
)
def test_a_stop_by_meta_tells_the_owner_whether_to_connect_again(code: int, notice: str):
    event = events.SendingStopped(
        key="k", at=NOON, message_id=MessageId(UUID(int=5)), code=code, reason="Because."
    )

    [effect] = decide(state(), None, event)

    assert isinstance(effect, PostNotice)
    assert (effect.code, effect.level) == (notice, "critical")
    assert "Because." in effect.words
