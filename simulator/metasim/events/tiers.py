"""Messaging limits that grow by themselves.

Source: WhatsApp Cloud API reference, 6.2: upward within about 6 hours when at least half of the
limit was used and quality is high; from 250 also by verification.
"""

from metasim.events.numbers import TIERS, tell_capability
from metasim.limits import TIERS as SIZES
from metasim.sim import Sim
from metasim.world import Portfolio

WITHIN = 6 * 3600.0
"""Seconds."""


def consider(sim: Sim, portfolio_id: str) -> None:
    """Somebody was written to: look at the limit in 6 hours when half of it is used."""
    portfolio = sim.world.portfolios.get(portfolio_id)
    size = None if portfolio is None else SIZES[portfolio.messaging_limit]
    reached = sim.ledger.reached.get(portfolio_id, {})
    if portfolio is None or size is None or len(reached) * 2 < size:
        return
    key = f"{portfolio_id} {portfolio.messaging_limit}"
    if key not in sim.desk.growing:
        sim.desk.growing.append(key)
        sim.clock.schedule(sim.clock.now() + WITHIN, "tier_review", portfolio_id, key)


def decide(sim: Sim, portfolio_id: str, key: str) -> None:
    """One tier up, unless quality is low or the limit was changed meanwhile."""
    portfolio = sim.world.portfolios.get(portfolio_id)
    if key in sim.desk.growing:
        sim.desk.growing.remove(key)
    if portfolio is None or key != f"{portfolio_id} {portfolio.messaging_limit}":
        return
    wabas = [each.id for each in sim.world.wabas.values() if each.portfolio_id == portfolio_id]
    numbers = [each for each in sim.world.numbers.values() if each.waba_id in wabas]
    if all(number.quality_rating in ("GREEN", "UNKNOWN") for number in numbers):
        _raise(sim, portfolio, wabas)


def _raise(sim: Sim, portfolio: Portfolio, wabas: list[str]) -> None:
    place = TIERS.index(portfolio.messaging_limit)
    tier = TIERS[min(place + 1, len(TIERS) - 1)]
    sim.world.merge({"portfolios": [{"id": portfolio.id, "messaging_limit": tier}]})
    for waba_id in wabas:
        tell_capability(sim, waba_id, {})
