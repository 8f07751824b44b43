"""What is over: sessions, links, letters and counts of guesses that nobody asks for any more."""

from datetime import datetime, timedelta
from typing import LiteralString

from serai.kit.db import Conn

SESSIONS_KEPT_FOR = timedelta(days=30)
"""But for everybody's last one, which says when they were here."""
LETTERS_KEPT_FOR = timedelta(days=30)
"""Without their words, which are wiped when they leave."""
GUESSES_KEPT_FOR = timedelta(days=2)
"""They count for a day."""

SESSIONS = """
    DELETE FROM sessions
     WHERE id IN (SELECT id FROM sessions
                   WHERE least(expires_at, ended_at) < %(before)s
                     AND EXISTS (SELECT FROM sessions AS later
                                  WHERE later.user_id = sessions.user_id AND later.seen_at > sessions.seen_at)
                   LIMIT %(limit)s
                     FOR UPDATE SKIP LOCKED)
"""
TOKENS = """
    DELETE FROM one_time_tokens
     WHERE digest IN (SELECT digest FROM one_time_tokens WHERE expires_at < %(before)s
                       LIMIT %(limit)s
                         FOR UPDATE SKIP LOCKED)
"""
GUESSES = """
    DELETE FROM sign_in_attempts
     WHERE subject IN (SELECT subject FROM sign_in_attempts
                        WHERE last_at < %(before)s AND waits_until < %(before)s
                        LIMIT %(limit)s
                          FOR UPDATE SKIP LOCKED)
"""
LETTERS = """
    DELETE FROM mails
     WHERE id IN (SELECT id FROM mails
                   WHERE coalesce(sent_at, failed_at) < %(before)s
                     AND (sent_at IS NOT NULL OR failed_at IS NOT NULL)
                   LIMIT %(limit)s
                     FOR UPDATE SKIP LOCKED)
"""
REQUESTS = """
    DELETE FROM idempotent_requests
     WHERE (actor_id, key) IN (SELECT actor_id, key FROM idempotent_requests
                                WHERE created_at < %(before)s
                                LIMIT %(limit)s
                                  FOR UPDATE SKIP LOCKED)
"""
SECURITY = """
    WITH oldest AS MATERIALIZED (SELECT id, at FROM security_events ORDER BY id LIMIT %(limit)s)
    DELETE FROM security_events WHERE id IN (SELECT id FROM oldest WHERE at < %(before)s)
"""


async def requests(conn: Conn, before: datetime, limit: int) -> int:
    """Delete answers that were kept for whoever repeats a request; returns how many."""
    return (await conn.execute(REQUESTS, {"before": before, "limit": limit})).rowcount


async def security_events(conn: Conn, before: datetime, limit: int) -> int:
    """Delete counts of what was tried at the doors; returns how many."""
    return (await conn.execute(SECURITY, {"before": before, "limit": limit})).rowcount


async def sweep(conn: Conn, now: datetime, limit: int) -> int:
    """Delete what is over, at most `limit` rows of each kind; returns the most that went of one kind."""
    slices: tuple[tuple[LiteralString, datetime], ...] = (
        (SESSIONS, now - SESSIONS_KEPT_FOR),
        (TOKENS, now),
        (GUESSES, now - GUESSES_KEPT_FOR),
        (LETTERS, now - LETTERS_KEPT_FOR),
    )
    gone = 0
    for statement, before in slices:
        cursor = await conn.execute(statement, {"before": before, "limit": limit})
        gone = max(gone, cursor.rowcount)
    return gone
