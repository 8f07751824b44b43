"""What may be done, by name; the roles of people and the scopes of keys are sets of these."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Permission(StrEnum):
    """`thing:verb`. A route asks for one; an app hides what its reader may not do."""

    CONVERSATIONS_READ = "conversations:read"
    CONVERSATIONS_ANSWER = "conversations:answer"
    """Write to people, and all that an answer needs: notes, tags, files, resolve, snooze."""
    CONVERSATIONS_ASSIGN = "conversations:assign"
    """Give conversations to others; taking one for oneself is part of answering."""
    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    CONTACTS_MOVE = "contacts:move"
    """Import and export them in bulk."""
    TEMPLATES_READ = "templates:read"
    TEMPLATES_WRITE = "templates:write"
    AUTOMATION_READ = "automation:read"
    AUTOMATION_WRITE = "automation:write"
    CHANNELS_READ = "channels:read"
    CHANNELS_WRITE = "channels:write"
    BUSINESS_READ = "business:read"
    BUSINESS_WRITE = "business:write"
    """Hours, profile, quick replies, tags, teams and views that all share."""
    REPORTS_READ = "reports:read"
    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"
    KEYS_READ = "keys:read"
    KEYS_WRITE = "keys:write"
    AUDIT_READ = "audit:read"
    COMPANY_WRITE = "company:write"
    """Add businesses; rules of sign-in."""


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    AGENT = "agent"
    ANALYST = "analyst"
    AUDITOR = "auditor"


P = Permission
OF_THE_COMPANY = frozenset({P.KEYS_READ, P.KEYS_WRITE, P.COMPANY_WRITE})
"""What concerns no single business: a role or a key at some of them does not give it."""
EVERYTHING = frozenset(Permission)
READING = frozenset(each for each in Permission if each.endswith(":read"))
_ANSWERING = {
    P.CONVERSATIONS_READ,
    P.CONVERSATIONS_ANSWER,
    P.CONVERSATIONS_ASSIGN,
    P.CONTACTS_READ,
    P.CONTACTS_WRITE,
    P.TEMPLATES_READ,
    P.CHANNELS_READ,
    P.BUSINESS_READ,
}

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: EVERYTHING,
    Role.MANAGER: EVERYTHING - {P.KEYS_WRITE, P.COMPANY_WRITE},
    Role.AGENT: frozenset(_ANSWERING),
    Role.ANALYST: frozenset(
        {P.REPORTS_READ, P.BUSINESS_READ, P.CHANNELS_READ, P.TEMPLATES_READ, P.AUTOMATION_READ}
    ),
    Role.AUDITOR: READING,
}

SCOPES: Mapping[str, frozenset[Permission]] = {
    "read": READING - {P.KEYS_READ, P.MEMBERS_READ, P.AUDIT_READ},
    "write": EVERYTHING
    - {P.KEYS_READ, P.KEYS_WRITE, P.MEMBERS_READ, P.MEMBERS_WRITE, P.AUDIT_READ},
    "admin": EVERYTHING,
}
"""Short names for sets that keys usually have; any permission is a scope as well."""


def granted(scopes: Iterable[str]) -> frozenset[Permission]:
    """What a key with these scopes may do; names that are not known grant nothing."""
    known = {each.value for each in Permission}
    single = frozenset(Permission(each) for each in scopes if each in known)
    return single.union(*(SCOPES[each] for each in scopes if each in SCOPES))
