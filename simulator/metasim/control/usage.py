"""Set how much of the quota of management calls is used."""

from metasim.control.call import Wrong, app_of, given
from metasim.desk import Usage
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim


def put(sim: Sim, request: Request) -> Json:
    """`{"app": id, "waba": id, "percent": 0 to 200 or null}`; without `waba` the app's own.

    null lets metasim count again.
    """
    wish = given(request)
    app, percent = app_of(sim, wish.get("app")), wish.get("percent")
    whole = isinstance(percent, int) and not isinstance(percent, bool)
    if percent is not None and not (whole and 0 <= percent <= 200):
        raise Wrong("percent is a whole number from 0 to 200, or null.")
    waba = wish.get("waba")
    if waba is not None and waba not in sim.world.wabas:
        raise Wrong(f"There is no account {waba!r}.", 404)
    key = app.id if waba is None else f"{app.id} {waba}"
    sim.desk.usage.setdefault(key, Usage(sim.clock.now())).percent = percent
    return {"success": True}
