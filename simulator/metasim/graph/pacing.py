"""Template pacing: the first sends of a fresh marketing template go out, the rest wait for its quality.

Source: WhatsApp Cloud API reference, 6.3 "Template pacing". Meta publishes neither the size of the
first batch nor how the quality is measured: both are told to the simulator.
"""

from metasim import review, statuses
from metasim.ledger import Send
from metasim.sim import Sim
from metasim.world import Template

LONGEST = 3600.0
"""Seconds until waiting sends are released if nobody judged the template. Source: 6.3, p99."""


def holds(sim: Sim, template: Template | None) -> bool:
    """Does the next send of this template wait? Counts the sends of its first batch."""
    if template is None or (pace := sim.ledger.paces.get(template.id)) is None:
        return False
    if pace.left > 0:
        pace.left -= 1
        return False
    return True


def hold(sim: Sim, send: Send) -> None:
    """Keep an accepted send back until its template is judged."""
    template = sim.world.translation(
        sim.world.numbers[send.number].waba_id,
        send.body["template"]["name"],
        send.body["template"]["language"]["code"],
    )
    pace = None if template is None else sim.ledger.paces.get(template.id)
    if template is None or pace is None:
        statuses.plan(sim, send, None)
        return
    if not pace.held:
        sim.clock.schedule(sim.clock.now() + LONGEST, "pacing_over", template.id)
    pace.held.append(send.id)


def release(sim: Sim, template_id: str) -> None:
    """Nobody judged the template in time."""
    judge(sim, template_id, good=True)


def judge(sim: Sim, template_id: str, good: bool) -> int:
    """Release what waits, or let each fail with 132015 and pause the template; how many it were."""
    pace = sim.ledger.paces.pop(template_id, None)
    if pace is None:
        return 0
    template = sim.world.templates.get(template_id)
    if template is not None and not good:
        review.pause(sim, template, by_pacing=True)
    sends = [sim.ledger.sends[each] for each in pace.held if each in sim.ledger.sends]
    for send in sends:
        statuses.plan(sim, send, None if good else 132015)
    return len(sends)
