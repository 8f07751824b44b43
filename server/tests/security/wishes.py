"""Requests made from the API's own description: whatever a new route takes is known here by itself."""

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

Json = dict[str, Any]
Ids = dict[str, str]

KINDS: dict[str, str | None] = {
    "business_id": "business", "business_ids": "business", "channel_id": "channel",
    "contact_id": "contact", "other_id": "contact", "gone_id": "contact", "ids": "contact",
    "conversation_id": "conversation", "conversation_ids": "conversation",
    "message_id": "message", "reply_to": "message",
    "team_id": "team", "user_id": "user", "assignee_id": "user", "member_ids": "user",
    "mentions": "user", "actor_id": "user", "tag_id": "tag", "tag_ids": "tag", "into_id": "tag",
    "add": "tag", "remove": "tag", "file_id": "file", "file_ids": "file", "job_id": "job",
    "import_id": "job", "template_id": "template", "identity_id": "identity",
    "follow_up_id": "follow_up", "view_id": "view", "reply_id": "reply", "key_id": "key",
    "invitation_id": "invitation", "merge_id": "merge", "device_id": "device",
    "session_id": "session", "passkey_id": "passkey",
    "names": "user",
}  # fmt: skip
"""What a thing is whose id goes by this name. A new name of an id has to be given its kind here."""
NEEDED = {"q": "hello", "type": "phone", "value": "+15550100123"}
"""Examples of what a query has to say."""
SPECIAL = {"/views/order": "view"}
"""Bodies that are lists of ids."""
PREFIX = "/api/v1"


class Slot(NamedTuple):
    """One place for an id in one request."""

    where: str
    """path, query or body."""
    name: str
    place: tuple[str, ...]
    """In a body: the names that lead there."""
    kind: str
    is_list: bool


class Wish(NamedTuple):
    method: str
    path: str
    slots: tuple[Slot, ...]
    body: Any
    """An example without any id; None if it takes none."""
    query: tuple[str, ...]
    """Names of texts that it takes in its query."""
    needed: dict[str, str]
    """What its query cannot be without."""
    leaves: tuple[tuple[str, ...], ...]
    """Where a value of any kind can stand in its body."""


class Book:
    """The API's description, read."""

    def __init__(self, openapi: Json) -> None:
        self._paths: Json = openapi["paths"]
        self._shapes: Json = openapi["components"]["schemas"]

    def wishes(self) -> Iterator[Wish]:
        for path, methods in self._paths.items():
            for method, route in methods.items():
                if path.startswith(PREFIX):
                    yield self._wish(method.upper(), path.removeprefix(PREFIX), route)

    def _wish(self, method: str, path: str, route: Json) -> Wish:
        slots: list[Slot] = []
        texts: list[str] = []
        for each in route.get("parameters", []):
            name, where = each["name"], each["in"]
            found = self._uuid(each["schema"])
            if found is not None:
                slots.append(Slot(where, name, (name,), KINDS[name] or "", found))
            elif where == "query" and self._type(each["schema"]) == "string":
                texts.append(name)
        content = route.get("requestBody", {}).get("content", {}).get("application/json")
        schema = self._plain(content["schema"]) if content else None
        if schema is not None:
            slots += self._slots(schema, (), SPECIAL.get(path))
        body = self.example(schema) if schema is not None else None
        known = {each["name"] for each in route.get("parameters", []) if each.get("required")}
        needed = {name: NEEDED[name] for name in texts if name in known and name in NEEDED}
        leaves = tuple(self._leaves(schema, ())) if schema is not None else ()
        return Wish(method, path, tuple(slots), body, tuple(texts), needed, leaves)

    def _leaves(self, schema: Json, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The body itself, and everything that has a name in it."""
        yield place
        for name, inner in schema.get("properties", {}).items():
            if len(place) < 2:
                yield from self._leaves(self._plain(inner), (*place, name))

    def _slots(
        self, schema: Json, place: tuple[str, ...], special: str | None = None
    ) -> Iterator[Slot]:
        """Every place for an id in a body; also in shapes of which only one is sent at a time."""
        is_list = self._uuid(schema)
        if is_list is not None:
            name = place[-1] if place else "ids"
            yield Slot("body", name, place, special or KINDS[name] or "", is_list)
            return
        for name, inner in schema.get("properties", {}).items():
            if len(place) < 3:
                yield from self._slots(self._plain(inner), (*place, name))

    def _uuid(self, schema: Json) -> bool | None:
        """Whether it is a list of ids, or one; None: neither."""
        schema = self._plain(schema)
        if schema.get("format") == "uuid":
            return False
        if schema.get("type") == "array" and self._plain(schema["items"]).get("format") == "uuid":
            return True
        return None

    def _type(self, schema: Json) -> str:
        return self._plain(schema).get("type", "")

    def _plain(self, schema: Json) -> Json:
        """Without names of shapes, and the first of several that is not null."""
        while "$ref" in schema:
            schema = self._shapes[schema["$ref"].rsplit("/", 1)[1]]
        several = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
        if several:
            said = [each for each in several if each.get("type") != "null"]
            return self._plain(said[0])
        return schema

    def example(self, schema: Json) -> Any:
        """The smallest value that fits, or the example that the shape itself gives."""
        given = schema.get("examples") or [
            schema[key] for key in ("const", "default") if key in schema
        ]
        schema = self._plain(schema)
        given = given or schema.get("examples")
        if given:
            return copy.deepcopy(given[0])
        if "enum" in schema:
            return schema["enum"][0]
        return self._smallest(schema)

    def _smallest(self, schema: Json) -> Any:
        match schema.get("type"):
            case "object":
                wanted = schema.get("required", [])
                known = schema.get("properties", {})
                return {name: self.example(known[name]) for name in wanted if name in known}
            case "array":
                return [self.example(schema["items"])] if schema.get("minItems") else []
            case "integer" | "number":
                return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
            case "boolean":
                return True
            case _:
                return self._text(schema)

    def _text(self, schema: Json) -> str:
        known = {
            "date-time": "2027-01-01T00:00:00Z",
            "date": "2027-01-01",
            "uuid": "00000000-0000-0000-0000-000000000009",
        }
        return known.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))


class Request(NamedTuple):
    method: str
    path: str
    query: dict[str, str]
    body: Any


def request(wish: Wish, own: Ids, foreign: Slot | None, ids: Ids) -> Request:
    """With one foreign id, if any, and ids of one's own wherever else it needs one."""
    path, query, body = wish.path, dict(wish.needed), copy.deepcopy(wish.body)
    for slot in wish.slots:
        value = (ids if slot == foreign else own)[slot.kind]
        if slot.where == "path":
            path = path.replace(f"{{{slot.name}}}", value)
        elif slot.where == "query" and (slot == foreign or slot.name == "business_id"):
            query[slot.name] = value
        elif slot.where == "body" and (slot == foreign or _has(body, slot.place)):
            body = put(body, slot.place, [value] if slot.is_list else value)
    return Request(wish.method, path.replace("{key}", "x").replace("{code}", "x"), query, body)


def _has(body: Any, place: tuple[str, ...]) -> bool:
    if not place:
        return True
    inner = _members(body)
    return place[0] in inner and _has(inner[place[0]], place[1:])


def _members(body: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", body) if isinstance(body, dict) else {}


def put(body: Any, place: tuple[str, ...], value: Any) -> Any:
    if not place:
        return value
    members = _members(body)
    return members | {place[0]: put(members.get(place[0]), place[1:], value)}
