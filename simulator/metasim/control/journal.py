"""What happened: sends, Graph calls, webhook deliveries, counters. The newest come last."""

from metasim.graph.request import Request
from metasim.ledger import Send
from metasim.shapes import Json, digits_of
from metasim.sim import Sim


def sends(sim: Sim, request: Request) -> Json:
    number, to = request.query.get("number"), request.query.get("to")
    person = None if to is None else sim.world.person(to)
    digits = person.phone if person is not None else digits_of(to or "")

    def fits(send: Send) -> bool:
        return (number is None or send.number == number) and (to is None or send.person == digits)

    found = [sim.ledger.shown_send(send) for send in sim.ledger.sends.values() if fits(send)]
    return {"sends": found}


def calls(sim: Sim, _request: Request) -> Json:
    return {"calls": [call.shown() for call in sim.ledger.calls]}


def deliveries(sim: Sim, request: Request) -> Json:
    """`?payload=1` adds the body of each; large delivered ones are no longer kept."""
    with_payload = request.query.get("payload") == "1"
    known = [*sim.post.done, *sim.post.waiting.values()]
    return {"deliveries": [delivery.shown(with_payload) for delivery in known]}


def counters(sim: Sim, _request: Request) -> Json:
    counts = sim.ledger.counts
    return {
        "sends": counts["sends"],
        "errors_by_code": {str(code): count for code, count in sim.ledger.errors.items()},
        "webhooks_delivered": sim.post.delivered_count,
        "webhooks_waiting": sim.post.count_waiting(),
        "statuses": counts["statuses"],
        "script_answers_withheld": counts["script_answers_withheld"],
    }
