"""The world with its indexes: find things by id, and upsert them from JSON."""

from typing import Any, TypeVar

import msgspec

from metasim.clock import from_iso
from metasim.shapes import Json, as_list, as_object, digits_of
from metasim.world import (
    App,
    Number,
    Person,
    Portfolio,
    Settings,
    Template,
    Thing,
    Token,
    Waba,
    World,
)

AnyThing = TypeVar("AnyThing", bound=Thing)


class Unfit(Exception):
    """What was sent does not describe the world; says what is wrong and where."""


class Register:
    """All things by id. Reading is by attribute, writing by `merge`."""

    def __init__(self) -> None:
        self.portfolios: dict[str, Portfolio] = {}
        self.apps: dict[str, App] = {}
        self.wabas: dict[str, Waba] = {}
        self.numbers: dict[str, Number] = {}
        self.tokens: dict[str, Token] = {}
        self.templates: dict[str, Template] = {}
        self.people: dict[str, Person] = {}
        self.settings = Settings()
        self._by_user_id: dict[str, str] = {}
        self._by_wa_id: dict[str, str] = {}
        self._translations: dict[tuple[str, str, str], Template] = {}

    def merge(self, change: Json) -> None:
        """Upsert by id; fields that are left out stay. All or nothing. Raises Unfit."""
        unknown = sorted(set(change) - set(World.__struct_fields__))
        if unknown:
            raise Unfit(f"The world has no {unknown[0]!r}.")
        fresh = [
            (shelf, key, thing)
            for kind, key_name, shelf, type_ in self._shelves()
            for key, thing in _merged(kind, key_name, shelf, type_, change.get(kind))
        ]
        self._ensure_sound(fresh)
        settings = _converted("settings", msgspec.to_builtins(self.settings), change, Settings)
        for shelf, key, thing in fresh:
            shelf[key] = thing
        self.settings = settings
        self._index()

    def keep_person(self, change: Json) -> Person:
        """Upsert one person by phone. Raises Unfit."""
        self.merge({"people": [change]})
        return self.people[digits_of(str(change["phone"]))]

    def person(self, key: str) -> Person | None:
        """By phone in any writing, by WhatsApp's own digits, or by business-scoped user id."""
        phone = self._by_user_id.get(key)
        return self.by_digits(digits_of(key)) if phone is None else self.people.get(phone)

    def by_digits(self, digits: str) -> Person | None:
        """By phone, or by the digits that WhatsApp uses for it."""
        return self.people.get(digits) or self.people.get(self._by_wa_id.get(digits, ""))

    def move_person(self, old: str, new: str) -> None:
        """The person has another phone from now on, and with it another user id. Source: 8.14."""
        known = msgspec.to_builtins(self.people.pop(old))
        self.keep_person({**known, "phone": new, "wa_id": "", "user_id": ""})

    def translation(self, waba_id: str, name: str, language: str) -> Template | None:
        return self._translations.get((waba_id, name, language))

    def drop_template(self, template_id: str) -> None:
        """Forget a template."""
        del self.templates[template_id]
        self._index()

    def subscribed(self, waba_id: str) -> list[App]:
        """The apps that get this account's webhooks and have somewhere to get them."""
        waba = self.wabas.get(waba_id)
        if waba is None:
            return []  # an entry may carry the id of a partner's business: 4.4
        apps = (self.apps.get(app_id) for app_id in waba.subscribed_apps)
        return [app for app in apps if app is not None and app.callback_url]

    def world(self) -> World:
        """A picture of everything, for reading and for snapshots."""
        return World(
            portfolios=list(self.portfolios.values()),
            apps=list(self.apps.values()),
            wabas=list(self.wabas.values()),
            numbers=list(self.numbers.values()),
            tokens=list(self.tokens.values()),
            templates=list(self.templates.values()),
            people=list(self.people.values()),
            settings=self.settings,
        )

    def _ensure_sound(self, fresh: list[tuple[dict[str, Any], str, Any]]) -> None:
        """Numbers and templates need their account, and expiry a time."""
        wabas = {*self.wabas, *(thing.id for _, _, thing in fresh if isinstance(thing, Waba))}
        for _, _, thing in fresh:
            if isinstance(thing, Number | Template) and thing.waba_id not in wabas:
                raise Unfit(f"There is no waba {thing.waba_id!r} for {thing.id!r}.")
            if isinstance(thing, Token) and thing.expires_at is not None:
                _ensure_time(thing.expires_at)

    def _shelves(self) -> list[tuple[str, str, dict[str, Any], type[Thing]]]:
        return [
            ("portfolios", "id", self.portfolios, Portfolio),
            ("apps", "id", self.apps, App),
            ("wabas", "id", self.wabas, Waba),
            ("numbers", "id", self.numbers, Number),
            ("tokens", "token", self.tokens, Token),
            ("templates", "id", self.templates, Template),
            ("people", "phone", self.people, Person),
        ]

    def _index(self) -> None:
        self._by_user_id = {person.user_id: phone for phone, person in self.people.items()}
        self._by_wa_id = {
            person.wa_id: phone for phone, person in self.people.items() if person.wa_id != phone
        }
        self._translations = {
            (template.waba_id, template.name, template.language): template
            for template in self.templates.values()
        }


def _ensure_time(text: str) -> None:
    try:
        from_iso(text)
    except ValueError as error:
        raise Unfit(f"expires_at: {error}") from error


def _merged(
    kind: str, key_name: str, shelf: dict[str, Any], type_: type[AnyThing], given: object
) -> list[tuple[str, AnyThing]]:
    rows = as_list([] if given is None else given)
    if rows is None:
        raise Unfit(f"{kind} must be a list.")
    merged: dict[str, AnyThing] = {}
    for row in rows:
        change = as_object(row)
        key = None if change is None else change.get(key_name)
        if change is None or not isinstance(key, str) or not key:
            raise Unfit(f"Each of {kind} needs {key_name!r} as text.")
        key = digits_of(key) if kind == "people" else key
        known = merged.get(key) or shelf.get(key)
        old: Json = msgspec.to_builtins(known) if known is not None else {}
        merged[key] = _converted(kind, {}, {kind: {**old, **change}}, type_)
    return list(merged.items())


def _converted(kind: str, old: Json, change: Json, type_: type[AnyThing]) -> AnyThing:
    given = as_object(change.get(kind, {}))
    if given is None:
        raise Unfit(f"{kind} must be an object.")
    try:
        return msgspec.convert({**old, **given}, type_)
    except msgspec.ValidationError as error:
        raise Unfit(f"{kind}: {error}") from error
