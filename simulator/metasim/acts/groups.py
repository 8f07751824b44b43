"""Events of groups, whose members and links this simulator does not keep.

Source: WhatsApp Cloud API reference, 4.9 "Groups", 8.15.
"""

from metasim.acts.news import tell_number
from metasim.ids import media_like
from metasim.register import Unfit
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number

FIELDS = {
    "group_create": "group_lifecycle_update",
    "group_delete": "group_lifecycle_update",
    "group_participants_add": "group_participants_update",
    "group_participants_remove": "group_participants_update",
    "group_join_request_created": "group_participants_update",
    "group_join_request_revoked": "group_participants_update",
    "group_settings_update": "group_settings_update",
    "group_suspend": "group_status_update",
    "group_suspend_cleared": "group_status_update",
}
"""Event types and the webhook field that carries them."""


def happen(sim: Sim, number: Number, request: Json) -> Json:
    """`{"type", …}` with any further members of the event, which go out as they are."""
    kind = request.get("type")
    field = FIELDS.get(kind) if isinstance(kind, str) else None
    if field is None:
        raise Unfit(f"type is one of {', '.join(FIELDS)}.")
    more = {name: value for name, value in request.items() if name not in ("type", "number")}
    group_id = str(more.get("group_id") or f"Y2FwaV9ncm91cDo{media_like(number.id)}ZD")
    event: Json = {
        "timestamp": str(int(sim.clock.now())),
        "group_id": group_id,
        "type": kind,
        **more,
    }
    tell_number(sim, number, field, {"groups": [event]}, group_id)
    return {"group_id": group_id}
