"""PostgreSQL itself checks every statement against the schema, and each table has one owner."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
import serai
from serai.app import rotation
from serai.app.wiring import wired
from serai.core import effects
from serai.core.effects import Effect
from serai.kit.db import Conn
from tests.given import VAULT

WRITES = re.compile(r"(?:INSERT INTO|^\s*UPDATE|DELETE FROM)\s+(\w+)", re.MULTILINE)
PARAMETER = re.compile(r"%\((\w+)\)[sb]")


def statements() -> Iterator[tuple[str, str]]:
    for found in pkgutil.walk_packages(serai.__path__, "serai."):
        if found.name.startswith("serai.web_dist"):
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            if name.isupper() and isinstance(value, str) and value.startswith("\n    "):
                yield f"{found.name}.{name}", value


STATEMENTS = dict(statements())
PREPARABLE = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")


def owned(module: str) -> set[str]:
    """Tables that the feature, or the engine, of a module says it owns."""
    parts = module.split(".")
    package = ".".join(parts[:3] if parts[1] == "features" else parts[:2])
    document = importlib.import_module(package).__doc__ or ""
    owns = re.search(r"Owns: ([\w,\s]+)\.", document)
    return set(re.split(r",\s*", owns[1])) if owns else set()


def numbered(statement: str) -> str:
    numbers: dict[str, int] = {}
    text = PARAMETER.sub(lambda m: f"${numbers.setdefault(m[1], len(numbers) + 1)}", statement)
    return text.replace("%%", "%")


def test_there_are_statements_to_check():
    assert len(STATEMENTS) > 60


async def test_every_statement_fits_the_schema(conn: Conn):
    for number, (name, statement) in enumerate(sorted(STATEMENTS.items())):
        if PREPARABLE.match(statement):
            try:
                await conn.execute(f"PREPARE s{number} AS {numbered(statement)}".encode())
            except Exception as error:
                raise AssertionError(f"{name}: {error}") from error


async def test_every_statement_of_a_key_rotation_fits_the_schema(conn: Conn):
    for number, column in enumerate(rotation.COLUMNS):
        await conn.execute(f"PREPARE r{number} AS {numbered(column.read)}".encode())
        await conn.execute(f"PREPARE w{number} AS {numbered(column.write)}".encode())


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_a_statement_writes_only_what_its_package_owns(name: str):
    if name.startswith("serai.kit.migrate"):
        return
    assert set(WRITES.findall(STATEMENTS[name])) <= owned(name.rsplit(".", 1)[0])


async def test_every_table_has_an_owner(conn: Conn):
    cursor = await conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'serai'")
    tables = {row["tablename"] for row in await cursor.fetchall()}
    packages = {name.rsplit(".", 1)[0] for name in STATEMENTS}
    owners = [owned(package) for package in {".".join(p.split(".")[:3]) for p in packages}]
    assert tables == set().union(*owners)
    assert sum(len(each) for each in {frozenset(each) for each in owners}) == len(tables)


def test_effects_and_writers_are_the_same_set():
    kinds = {
        kind
        for kind in vars(effects).values()
        if isinstance(kind, type) and issubclass(kind, Effect) and kind is not Effect
    }
    assert set(wired(VAULT).writers) == kinds


NOT_OF_ONE_BUSINESS = {
    "organizations": "the company above the businesses",
    "businesses": "a business is its own tenant; its policy is on id",
    "api_keys": "a key may open several businesses",
    "idempotent_requests": "belongs to an API key or to a person",
    "users": "people work for a company; its own policy is by company",
    "memberships": "some are for the whole company; its own policy knows both",
    "passwords": "belongs to a person",
    "sessions": "belongs to a person",
    "agents": "how much a person takes, over all businesses of their company",
    "audit_entries": "some entries are about the company; policies of its own",
    "audit_chains": "one a company; only the audit functions use it",
    "request_counts": "of addresses, people and keys",
    "push_keys": "the installation's own",
    "push_cursor": "how far the whole log was read",
    "push_devices": "a browser of a person",
    "push_choices": "belongs to a person",
    "push_notices": "for a browser of a person; a test is of no business",
    "authenticators": "belongs to a person",
    "recovery_codes": "belongs to a person",
    "passkeys": "belongs to a person",
    "one_time_tokens": "belongs to a person, or to nobody yet",
    "invitations": "some are to the whole company",
    "sign_in_attempts": "nobody knows yet who it is",
    "sign_in_rules": "belongs to the company",
    "provider_identities": "belongs to a person",
    "mails": "to a person, or to somebody who is none yet",
    "security_events": "nobody knows yet whom it was meant for",
    "meta_apps": "an app serves several businesses",
    "app_secrets": "belongs to an app",
    "webhook_deliveries": "kept before anything is read from it",
    "habits": "one person's own",
    "views": "of a person, or of the company",
    "quick_replies": "of a business, or of the whole company",
    "inbound_items": "a part of a delivery",
    "chores": "done for the whole installation",
    "watched_days": "of the whole installation",
    "intake_positions": "how far a stream of deliveries was read",
}


async def test_every_tenant_table_is_isolated(conn: Conn):
    cursor = await conn.execute(
        """SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS secured,
                  EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid
                             AND attname = 'business_id' AND attnotnull) AS tenanted
             FROM pg_class WHERE relnamespace = 'serai'::regnamespace AND relkind = 'r'"""
    )
    tables = {row["name"]: row for row in await cursor.fetchall()}
    bare = {name for name, row in tables.items() if not (row["secured"] and row["tenanted"])}
    assert bare == set(NOT_OF_ONE_BUSINESS)
    assert tables["businesses"]["secured"]


async def test_links_between_tenant_tables_hold_within_one_business(conn: Conn):
    cursor = await conn.execute(
        """SELECT conrelid::regclass::text AS source, confrelid::regclass::text AS target,
                  ARRAY(SELECT attname::text FROM pg_attribute
                         WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns
             FROM pg_constraint WHERE contype = 'f' AND connamespace = 'serai'::regnamespace"""
    )
    loose = {
        (row["source"], row["target"])
        for row in await cursor.fetchall()
        if row["source"] not in NOT_OF_ONE_BUSINESS
        and row["target"] not in NOT_OF_ONE_BUSINESS
        and "business_id" not in row["columns"]
    }
    assert loose == {("send_attempts", "sends")}, "an attempt is part of its send"
