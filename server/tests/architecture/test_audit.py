"""What people configure is watched by the database; what is not says why."""

from pathlib import Path

from serai.app.audit import QUIET
from serai.app.http import application
from serai.app.routes import routes
from serai.kit.db import Conn
from serai.kit.http import SAFE
from serai.kit.settings import Settings

NOT_WATCHED = {
    "the log of events tells who did it, when, and what was before": {
        "call_permissions", "channel_facts", "channel_notices", "consent_records", "contact_distinctions",
        "contact_identities", "contact_merges", "contact_places", "contact_tags", "contacts",
        "conversation_lines", "conversation_tags", "conversations", "follow_ups", "mentions",
        "message_charges", "message_events", "message_revisions", "messages", "messaging_windows",
        "notes", "reactions", "response_times", "suppressions",
    },
    "made by the engine for itself": {
        "chores", "daily_counts", "trace_contexts", "due_rows", "events", "inbound_items",
        "intake_positions", "paces", "pair_paces", "policy_decisions", "presence",
        "reached_people", "send_attempts", "sends", "signals", "webhook_deliveries",
    },
    "files, kept by what they hold; the request that brings one leaves an entry": {
        "blobs", "files", "media_needs", "media_uploads",
    },
    "counts, and keepers of the log itself": {
        "service_days", "watched_days",
        "audit_chains", "audit_entries", "idempotent_requests", "request_counts", "security_events",
    },
    "long work in steps; the request that begins it leaves an entry": {
        "contact_job_changes", "contact_job_parts", "contact_jobs",
    },
    "somebody's own, seen by nobody else": {"drafts", "habits", "push_choices", "push_devices"},
    "news for browsers, made by Serai for itself": {"push_cursor", "push_keys", "push_notices"},
}  # fmt: skip
SIGN_IN = {
    "authenticators", "mails", "one_time_tokens", "passkeys", "passwords", "provider_identities",
    "recovery_codes", "sessions", "sign_in_attempts",
}  # fmt: skip
"""Sign-in notes its own acts: `accounts.store.companies.audit`."""


async def test_every_table_is_watched_or_says_why_not(conn: Conn):
    cursor = await conn.execute(
        """SELECT relname AS name, EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid
                                               AND tgname = 'audited_update') AS watched
             FROM pg_class WHERE relnamespace = 'serai'::regnamespace AND relkind = 'r'"""
    )
    tables = {row["name"]: row["watched"] for row in await cursor.fetchall()}
    named = {name for names in NOT_WATCHED.values() for name in names} | SIGN_IN
    bare = {name for name, watched in tables.items() if not watched}

    assert bare - named == set(), "CALL audited('table') in its migration, or name it here"
    assert {name for name in named if tables.get(name)} == set(), "named here, but watched"


WORDS = Path(__file__).parents[3] / "web/src/features/audit/action-words.ts"


def changing_actions() -> list[str]:
    settings = Settings.model_validate(
        {
            "database_url": "postgresql://nowhere",
            "keys": "a:" + "A" * 43 + "=",
            "index_key": "A" * 43 + "=",
        }
    )
    return [each.action for each in routes(application(settings)) if each.method not in SAFE]


def test_every_route_that_may_change_something_leaves_an_entry_or_says_why_not():
    actions = changing_actions()
    assert set(QUIET) <= set(actions), "a quiet action that is no more"
    twice = {action for action in actions if actions.count(action) > 1}
    assert twice == set(), "two routes that the log could not tell apart"


def test_the_page_of_the_log_has_words_for_every_action():
    words = WORDS.read_text()
    missing = {
        each for each in changing_actions() if each not in QUIET and f"'{each}'" not in words
    }
    assert missing == set(), "say in action-words.ts what it is"
