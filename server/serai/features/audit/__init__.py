"""Who did what, when, and what it was before.

Rows are written by the database itself (see migration 0015) for whoever `kit.db.ACTING` names.

Owns: audit_entries, audit_chains.
"""
