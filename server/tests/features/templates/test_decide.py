"""What Meta's decisions about templates make us do."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from serai.core.effects import Effect, PostNotice, RefreshTemplates, UpdateTemplate
from serai.core.events import MessageFailed, TemplateReported
from serai.core.ids import BusinessId, ChannelId, MessageId
from serai.core.state import Channel, SentMessage
from serai.features.templates.decide import decide
from tests.given import NOON, state, status

CAFE, SHOP = BusinessId(UUID(int=1)), BusinessId(UUID(int=9))
NUMBERS = (
    Channel(id=ChannelId(UUID(int=2)), business_id=CAFE),
    Channel(id=ChannelId(UUID(int=3)), business_id=CAFE),
    Channel(id=ChannelId(UUID(int=4)), business_id=SHOP),
)


def told(**values: Any) -> list[Effect]:
    defaults: dict[str, Any] = {
        "key": "k",
        "at": NOON,
        "account": "880",
        "template": "99",
        "name": "parcel_update",
        "language": "en_US",
    }
    event = TemplateReported(**(defaults | values))
    return list(decide(state(channels=NUMBERS), None, event))


def of_kind(effects: list[Effect], kind: type[Effect]) -> list[Any]:
    return [effect for effect in effects if isinstance(effect, kind)]


def test_each_business_of_the_account_learns_it_once_and_each_number_shows_it():
    effects = told(status="DISABLED")
    assert [each.business_id for each in of_kind(effects, UpdateTemplate)] == [CAFE, SHOP]
    notices = of_kind(effects, PostNotice)
    assert [each.channel_id for each in notices] == [channel.id for channel in NUMBERS]
    assert {each.words for each in notices} == {
        "Template parcel_update (en_US): Meta disabled the template for good. Choose another one."
    }


def test_a_pause_is_looked_at_again_when_it_should_have_ended():
    until = NOON + timedelta(hours=3)
    effects = told(status="PAUSED", paused_until=until)
    assert {each.due_at for each in of_kind(effects, RefreshTemplates)} == {
        until + timedelta(minutes=1)
    }
    assert "until 1 December 2026, 15:00 UTC" in of_kind(effects, PostNotice)[0].words


def test_a_template_that_may_go_again_ends_the_notice():
    notices = of_kind(told(status="APPROVED"), PostNotice)
    assert [(each.code, each.holds) for each in notices] == [
        ("template_status:parcel_update:en_US", False)
    ] * 3


def test_an_announced_category_warns_and_changes_nothing_yet():
    effects = told(category="UTILITY", correct_category="MARKETING")
    update = of_kind(effects, UpdateTemplate)[0]
    assert (update.category, update.correct_category) == ("UTILITY", "MARKETING")
    assert "Meta will make it a marketing template." in of_kind(effects, PostNotice)[0].words


def test_a_move_to_marketing_tells_the_owner():
    effects = told(category="MARKETING", previous_category="UTILITY")
    [notice, *_] = of_kind(effects, PostNotice)
    assert notice.code == "template_category:parcel_update:en_US"
    assert "people who agreed to marketing" in notice.words
    assert of_kind(told(category="MARKETING"), PostNotice) == []


@pytest.mark.parametrize(("score", "count"), [("RED", 3), ("YELLOW", 3), ("GREEN", 0)])
def test_falling_quality_warns(score: str, count: int):
    assert len(of_kind(told(quality=score), PostNotice)) == count


def test_news_without_a_time_happened_now():
    epoch = NOON.replace(year=1970)
    assert of_kind(told(status="PAUSED", at=epoch), UpdateTemplate)[0].at == NOON


SENT = MessageId(UUID(int=5))
OURS = state(message=SentMessage(id=SENT, template=("parcel_update", "en_US")))


@pytest.mark.parametrize(
    ("code", "expected"),
    [(132001, "ABSENT"), (132007, "REJECTED"), (132015, "PAUSED"), (132016, "DISABLED")],
)
def test_an_error_at_sending_stops_the_template(code: int, expected: str):
    failed = MessageFailed(key="f", at=NOON, message_id=SENT, code=code, reason="no")
    reported = status("failed", SENT, code=code)
    for event in (failed, reported):
        effects = list(decide(OURS, None, event))
        update = of_kind(effects, UpdateTemplate)[0]
        assert (update.name, update.status) == ("parcel_update", expected)
        assert len(of_kind(effects, PostNotice)) == 1


@pytest.mark.parametrize("code", [132000, 132001, 132012, 132018])
def test_values_that_do_not_fit_mean_that_the_template_has_changed(code: int):
    failed = MessageFailed(key="f", at=NOON, message_id=SENT, code=code, reason="no")
    assert len(of_kind(list(decide(OURS, None, failed)), RefreshTemplates)) == 1


def test_other_errors_say_nothing_of_the_template():
    failed = MessageFailed(key="f", at=NOON, message_id=SENT, code=131026, reason="no")
    assert list(decide(OURS, None, failed)) == []
    text = state(message=SentMessage(id=SENT))
    paused = MessageFailed(key="f", at=NOON, message_id=SENT, code=132015, reason="no")
    assert list(decide(text, None, paused)) == []
