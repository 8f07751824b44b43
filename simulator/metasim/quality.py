"""Quality of numbers and templates, from the people who blocked the business.

Source: WhatsApp Cloud API reference, 6.3 "Quality": seven days of blocks and reports. Meta does not
publish its shares; these are metasim's.
"""

from metasim import review
from metasim.ledger import Send
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Person, Template

WEEK = 7 * 86_400.0
FEWEST = 10
"""People written to, before blocks count at all."""
YELLOW, RED = 0.05, 0.10
"""Shares of the people written to who blocked, from which on quality is that."""


def note_block(sim: Sim, number: Number, person: Person) -> None:
    """The person blocked the number: rate it again, and the template they got last."""
    now = sim.clock.now()
    sim.desk.number(number.id).blocks[person.phone] = now
    last = _last_template(sim, number, person)
    if last is not None:
        sim.desk.template(last.id).blocks[person.phone] = now
        _rate_template(sim, last)
    rate(sim, number.id)
    sim.clock.schedule(now + WEEK + 1, "rate_quality", number.id)


def rate(sim: Sim, number_id: str) -> None:
    """The rating that the last seven days give; unchanged while too few were written to."""
    number = sim.world.numbers.get(number_id)
    if number is None:
        return
    sends = [send for send in _lately(sim) if send.number == number_id]
    score = _score(sim, sends, sim.desk.number(number_id).blocks)
    if score is not None:
        number.quality_rating = score


def _rate_template(sim: Sim, template: Template) -> None:
    sends = [send for send in _lately(sim) if _is_of(send, template)]
    score = _score(sim, sends, sim.desk.template(template.id).blocks)
    if score is not None and score != sim.desk.template(template.id).quality:
        review.set_quality(sim, template, score)


def _score(sim: Sim, sends: list[Send], blocks: dict[str, float]) -> str | None:
    reached = {send.person for send in sends}
    if len(reached) < FEWEST:
        return None
    since = sim.clock.now() - WEEK
    share = sum(at > since for at in blocks.values()) / len(reached)
    if share >= RED:
        return "RED"
    return "YELLOW" if share >= YELLOW else "GREEN"


def _lately(sim: Sim) -> list[Send]:
    since = sim.clock.now() - WEEK
    return [send for send in sim.ledger.sends.values() if send.at > since]


def _last_template(sim: Sim, number: Number, person: Person) -> Template | None:
    own = [
        send
        for send in _lately(sim)
        if (send.number, send.person) == (number.id, person.phone) and "template" in send.body
    ]
    if not own:
        return None
    templates = sim.world.templates.values()
    return next((each for each in templates if _is_of(own[-1], each)), None)


def _is_of(send: Send, template: Template) -> bool:
    content: Json = send.body.get("template") or {}
    language: Json = content.get("language") or {}
    return (content.get("name"), language.get("code")) == (template.name, template.language)
