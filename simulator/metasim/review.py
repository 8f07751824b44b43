"""What becomes of a template: reviewed after a while, paused on bad quality, moved between
categories, deleted. Every step changes the template and tells the apps.

Source: WhatsApp Cloud API reference, 7.5 "Lifecycle", 6.3 "Pausing", 4.7 (the webhooks). How
Meta's reviewers think is not public: `verdict` is metasim's own rule, the same every time.
"""

from typing import cast

from metasim.shapes import Json
from metasim.sim import Sim
from metasim.verdict import Verdict, verdict
from metasim.webhooks.account import tell_of_template
from metasim.world import Category, Template

PAUSES = (3 * 3600.0, 6 * 3600.0)
"""Seconds of the first and second pause; the third time is for ever. Source: 6.3."""
PAUSE_TITLES = ("FIRST_PAUSE", "SECOND_PAUSE")
NAME_BLOCKED = 30 * 86_400.0
"""Seconds that the name of a deleted template stays taken. Source: 7.2 "name"."""


def ask(sim: Sim, template: Template) -> None:
    """Hand the template to the reviewers, who answer after `template_review_seconds`."""
    desk = sim.desk.template(template.id)
    desk.round += 1
    template.status = "PENDING"
    at = sim.clock.now() + sim.world.settings.template_review_seconds
    sim.clock.schedule(at, "review", template.id, str(desk.round))


def decide(sim: Sim, template_id: str, review_round: str) -> None:
    """The reviewers have looked at it. A template that was changed or decided meanwhile stays."""
    template = sim.world.templates.get(template_id)
    if template is None or template.status != "PENDING":
        return
    if str(sim.desk.template(template_id).round) != review_round:
        return
    others = [each for each in sim.world.templates.values() if each.waba_id == template.waba_id]
    found = verdict(template, others)
    if found.reason is not None:
        reject(sim, template, found)
        return
    if found.category is not None:
        recategorise(sim, template, found.category)
    approve(sim, template)


def approve(sim: Sim, template: Template) -> None:
    """Approved: for the first time, again after an edit, or by appeal."""
    desk = sim.desk.template(template.id)
    again = desk.reviewed_at is not None
    desk.reviewed_at = sim.clock.now()
    desk.rejected_reason, desk.rejection_info, desk.paused_until = "NONE", None, None
    _move(sim, template, "APPROVED", reason="NONE")
    if again:
        _tell_components(sim, template)


def reject(sim: Sim, template: Template, found: Verdict) -> None:
    """Rejected with Meta's reason and, when given, advice."""
    desk = sim.desk.template(template.id)
    desk.reviewed_at = sim.clock.now()
    desk.rejected_reason = found.reason or "INVALID_FORMAT"
    desk.rejection_info = found.info
    more: Json = {"message_template_category": template.category, "reason": desk.rejected_reason}
    if found.info is not None:
        more["rejection_info"] = found.info
    _move(sim, template, "REJECTED", **more)


def recategorise(sim: Sim, template: Template, category: Category, notice: bool = False) -> None:
    """Move to another category, or tell that it will be in 24 hours. Source: 4.7, 7.5."""
    desk = sim.desk.template(template.id)
    if notice:
        desk.correct_category = category
        at = sim.clock.now() + 86_400.0
        sim.clock.schedule(at, "recategorise", template.id, category)
        value: Json = {
            "new_category": template.category,
            "correct_category": category,
            "category_update_timestamp": int(at),
        }
    else:
        desk.previous_category, desk.correct_category = template.category, None
        value = {"previous_category": template.category, "new_category": category}
        template.category = category
    tell_of_template(sim, template, "template_category_update", value)


def recategorise_now(sim: Sim, template_id: str, category: str) -> None:
    """The 24 hours of notice are over; nothing happens when it was withdrawn."""
    template = sim.world.templates.get(template_id)
    if template is not None and sim.desk.template(template_id).correct_category == category:
        recategorise(sim, template, cast("Category", category))


def set_quality(sim: Sim, template: Template, score: str) -> None:
    """A new quality score. RED pauses: 3 hours, 6 hours, then for ever. Source: 6.3."""
    desk = sim.desk.template(template.id)
    before, desk.quality, desk.quality_at = desk.quality, score, sim.clock.now()
    if before != score:
        value = {"previous_quality_score": before, "new_quality_score": score}
        tell_of_template(sim, template, "message_template_quality_update", value)
    if score == "RED" and template.status == "APPROVED":
        pause(sim, template)


def pause(sim: Sim, template: Template, by_pacing: bool = False) -> None:
    """Paused for quality; the third time disabled. A pacing pause waits for `unpause`."""
    desk = sim.desk.template(template.id)
    desk.paused_by_pacing, desk.paused_at = by_pacing, sim.clock.now()
    if by_pacing:
        info = {"title": "RATE_LIMITING_PAUSE", "description": "Paused until it is unpaused."}
        desk.paused_until = None
        _move(sim, template, "PAUSED", reason="NONE", other_info=info)
        return
    if desk.pauses >= len(PAUSES):
        disable(sim, template)
        return
    seconds, title = PAUSES[desk.pauses], PAUSE_TITLES[desk.pauses]
    desk.pauses += 1
    desk.paused_until = sim.clock.now() + seconds
    info = {"title": title, "description": f"Paused for {int(seconds // 3600)} hours."}
    sim.clock.schedule(desk.paused_until, "unpause", template.id, str(desk.pauses))
    _move(sim, template, "PAUSED", reason="NONE", other_info=info)


def unpause(sim: Sim, template_id: str, count: str | None = None) -> None:
    """The pause is over; `count` names the pause whose time has come."""
    template = sim.world.templates.get(template_id)
    desk = sim.desk.template(template_id)
    if template is None or template.status != "PAUSED":
        return
    if count is not None and (desk.paused_by_pacing or str(desk.pauses) != count):
        return
    desk.paused_until, desk.paused_by_pacing = None, False
    info = {"title": "UNPAUSE", "description": "The template can be sent again."}
    _move(sim, template, "APPROVED", reason="NONE", other_info=info)


def disable(sim: Sim, template: Template) -> None:
    """Disabled for ever. Source: 4.7, `disable_info`."""
    info = {"disable_date": str(int(sim.clock.now()))}
    _move(sim, template, "DISABLED", reason="NONE", disable_info=info)


def detect(sim: Sim, template: Template, correct: str) -> None:
    """Tell that the category looks wrong; nothing else happens. Source: 4.7."""
    value = {"category": template.category, "correct_category": correct}
    tell_of_template(sim, template, "template_correct_category_detection", value)


def set_status(sim: Sim, template: Template, status: str) -> None:
    """Any other state of 7.5, with its webhook."""
    _move(sim, template, status, reason="NONE")


def delete(sim: Sim, template: Template) -> None:
    """Gone, or waiting for its last messages; the name of an approved one is blocked. 7.5."""
    if template.status in ("APPROVED", "PAUSED"):
        key = f"{template.waba_id} {template.name}"
        sim.desk.blocked_names[key] = sim.clock.now() + NAME_BLOCKED
    if _has_messages_under_way(sim, template):
        sim.clock.schedule(sim.clock.now() + NAME_BLOCKED, "template_gone", template.id)
        _move(sim, template, "PENDING_DELETION", reason="NONE")
        return
    forget(sim, template.id)


def forget(sim: Sim, template_id: str) -> None:
    """Deleted at last."""
    template = sim.world.templates.get(template_id)
    if template is None:
        return
    _move(sim, template, "DELETED", reason="NONE")
    sim.world.drop_template(template_id)
    sim.desk.templates.pop(template_id, None)


def name_is_blocked(sim: Sim, waba_id: str, name: str) -> bool:
    """Was an approved template of this name deleted within 30 days?"""
    return sim.desk.blocked_names.get(f"{waba_id} {name}", 0.0) > sim.clock.now()


def _has_messages_under_way(sim: Sim, template: Template) -> bool:
    for send in reversed(sim.ledger.sends.values()):
        content: Json = send.body.get("template") or {}
        if content.get("name") != template.name:
            continue
        if sim.ledger.messages[send.id][1].status in ("accepted", "sent"):
            return True
    return False


def _move(sim: Sim, template: Template, status: str, **more: object) -> None:
    template.status = status
    tell_of_template(sim, template, "message_template_status_update", {"event": status, **more})


def _tell_components(sim: Sim, template: Template) -> None:
    """What the approved text is now. Source: 4.7."""
    value: Json = {}
    for part in template.components:
        kind = str(part.get("type", "")).upper()
        if kind == "BODY":
            value["message_template_element"] = part.get("text", "")
        elif kind == "HEADER" and part.get("text"):
            value["message_template_title"] = part["text"]
        elif kind == "FOOTER":
            value["message_template_footer"] = part.get("text", "")
        elif kind == "BUTTONS":
            value["message_template_buttons"] = [_told_button(each) for each in part["buttons"]]
    tell_of_template(sim, template, "message_template_components_update", value)


def _told_button(button: Json) -> Json:
    told: Json = {
        "message_template_button_type": str(button.get("type", "")).upper(),
        "message_template_button_text": button.get("text", ""),
    }
    for name in ("url", "phone_number"):
        if name in button:
            told[f"message_template_button_{name}"] = button[name]
    return told
