"""Read the wish for an event: which account, which number, what shall be told."""

from typing import TypeVar

from metasim.clock import from_iso
from metasim.register import Unfit
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.world import Number, Portfolio, Waba

Choice = TypeVar("Choice", bound=str)


def number_of(sim: Sim, wish: Json) -> Number:
    """The number of `number`, or the only one of the world. Raises Unfit."""
    numbers = sim.world.numbers
    key = wish.get("number") or (next(iter(numbers)) if len(numbers) == 1 else None)
    if not isinstance(key, str) or key not in numbers:
        raise Unfit("Give the number's id as `number`.")
    return numbers[key]


def waba_of(sim: Sim, wish: Json) -> Waba:
    """The account of `waba` or of `number`, or the only one. Raises Unfit."""
    if "number" in wish:
        return sim.world.wabas[number_of(sim, wish).waba_id]
    wabas = sim.world.wabas
    key = wish.get("waba") or (next(iter(wabas)) if len(wabas) == 1 else None)
    if not isinstance(key, str) or key not in wabas:
        raise Unfit("Give the account's id as `waba`.")
    return wabas[key]


def portfolio_of(sim: Sim, waba: Waba) -> Portfolio | None:
    return sim.world.portfolios.get(waba.portfolio_id or "")


def choice(wish: Json, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
    """One of the texts. Raises Unfit."""
    value = wish.get(name, default)
    if value not in choices:
        raise Unfit(f"{name} is one of {', '.join(choices)}.")
    return str(value)


def object_of(wish: Json, name: str, default: Json) -> Json:
    """An object given by the caller, or the default. Raises Unfit."""
    value = as_object(wish.get(name, default))
    if value is None:
        raise Unfit(f"{name} is an object.")
    return value


def time_of(sim: Sim, wish: Json, name: str, default: float | None) -> float | None:
    """Unix seconds: given as ISO time, as seconds from now, or the default. Raises Unfit."""
    value = wish.get(name)
    if value is None:
        return default
    if isinstance(value, int | float) and not isinstance(value, bool):
        return sim.clock.now() + value
    try:
        return from_iso(str(value))
    except ValueError as error:
        raise Unfit(f"{name}: {error}") from error
