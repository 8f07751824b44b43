"""Organizations, the people who work there, their sessions, and the keys that open the API.

Owns: organizations, api_keys, idempotent_requests, security_events, users,
memberships, passwords, sessions, authenticators, recovery_codes, passkeys, one_time_tokens,
invitations, sign_in_attempts, sign_in_rules, provider_identities, mails.
"""
