"""The customer service window.

Source: WhatsApp Cloud API reference, 6.4 "Windows".
"""

from metasim.ledger import Chat

WINDOW = 86_400.0
"""Seconds after the person last wrote."""


def is_open(chat: Chat, now: float) -> bool:
    """May the business write anything, not only templates?"""
    return chat.wrote_at is not None and now - chat.wrote_at < WINDOW
