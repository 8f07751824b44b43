"""Every route asks for a permission by name, or is named here with its reason."""

from serai.app.http import application
from serai.app.routes import Route, routes
from serai.core.permissions import Permission
from serai.kit.http import SAFE
from serai.kit.settings import Settings

SETTINGS = Settings.model_validate(
    {
        "database_url": "postgresql://nowhere",
        "keys": "a:" + "A" * 43 + "=",
        "index_key": "A" * 43 + "=",
    }
)
ROUTES = routes(application(SETTINGS))
OPEN = {
    "/flows/{channel_id}": "Meta asks for forms; the request is sealed with the channel's own key",
    "/health/live": "says only that the process runs",
    "/health/ready": "says only which part is not ready, without a secret",
    "/health/door": "the same, of the webhook door alone",
    "/metrics": "asks for a token of its own, and is not there without one",
    "/{path:path}": "the pages themselves, which hold nothing of anybody's",
}
WAYS_IN = "/api/v1/session", "/api/v1/first-run", "/api/v1/invitation/", "/api/v1/password/"
"""For those who are not signed in yet; strangers are counted there."""
ONE_S_OWN = "/api/v1/me", "/api/v1/account"
"""For whoever is signed in, whatever their role: who they are, and how they sign in."""


def test_every_route_asks_for_a_permission_or_is_named_with_its_reason():
    bare = [each for each in ROUTES if not each.permissions]
    assert {each.path for each in bare if not each.asks_who and not _is(each, WAYS_IN)} == set(OPEN)
    assert [each.path for each in bare if each.asks_who and not _is(each, ONE_S_OWN)] == []


def _is(route: Route, places: tuple[str, ...]) -> bool:
    return route.path.startswith(places)


def test_whoever_asks_for_a_permission_is_asked_who_they_are():
    assert [each.path for each in ROUTES if each.permissions and not each.asks_who] == []


def test_permissions_that_routes_ask_for_are_known_and_all_are_asked_for():
    asked = {one for each in ROUTES for one in each.permissions}
    later = {Permission.CONVERSATIONS_ASSIGN, Permission.CONTACTS_MOVE, Permission.REPORTS_READ,
             Permission.MEMBERS_READ, Permission.MEMBERS_WRITE}  # fmt: skip
    assert asked <= set(Permission)
    assert set(Permission) - asked <= later


READS_ONLY = {
    "businesses.preview_hours", "desk.preview",
    "teamwork.come", "teamwork.leave", "teamwork.read_mentions", "teamwork.seen",
    "push.add_push_device", "push.choose", "push.remove_push_device", "push.test_push",
    "teamwork.change_agent", "desk.add_view", "desk.change_view", "desk.order_views", "desk.remove_view",
}  # fmt: skip
"""Routes that change nothing of anybody else's: looking is enough to use them."""


def test_whatever_changes_something_asks_for_more_than_to_look():
    def only_looks(route: Route) -> bool:
        return all(each.endswith(":read") for each in route.permissions)

    loose = {
        each.action
        for each in ROUTES
        if each.method not in SAFE and each.permissions and only_looks(each)
    }
    assert loose == READS_ONLY
