"""Hand updates to the post, after the faults have had their say."""

from collections.abc import Sequence

from metasim.faults import Fault
from metasim.sim import Sim
from metasim.webhooks.wire import MOST_UPDATES, Update
from metasim.world import App

Addressed = Sequence[tuple[App, Update]]


def dispatch(sim: Sim, updates: Addressed, names: tuple[str, ...]) -> None:
    """Send the same update to its apps. `names` are the person's phone and user id."""
    if not updates:
        return
    if not sim.faults.orders and not sim.held_back:
        for app, update in updates:
            sim.post.put(app, update)
        return
    _dispatch_past_faults(sim, updates, names)


def _dispatch_past_faults(sim: Sim, updates: Addressed, names: tuple[str, ...]) -> None:
    first = updates[0][1]

    def asked(kind: str) -> Fault | None:
        return sim.faults.take(kind, first.number, names, first.status, first.field)

    if asked("drop"):
        return
    times = 2 if asked("duplicate") else 1
    if delay := asked("delay"):
        sim.hold_for(updates, times, 5.0 if delay.seconds is None else delay.seconds)
        return
    if asked("reorder"):
        sim.held_back.extend(list(updates) * times)
        # With nothing behind it, the update would never leave.
        sim.clock.schedule(sim.clock.now() + 5.0, "release_held")
        return
    if batch := asked("batch"):
        _collect(sim, list(updates) * times, batch.size or MOST_UPDATES)
        return
    for _ in range(times):
        for app, update in updates:
            sim.post.put(app, update)
    release_held(sim)


def release_held(sim: Sim) -> None:
    """Let those go that were held back so that a later one overtakes them."""
    held, sim.held_back = sim.held_back, []
    for app, update in held:
        sim.post.put(app, update)


def _collect(sim: Sim, updates: Addressed, size: int) -> None:
    for app, update in updates:
        waiting = sim.collected.setdefault(app.id, [])
        waiting.append(update)
        if len(waiting) >= size:
            sim.post.put_batch(app, sim.collected.pop(app.id))
    sim.clock.schedule(sim.clock.now() + 1.0, "release_collected")


def release_collected(sim: Sim) -> None:
    """Let batches go that did not fill up within a second."""
    collected, sim.collected = sim.collected, {}
    for app_id, updates in collected.items():
        app = sim.world.apps.get(app_id)
        if app is not None:
            sim.post.put_batch(app, updates)
