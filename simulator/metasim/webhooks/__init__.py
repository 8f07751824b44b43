"""Webhooks as Meta sends them: built, signed, delivered, and tried again."""
