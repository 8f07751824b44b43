"""The pure middle of the engine: fold an event through the deciders, and their effects through
policy."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from serai.core.effects import Effect
from serai.core.events import Event
from serai.core.policy import judge
from serai.core.state import State, evolve
from serai.engine import permit

Decide: TypeAlias = Callable[[State, Event], Iterable[Effect]]


def decide(state: State, event: Event, deciders: Sequence[Decide]) -> tuple[State, list[Effect]]:
    """Let each decider speak in turn, each seeing what the ones before it decided."""
    effects: list[Effect] = []
    for decider in deciders:
        for effect in decider(state, event):
            judged = judge(state, effect, permit.refusal)
            state = evolve(state, [judged])
            effects.append(judged)
    return state, effects
