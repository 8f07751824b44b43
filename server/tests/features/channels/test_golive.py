"""The way to going live: what is next, and what stands in its way."""

from typing import Any

import pytest
from serai.features.channels.decide.golive import CHECKS, Known, steps
from serai.features.channels.model.documents import BY_SECTOR, documents_of
from serai.meta.management.nodes import Health, HealthError, Part

UNPAID = Health("BLOCKED", (Part(entity_type="WABA", errors=(HealthError(131042),)),))
READY: dict[str, Any] = {
    "sector": "hospitality",
    "documents_done": frozenset(each.key for each in documents_of("hospitality")),
    "has_number": True,
    "messaging_limit": 2_000,
    "approved_template_count": 1,
    "number": {"name_status": "APPROVED", "status": "CONNECTED"},
    "account": {"business_verification_status": "verified"},
    "webhooks": {"missing": []},
}


def known(**values: Any) -> Known:
    return Known(**(READY | values))


def test_with_everything_in_order_all_steps_are_done():
    assert {step.state for step in steps(known())} == {"done"}
    assert {step.blocker for step in steps(known())} == {None}


OBSTACLES: list[tuple[str, dict[str, Any], str]] = [
    ("documents", {"documents_done": frozenset()}, "Food, trade or tourism licence"),
    ("number", {"has_number": False}, "No number"),
    ("verification", {"account": {}}, "not known yet"),
    ("verification", {"account": {"business_verification_status": "not_verified"}}, "not verified"),
    ("verification", {"account": {"business_verification_status": "PENDING"}}, "still verifying"),
    ("display_name", {"number": {"status": "CONNECTED", "name_status": "PENDING_REVIEW"}},
     "reviewing"),
    ("display_name", {"number": {"status": "CONNECTED", "name_status": "DECLINED"}}, "declined"),
    ("registered", {"number": {"status": "PENDING", "name_status": "APPROVED"}}, "PENDING"),
    ("billing", {"paused_code": 131042}, "cannot charge"),
    ("billing", {"health": UNPAID}, "cannot charge"),
    ("webhooks", {"webhooks": {}}, "Nobody has looked"),
    ("webhooks", {"webhooks": {"missing": ["messages"]}}, "messages"),
    ("template", {"approved_template_count": 0}, "No template"),
    ("tier", {"messaging_limit": 250}, "250 people"),
    ("tier", {"messaging_limit": None}, "not known yet"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "values", "words"), OBSTACLES)
def test_each_obstacle_is_named_at_its_step_and_nothing_else_is_held_up(
    key: str, values: dict[str, Any], words: str
):
    [blocked] = [step for step in steps(known(**values)) if step.state != "done"]

    assert (blocked.key, blocked.state) == (key, "current")
    assert words in (blocked.blocker or "")
    assert blocked.next_step


def test_the_first_obstacle_is_the_current_step_and_later_ones_are_locked():
    found = steps(known(approved_template_count=0, webhooks={}, account={}))

    assert [step.key for step in found if step.state == "current"] == ["verification"]
    assert [step.key for step in found if step.state == "locked"] == ["webhooks", "template"]


def test_the_limit_of_an_unlimited_number_and_of_one_only_told_by_name_count():
    named = {**READY["number"], "whatsapp_business_manager_messaging_limit": "TIER_UNLIMITED"}

    assert {s.state for s in steps(known(messaging_limit=None, number=named))} == {"done"}


@pytest.mark.parametrize("sector", sorted(BY_SECTOR))
def test_every_sector_has_papers_of_its_own_and_no_key_twice(sector: str):
    keys = [each.key for each in documents_of(sector)]

    assert len(keys) == len(set(keys)) > 4


def test_every_step_has_its_place():
    assert len({key for key, _, _ in CHECKS}) == len(CHECKS) == 9
