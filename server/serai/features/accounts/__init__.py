"""Organizations, the people who work there, their sessions, and the keys that open the API.

Owns: organizations, api_keys, idempotent_requests, security_events, users,
memberships, passwords, sessions.
"""
