"""Snapshots: everything in one file, written atomically, read at the start."""

import os
from pathlib import Path
from typing import Any

import msgspec

from metasim.clock import Due
from metasim.desk import Desk
from metasim.faults import Fault
from metasim.ledger import Call, Chat, Pace, Send
from metasim.media import store
from metasim.media.shelf import Shelf
from metasim.sim import Sim
from metasim.uploads import Uploads
from metasim.webhooks.delivery import Delivery
from metasim.webhooks.wire import Update


class Unreadable(Exception):
    """The snapshot is no snapshot of this version."""


class Snapshot(msgspec.Struct):
    """The whole simulator. Times are unix seconds of its clock."""

    now: float
    frozen: bool
    waiting: list[Due]
    world: dict[str, Any]
    chats: list[Chat]
    sends: list[Send]
    calls: list[Call]
    counts: dict[str, int]
    errors: dict[str, int]
    reached: dict[str, dict[str, float]]
    faults: list[Fault]
    deliveries: list[Delivery]
    queued: dict[str, list[Update]]
    """Updates that no POST has taken yet, by app."""
    delivered_count: int = 0
    shelf: Shelf = msgspec.field(default_factory=Shelf)
    paces: dict[str, Pace] = {}
    uploads: Uploads = msgspec.field(default_factory=Uploads)
    desk: Desk = msgspec.field(default_factory=Desk)


def take(sim: Sim) -> Snapshot:
    """A picture of this moment."""
    return Snapshot(
        now=sim.clock.now(),
        frozen=sim.clock.frozen,
        waiting=sim.clock.waiting(),
        world=msgspec.to_builtins(sim.world.world()),
        chats=list(sim.ledger.chats.values()),
        sends=list(sim.ledger.sends.values()),
        calls=list(sim.ledger.calls)[-1000:],
        counts=dict(sim.ledger.counts),
        errors={str(code): count for code, count in sim.ledger.errors.items()},
        reached=sim.ledger.reached,
        faults=list(sim.faults.orders.values()),
        deliveries=list(sim.post.waiting.values()),
        queued=_queued(sim),
        delivered_count=sim.post.delivered_count,
        shelf=msgspec.structs.replace(sim.shelf, blobs={}),
        paces=sim.ledger.paces,
        uploads=sim.uploads,
        desk=sim.desk,
    )


def _queued(sim: Sim) -> dict[str, list[Update]]:
    """Also what faults hold back: after a restart it goes out at once."""
    queued: dict[str, list[Update]] = {}
    for queue in sim.post.queues.values():
        batched = (each for batch in queue.batches for each in batch)
        queued.setdefault(queue.app_id, []).extend([*queue.waiting, *batched])
    for app_id, updates in sim.collected.items():
        queued.setdefault(app_id, []).extend(updates)
    for held in [sim.held_back, *sim.delayed.values()]:
        for app, update in held:
            queued.setdefault(app.id, []).append(update)
    return queued


def restore(sim: Sim, snapshot: Snapshot) -> None:
    """Go on where the snapshot was taken. Needs a running event loop."""
    sim.world.merge(snapshot.world)
    for chat in snapshot.chats:
        sim.ledger.chats[(chat.number, chat.person)] = chat
    everything = [(chat, message) for chat in snapshot.chats for message in chat.messages]
    everything.sort(key=lambda pair: pair[1].at)
    sim.ledger.messages = {message.id: (chat, message) for chat, message in everything}
    sim.ledger.sends = {send.id: send for send in snapshot.sends}
    sim.ledger.calls.extend(snapshot.calls)
    sim.ledger.counts.update(snapshot.counts)
    sim.ledger.errors.update({int(code): count for code, count in snapshot.errors.items()})
    sim.ledger.reached = snapshot.reached
    sim.desk = snapshot.desk
    sim.ledger.paces = snapshot.paces
    sim.shelf, sim.uploads = snapshot.shelf, snapshot.uploads
    sim.faults.restore(snapshot.faults)
    sim.clock.restore(snapshot.now, snapshot.frozen, snapshot.waiting)
    sim.post.restore(snapshot.deliveries)
    sim.post.delivered_count = snapshot.delivered_count
    for app_id, updates in snapshot.queued.items():
        for update in updates:
            if app_id in sim.world.apps:
                sim.post.put(sim.world.apps[app_id], update)
    sim.clock.arm()


def save(sim: Sim, path: Path) -> None:
    """Write to a neighbour, flush to disk, then take the name: never half a file."""
    store.save(sim.shelf, path)
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(msgspec.json.encode(take(sim)))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def load(path: Path) -> Snapshot | None:
    """The snapshot in this file; None when there is none yet. Raises Unreadable."""
    if not path.exists():
        return None
    try:
        snapshot = msgspec.json.decode(path.read_bytes(), type=Snapshot)
    except msgspec.MsgspecError as error:
        raise Unreadable(f"{path} is not a state file of this metasim: {error}") from error
    store.load(snapshot.shelf, path)
    return snapshot
