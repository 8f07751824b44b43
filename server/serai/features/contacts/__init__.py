"""People, what they are known by, and what they agreed to.

Owns: contacts, contact_identities, consent_records, suppressions, contact_places, tags, contact_tags.
"""
