"""Conversations and messages, and what became of them.

Owns: conversations, messages, message_events, messaging_windows.
"""
