"""Organizations, and the keys that open the API.

Owns: organizations, api_keys, idempotent_requests, audit_entries, security_events.
"""
