"""What Meta's answers about a number mean for it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from serai.core.effects import (
    Effect,
    NoteChannel,
    PauseChannel,
    PostNotice,
    RestrictChannel,
    ResumeChannel,
)
from serai.core.ids import BusinessId, ChannelId
from serai.features.channels.decide.reading import kept, learnt, probed
from serai.features.channels.decide.status import status_of
from serai.features.channels.model.reading import Target
from serai.kit.errors import Upstream
from serai.meta.errors import Rejected, Throttled, Unauthorised, Unavailable
from serai.meta.management.access import (
    FIELDS,
    App,
    AppSubscription,
    Field,
    Granted,
    Token,
    TokenFacts,
    is_due_for_renewal,
)
from serai.meta.management.nodes import (
    Account,
    Callbacks,
    Health,
    HealthError,
    Number,
    Owner,
    Part,
    SubscribedApp,
    Subscription,
    Throughput,
)
from serai.meta.management.told import Reading
from tests.given import NOON

SCOPES = ("whatsapp_business_messaging", "whatsapp_business_management")
WHOLE = AppSubscription(
    object="whatsapp_business_account",
    callback_url="https://serai.example/webhooks/meta",
    fields=tuple(Field(name) for name in FIELDS),
)
JOINED = [Subscription(SubscribedApp("314"))]


def target(**values: Any) -> Target:
    defaults: dict[str, Any] = {
        "channel_id": ChannelId(UUID(int=2)),
        "business_id": BusinessId(UUID(int=1)),
        "meta_id": "77",
        "account_id": "88",
        "state": "active",
        "paused_by": None,
        "messages_per_second": 80,
        "token": "EAA",
        "token_expires_at": None,
        "app": App("314", "secret"),
    }
    return Target(**(defaults | values))


def said(effects: list[Effect]) -> set[str]:
    """Codes of notices, those that end with a minus; pauses and resumes by cause."""
    words: set[str] = set()
    for effect in effects:
        match effect:
            case PostNotice(code=code, holds=holds):
                words.add(code if holds else f"-{code}")
            case PauseChannel(cause=cause):
                words.add(f"pause {cause}")
            case ResumeChannel(causes=causes):
                words.add(f"resume {causes[0]}")
            case _:
                pass
    return words


def asked(reading: Reading, **values: Any) -> set[str]:
    return said(list(learnt(target(**values), reading, NOON)))


PROBES: list[tuple[str | Upstream, dict[str, Any], set[str]]] = [
    ("CONNECTED", {}, set()),
    ("", {}, set()),
    ("FLAGGED", {}, set()),
    ("BANNED", {}, {"pause number", "number_down"}),
    ("DISCONNECTED", {}, {"pause number", "number_down"}),
    ("CONNECTED", {"open_codes": {"silent", "reconnect", "number_down"}},
     {"-silent", "-reconnect", "-number_down"}),
    ("CONNECTED", {"state": "paused", "paused_by": "number", "open_codes": {"number_down"}},
     {"resume number", "-number_down"}),
    ("CONNECTED", {"state": "paused", "paused_by": "token", "open_codes": {"reconnect"}}, set()),
    (Unauthorised(190, "Expired."), {}, {"pause token", "reconnect"}),
    (Unauthorised(33, "Gone."), {}, {"pause token", "reconnect"}),
    (Rejected(100, "Does not exist.", 33), {}, {"pause token", "reconnect"}),
    (Rejected(100, "No such field."), {}, {"stopped"}),
    (Unauthorised(131031, "Locked."), {}, {"stopped"}),
    (Throttled(80008, timedelta(seconds=1)), {}, set()),
    (Unavailable("TimeoutError"), {}, {"silent"}),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "known", "expected"), PROBES)
def test_each_answer_to_a_probe_has_its_meaning(
    answer: str | Upstream, known: dict[str, Any], expected: set[str]
):
    known |= {"open_codes": frozenset(known.get("open_codes", ()))}

    assert said(list(probed(target(**known), answer, NOON))) == expected


def test_a_restriction_whose_time_is_over_is_lifted_and_its_notice_ends():
    held = {"replies": NOON, "business_initiated": NOON + timedelta(hours=1), "marketing": None}
    codes = frozenset(f"restricted:{kind}" for kind in held)

    effects = list(probed(target(restrictions=held, open_codes=codes), "CONNECTED", NOON))

    assert said(effects) == {"-restricted:replies"}
    assert [e.allowed for e in effects if isinstance(e, RestrictChannel)] == [("replies",)]


@pytest.mark.parametrize(("seconds", "level"), [(0, "warning"), (24, "warning"), (25, "critical")])
def test_silence_is_critical_when_it_lasts(seconds: int, level: str):
    since = NOON - timedelta(seconds=seconds)

    [notice] = probed(target(silent_since=since), Unavailable("TimeoutError"), NOON)

    assert isinstance(notice, PostNotice)
    assert notice.level == level


def test_speed_and_limit_come_from_the_number():
    number = Number(
        id="77",
        status="CONNECTED",
        throughput=Throughput("HIGH"),
        whatsapp_business_manager_messaging_limit="TIER_10K",
    )

    effects = list(learnt(target(), Reading(number=number), NOON))

    paces = [effect for effect in effects if isinstance(effect, NoteChannel) and not effect.facts]
    assert [(each.messages_per_second, each.messaging_limit) for each in paces] == [(1000, 10_000)]


def test_a_speed_that_a_person_set_stays():
    number = Number(id="77", throughput=Throughput("STANDARD"))

    effects = list(learnt(target(messages_per_second=5), Reading(number=number), NOON))

    assert [e.messages_per_second for e in effects if isinstance(e, NoteChannel)] == [None]


def test_low_quality_of_a_number_is_said_and_its_end_only_when_it_was_said():
    red, green = Number(id="77", quality_rating="RED"), Number(id="77", quality_rating="GREEN")
    flagged = Number(id="77", quality_rating="GREEN", status="FLAGGED")

    assert asked(Reading(number=red)) == {"quality_low"}
    assert asked(Reading(number=flagged)) == {"quality_low"}
    assert asked(Reading(number=green)) == set()
    assert asked(Reading(number=green), open_codes=frozenset({"quality_low"})) == {"-quality_low"}


def test_each_trouble_of_metas_health_is_a_notice_until_meta_names_it_no_more():
    part = Part(
        entity_type="WABA",
        can_send_message="BLOCKED",
        errors=(HealthError(131042, "No payment method.", "Add one."),),
    )
    template = Part(entity_type="MESSAGE_TEMPLATE", errors=(HealthError(141002, "Not approved."),))
    sick = Reading(health=Health("BLOCKED", (part, template)))

    [notice] = learnt(target(), sick, NOON)

    assert isinstance(notice, PostNotice)
    assert (notice.code, notice.level) == ("health:131042", "critical")
    assert notice.words == "Meta says: No payment method."
    assert notice.next_step == "Add one."
    open_codes = frozenset({"health:131042", "health:1", "silent"})
    assert asked(sick, open_codes=open_codes) == {"health:131042", "-health:1"}
    assert asked(Reading(health=Health()), open_codes=frozenset({"health:1"})) == {"-health:1"}


def without(*names: str) -> AppSubscription:
    fields = tuple(Field(name) for name in FIELDS if name not in names)
    return AppSubscription(object=WHOLE.object, callback_url=WHOLE.callback_url, fields=fields)


CHAINS: list[tuple[Reading, set[str]]] = [
    (Reading(subscriptions=JOINED, app_subscription=WHOLE), set()),
    (Reading(subscriptions=[], app_subscription=WHOLE), {"webhooks_off"}),
    (Reading(subscriptions=[Subscription(SubscribedApp("other"))], app_subscription=WHOLE),
     {"webhooks_off"}),
    (Reading(subscriptions=JOINED), {"webhooks_off"}),
    (Reading(subscriptions=JOINED, app_subscription=without("messages")), {"webhooks_off"}),
    (Reading(subscriptions=JOINED, app_subscription=without("security")), {"webhooks_partial"}),
    (Reading(subscriptions=JOINED, app_subscription=without("messages", "security")),
     {"webhooks_off", "webhooks_partial"}),
    (Reading(subscriptions=JOINED, errors={"app_subscription": Unavailable("x")}), set()),
    (Reading(app_subscription=WHOLE), set()),
    (Reading(subscriptions=[Subscription(SubscribedApp("314"), "https://else.example")],
             app_subscription=WHOLE), {"webhooks_elsewhere"}),
    (Reading(subscriptions=JOINED, app_subscription=WHOLE, number=Number(
        id="77", webhook_configuration=Callbacks(phone_number="https://else.example"))),
     {"webhooks_elsewhere"}),
    (Reading(subscriptions=[Subscription(SubscribedApp("314"), WHOLE.callback_url)],
             app_subscription=WHOLE), set()),
]  # fmt: skip


@pytest.mark.parametrize(("reading", "expected"), CHAINS)
def test_every_link_of_the_chain_of_webhooks_is_looked_at(reading: Reading, expected: set[str]):
    assert asked(reading) == expected


def test_a_mended_chain_ends_its_notices():
    codes = frozenset({"webhooks_off", "webhooks_partial", "webhooks_elsewhere"})
    whole = Reading(subscriptions=JOINED, app_subscription=WHOLE)

    assert asked(whole, open_codes=codes) == {f"-{code}" for code in codes}


def facts(**values: Any) -> TokenFacts:
    defaults: dict[str, Any] = {"is_valid": True, "scopes": SCOPES}
    return TokenFacts(**(defaults | values))


def test_a_dead_token_and_one_without_permissions_are_told():
    assert asked(Reading(token=facts())) == set()
    assert asked(Reading(token=facts(is_valid=False))) == {"pause token", "reconnect"}
    assert asked(Reading(token=facts(scopes=SCOPES[:1]))) == {"token_lacks"}


@pytest.mark.parametrize(
    ("days", "is_due"), [(60, False), (7.1, False), (7, True), (1, True), (0, False), (-1, False)]
)
def test_a_token_is_renewed_in_its_last_week(days: float, is_due: bool):
    assert is_due_for_renewal(NOON + timedelta(days=days), NOON) is is_due
    assert not is_due_for_renewal(None, NOON)


def test_a_token_that_cannot_be_renewed_is_told_with_its_last_day():
    ends = int((NOON + timedelta(days=3)).timestamp())
    failed = Reading(token=facts(expires_at=ends), errors={"renewed": Rejected(100, "No.")})

    [notice] = learnt(target(), failed, NOON)

    assert isinstance(notice, PostNotice)
    assert notice.words == "The access token ends on 04 December 2026 and could not be renewed: No."


def test_what_is_kept_has_metas_names_the_owner_and_the_token_s_end():
    reading = Reading(
        number=Number(id="77", quality_rating="GREEN"),
        account=Account(id="88", owner_business_info=Owner("92")),
        token=facts(expires_at=1_800_000_000, granular_scopes=(Granted(SCOPES[0], ("88",)),)),
        renewed=Token("EAAnew", 3600),
    )

    found = kept(target(), reading, NOON)

    assert found.number == {"id": "77", "display_phone_number": "", "quality_rating": "GREEN"}
    assert found.portfolio_id == "92"
    assert found.token_expires_at == NOON + timedelta(hours=1)
    assert found.webhooks is None
    assert "EAAnew" not in str(found)
    nothing = kept(target(), Reading(errors={"number": Unavailable("x")}), NOON)
    assert (nothing.read_at, nothing.number, nothing.token_known) == (None, None, False)


@pytest.mark.parametrize(
    ("state", "paused_by", "restricted", "critical", "word"),
    [
        ("active", None, False, False, "connected"),
        ("active", None, True, False, "limited"),
        ("active", None, False, True, "limited"),
        ("paused", "token", False, True, "reconnect"),
        ("paused", "left", False, True, "reconnect"),
        ("paused", "account", False, True, "paused"),
        ("paused", None, False, False, "paused"),
        ("disconnected", None, False, False, "disconnected"),
    ],
)
def test_a_number_is_in_one_word(
    state: str, paused_by: str | None, restricted: bool, critical: bool, word: str
):
    found = status_of(state, paused_by, has_restrictions=restricted, has_critical=critical)

    assert found == word
