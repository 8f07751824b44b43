"""Organizations, their businesses with hours, and the keys that open the API.

Owns: organizations, businesses, business_hours, hours_exceptions, inboxes, api_keys,
idempotent_requests, audit_entries, security_events.
"""
