"""Conversations and messages, and what became of them.

Owns: conversations, messages, message_events, message_revisions, reactions, messaging_windows,
call_permissions, message_charges.
"""
