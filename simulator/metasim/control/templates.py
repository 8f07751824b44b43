"""Decide about a template in place of Meta's reviewers: force any step of its life."""

from collections.abc import Callable
from typing import TypeAlias

from metasim import review
from metasim.control.call import Wrong, given
from metasim.graph.manage.template_form import CATEGORIES
from metasim.graph.request import Request
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.verdict import Verdict
from metasim.world import Template

Step: TypeAlias = Callable[[Sim, Template, Json], None]

REASONS = (
    "ABUSIVE_CONTENT", "INCORRECT_CATEGORY", "INVALID_FORMAT", "PROMOTIONAL", "SCAM",
    "TAG_CONTENT_MISMATCH",
)  # fmt: skip
"""Source: WhatsApp Cloud API reference, 4.7 `reason`."""
SCORES = ("GREEN", "YELLOW", "RED", "UNKNOWN")


def step(sim: Sim, request: Request, key: str, name: str) -> Json:
    """`POST /templates/{id}/{step}`; the template as it is then."""
    template = sim.world.templates.get(key)
    if template is None:
        raise Wrong(f"There is no template {key!r}.", 404)
    run = STEPS.get(name)
    if run is None:
        raise Wrong(f"There is no step {name!r}; there are {', '.join(STEPS)}.", 404)
    run(sim, template, given(request))
    desk = sim.desk.template(key)
    return {
        "id": template.id,
        "status": template.status if key in sim.world.templates else "DELETED",
        "category": template.category,
        "quality": desk.quality,
        "rejected_reason": desk.rejected_reason,
    }


def expire_cursors(sim: Sim, _request: Request) -> Json:
    """`POST /cursors/expire`: cursors of template lists are 131059 from now on (v24 and later)."""
    sim.desk.cursor_round += 1
    return {"success": True}


def _approve(sim: Sim, template: Template, _wish: Json) -> None:
    review.approve(sim, template)


def _reject(sim: Sim, template: Template, wish: Json) -> None:
    """`reason`, and `rejection_info` {reason, recommendation}."""
    reason = wish.get("reason", "INVALID_FORMAT")
    if reason not in REASONS:
        raise Wrong(f"reason is one of {', '.join(REASONS)}.")
    info = as_object(wish.get("rejection_info"))
    texts = None if info is None else {name: str(text) for name, text in info.items()}
    review.reject(sim, template, Verdict(reason, texts))


def _pause(sim: Sim, template: Template, wish: Json) -> None:
    """`pacing`: true for a pause that waits for `unpause`."""
    review.pause(sim, template, bool(wish.get("pacing", False)))


def _unpause(sim: Sim, template: Template, _wish: Json) -> None:
    if template.status != "PAUSED":
        raise Wrong("The template is not paused.", 409)
    review.unpause(sim, template.id)


def _disable(sim: Sim, template: Template, _wish: Json) -> None:
    review.disable(sim, template)


def _quality(sim: Sim, template: Template, wish: Json) -> None:
    """`score`; RED pauses an approved template."""
    score = wish.get("score")
    if score not in SCORES:
        raise Wrong(f"score is one of {', '.join(SCORES)}.")
    review.set_quality(sim, template, str(score))


def _recategorise(sim: Sim, template: Template, wish: Json) -> None:
    """`category`, and `notice`: true to tell first and do it 24 hours later."""
    category = CATEGORIES.get(str(wish.get("category")))
    if category is None:
        raise Wrong(f"category is one of {', '.join(CATEGORIES)}.")
    review.recategorise(sim, template, category, bool(wish.get("notice", False)))


def _delete(sim: Sim, template: Template, _wish: Json) -> None:
    review.delete(sim, template)


def _detect(sim: Sim, template: Template, wish: Json) -> None:
    """`category` that Meta finds correct, told only. Source: 4.7."""
    review.detect(sim, template, str(wish.get("category", "MARKETING")))


def _becomes(status: str) -> Step:
    def run(sim: Sim, template: Template, _wish: Json) -> None:
        review.set_status(sim, template, status)

    return run


STEPS: dict[str, Step] = {
    "approve": _approve,
    "reject": _reject,
    "pause": _pause,
    "unpause": _unpause,
    "disable": _disable,
    "quality": _quality,
    "recategorise": _recategorise,
    "detect": _detect,
    "delete": _delete,
    "appeal": _becomes("IN_APPEAL"),
    "flag": _becomes("FLAGGED"),
    "lock": _becomes("LOCKED"),
    "limit": _becomes("LIMIT_EXCEEDED"),
    "archive": _becomes("ARCHIVED"),
    "pend": _becomes("PENDING"),
}
