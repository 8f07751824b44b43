"""The customer service window, and the free entry point window.

Source: WhatsApp Cloud API reference, 6.4 "Windows".
"""

from metasim.ledger import Chat

WINDOW = 86_400.0
"""Seconds after the person last wrote."""
ANSWER_WITHIN = 86_400.0
"""Seconds after a person came from an ad in which the answer opens the free window."""
FREE_FOR = 72 * 3600.0
"""Seconds after that answer."""


def is_open(chat: Chat, now: float) -> bool:
    """May the business write anything, not only templates?"""
    return chat.wrote_at is not None and now - chat.wrote_at < WINDOW


def is_free(chat: Chat, now: float) -> bool:
    """Is everything free of charge?"""
    return chat.free_until is not None and now < chat.free_until


def answer(chat: Chat, now: float) -> None:
    """The business writes: its first answer to somebody from an ad starts the free window."""
    if chat.referred_at is not None and now - chat.referred_at < ANSWER_WITHIN:
        chat.free_until = now + FREE_FOR
    chat.referred_at = None
