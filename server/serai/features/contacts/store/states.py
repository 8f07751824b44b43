"""What we know, as deciders and policy see it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from serai.core.hours import Hours, HoursException, Interval
from serai.core.ids import BusinessId, ChannelId, ContactId, ConversationId
from serai.core.state import Business, Channel, Contact, Conversation, State
from serai.core.templates.standing import Standing
from serai.features.contacts.store.identities import reached_by
from serai.kit.db import Conn, fetch
from serai.meta.capabilities import rules_of

# Where a message would go now is the latest phone number, else the latest id: as in `addresses`.
PEOPLE = """
    SELECT channels.id AS channel_id, channels.state AS channel_state, channels.restrictions,
           channels.kind, channels.account_id, channels.business_id,
           contacts.id AS contact_id, contacts.language, contacts.welcomed_at,
           (SELECT granted FROM consent_records AS consent
             WHERE consent.business_id = contacts.business_id
               AND consent.contact_id = contacts.id AND consent.purpose = 'marketing'
               AND coalesce(consent.channel_kind, channels.kind) = channels.kind
             ORDER BY consent.id DESC LIMIT 1) AS agreed_to_marketing,
           ARRAY(SELECT scope FROM suppressions
                  WHERE suppressions.business_id = contacts.business_id
                    AND suppressions.contact_id = contacts.id
                    AND (until IS NULL OR until > %(now)s)
                    AND (suppressions.lookup = '' OR suppressions.lookup = (
                             SELECT contact_identities.lookup FROM contact_identities
                              WHERE contact_identities.contact_id = contacts.id
                                AND (type = %(types)s::jsonb ->> channels.kind
                                     OR type = 'phone' AND channels.kind = ANY (%(by_phone)s))
                              ORDER BY type, coalesce(seen_at, first_seen_at) DESC
                              LIMIT 1))) AS suppressed,
           messaging_windows.closes_at AS window_closes_at,
           open.id AS conversation_id, open.status, open.handled_by, open.team, open.waiting_since,
           open.answered_at, open.acknowledged_at, open.away_at, open.team_id, open.assignee_id
      FROM unnest(%(channel_ids)s::uuid[], %(contact_ids)s::uuid[]) AS rows (channel_id, contact_id)
      JOIN channels ON channels.id = rows.channel_id
      JOIN LATERAL (SELECT id, business_id, language, welcomed_at FROM contacts
                     WHERE id = rows.contact_id OFFSET 0) AS contacts
        ON contacts.business_id = channels.business_id
      LEFT JOIN LATERAL (SELECT closes_at FROM messaging_windows
                          WHERE channel_id = rows.channel_id AND contact_id = rows.contact_id
                            AND kind = 'service' OFFSET 0) AS messaging_windows ON true
      LEFT JOIN LATERAL (SELECT * FROM conversations
                          WHERE contact_id = rows.contact_id AND inbox_id = channels.inbox_id
                            AND status <> 'resolved' OFFSET 0) AS open ON true
"""
"""Each row by its own index: PostgreSQL plans by what it last counted, and where a table has grown since,
a join read all people of the business for each of them."""
BUSINESSES = """
    SELECT id, time_zone, language, always_human, team, welcome, away, acknowledgement,
           ARRAY(SELECT jsonb_build_object('weekday', weekday, 'opens', opens, 'closes', closes)
                   FROM business_hours WHERE business_id = businesses.id
                  ORDER BY weekday, opens) AS weekly,
           ARRAY(SELECT jsonb_build_object('on', "on", 'name', name, 'opens', opens, 'closes', closes)
                   FROM hours_exceptions WHERE business_id = businesses.id
                  ORDER BY position) AS exceptions,
           ARRAY(SELECT jsonb_build_object('account', account_id, 'name', name, 'language', language,
                                           'status', status, 'category', category, 'reason', reason,
                                           'paused_until', paused_until)
                   FROM templates
                  WHERE business_id = businesses.id
                    AND (status <> 'APPROVED' OR previous_category IS NOT NULL)) AS templates
      FROM businesses
     WHERE id = ANY (%(ids)s)
"""


class Known(Struct, frozen=True, kw_only=True):
    channel_id: ChannelId
    channel_state: str
    restrictions: dict[str, datetime | None]
    kind: str
    account_id: str
    business_id: BusinessId
    contact_id: ContactId
    language: str | None
    welcomed_at: datetime | None
    agreed_to_marketing: bool | None
    """None: they said neither yes nor no."""
    suppressed: tuple[str, ...]
    window_closes_at: datetime | None
    conversation_id: ConversationId | None
    status: str | None
    handled_by: str | None
    team: str | None
    waiting_since: datetime | None
    answered_at: datetime | None
    acknowledged_at: datetime | None
    away_at: datetime | None
    team_id: UUID | None
    assignee_id: UUID | None


class ExceptionRow(Struct, frozen=True):
    on: date
    name: str
    opens: str | None
    closes: str | None


class TemplateRow(Struct, frozen=True, kw_only=True):
    """What Meta says of a template that may not simply be sent."""

    account: str
    name: str
    language: str
    status: str
    category: str
    reason: str | None
    paused_until: datetime | None

    @property
    def standing(self) -> Standing:
        return Standing(
            status=self.status,
            category=self.category,
            reason=self.reason,
            paused_until=self.paused_until,
        )


class BusinessRow(Struct, frozen=True, kw_only=True):
    id: BusinessId
    time_zone: str
    language: str
    always_human: bool
    team: str | None
    welcome: str | None
    away: str | None
    acknowledgement: str | None
    weekly: tuple[Interval, ...]
    exceptions: tuple[ExceptionRow, ...]
    templates: tuple[TemplateRow, ...]


Pair = tuple[ChannelId, ContactId]


async def look(conn: Conn, pairs: Sequence[Pair], now: datetime) -> dict[Pair, State]:
    """The state of each person on each channel; pairs of different businesses are left out."""
    people = await fetch(
        conn,
        Known,
        PEOPLE,
        {
            "channel_ids": [channel for channel, _ in pairs],
            "contact_ids": [contact for _, contact in pairs],
            "now": now,
            **reached_by(),
        },
    )
    known = await businesses(conn, {person.business_id for person in people})
    return {
        (person.channel_id, person.contact_id): _state(person, known[person.business_id], now)
        for person in people
    }


async def businesses(conn: Conn, ids: set[BusinessId]) -> dict[BusinessId, Business]:
    """The businesses with their hours."""
    rows = await fetch(conn, BusinessRow, BUSINESSES, {"ids": list(ids)})
    return {row.id: _business(row) for row in rows}


def _business(row: BusinessRow) -> Business:
    special = tuple(
        HoursException(on=each.on, name=each.name, opens=each.opens, closes=each.closes)
        for each in row.exceptions
    )
    return Business(
        id=row.id,
        hours=Hours(time_zone=row.time_zone, weekly=row.weekly, exceptions=special),
        language=row.language,
        always_human=row.always_human,
        team=row.team,
        welcome=row.welcome,
        away=row.away,
        acknowledgement=row.acknowledgement,
        templates={
            (each.account, each.name, each.language): each.standing for each in row.templates
        },
    )


def _state(person: Known, business: Business, now: datetime) -> State:
    contact = Contact(
        id=person.contact_id,
        language=person.language,
        welcomed_at=person.welcomed_at,
        stopped_marketing=person.agreed_to_marketing is False,
        agreed_to_marketing=person.agreed_to_marketing is True,
        suppressed="all" in person.suppressed,
        marketing_suppressed="marketing" in person.suppressed,
    )
    return State(
        now=now,
        business=business,
        channel=_channel(person, now),
        contact=contact,
        conversation=_conversation(person),
        window_closes_at=person.window_closes_at,
    )


def _channel(person: Known, now: datetime) -> Channel:
    ends = person.restrictions.items()
    in_force = frozenset(kind for kind, until in ends if until is None or until > now)
    return Channel(
        id=person.channel_id,
        account=person.account_id,
        kind=person.kind,
        rules=rules_of(person.kind),
        state=person.channel_state,
        restrictions=in_force,
    )


def _conversation(person: Known) -> Conversation | None:
    if person.conversation_id is None:
        return None
    return Conversation(
        id=person.conversation_id,
        status=person.status or "open",
        handled_by=person.handled_by or "automation",
        team=person.team,
        waiting_since=person.waiting_since,
        answered_at=person.answered_at,
        acknowledged_at=person.acknowledged_at,
        away_at=person.away_at,
        team_id=person.team_id,
        assignee_id=person.assignee_id,
    )
