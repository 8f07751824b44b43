"""People, what they are known by, what they agreed to, and what is done to many of them at once.

Owns: contacts, contact_identities, consent_records, suppressions, contact_places, tags, tag_merges,
contact_tags, contact_attributes, contact_merges, contact_distinctions, contact_jobs, contact_job_parts,
contact_job_changes.
"""
