-- Limits, Meta's and our own: what they are, what waits for them, and what is counted against them.
ALTER TABLE sends
    ADD COLUMN waits_for text CHECK (waits_for IN ('retry', 'pair', 'people', 'template_day', 'meta', 'file')),
    ADD COLUMN counted_on date,             -- the business's day under which daily_counts has it; null: not yet
    ADD COLUMN template text GENERATED ALWAYS AS (
        CASE WHEN effect #>> '{content,type}' = 'template' THEN effect #>> '{content,name}' END) STORED,
    ADD COLUMN category text NOT NULL GENERATED ALWAYS AS (
        CASE WHEN effect #>> '{content,type}' = 'template'
             THEN lower(coalesce(effect #>> '{content,category}', 'utility')) ELSE 'service' END) STORED;

-- What is held back stands apart, so that a long wait costs the others nothing.
DROP INDEX sends_waiting;
CREATE INDEX sends_waiting ON sends (channel_id, priority, created_at, id)
    WHERE state = 'waiting' AND not_before IS NULL;
CREATE INDEX sends_under_way_by_contact ON sends (contact_id) WHERE state = 'under_way';
CREATE INDEX sends_held ON sends (not_before) WHERE state = 'waiting' AND not_before IS NOT NULL;
CREATE INDEX sends_for_people ON sends (channel_id, priority, created_at, id)
    WHERE state = 'waiting' AND waits_for = 'people';
CREATE INDEX sends_for_people_by_contact ON sends (contact_id)
    WHERE state = 'waiting' AND waits_for = 'people';

ALTER TABLE send_attempts DROP CONSTRAINT send_attempts_outcome_check;
ALTER TABLE send_attempts ADD CONSTRAINT send_attempts_outcome_check CHECK (outcome IN (
    'accepted', 'throttled', 'unavailable', 'unknown', 'rejected', 'unauthorised', 'deferred'));

ALTER TABLE paces
    ADD COLUMN minute_at timestamptz,       -- the minute that minute_count is of
    ADD COLUMN minute_count integer NOT NULL DEFAULT 0;

-- A company's own limits: of one number, or of all its numbers when there is no channel.
CREATE TABLE send_limits (
    business_id uuid NOT NULL REFERENCES businesses,
    channel_id uuid,
    per_second integer CHECK (per_second BETWEEN 1 AND 1000),
    per_minute integer CHECK (per_minute BETWEEN 1 AND 60000),
    per_template_day integer CHECK (per_template_day >= 1),
    retries integer CHECK (retries BETWEEN 0 AND 20),
    batch integer CHECK (batch BETWEEN 1 AND 1000),
    UNIQUE NULLS NOT DISTINCT (business_id, channel_id),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CALL isolate('send_limits');

-- How much may go from a number to one person: a bucket, told by when it is full again.
CREATE TABLE pair_paces (
    channel_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    business_id uuid NOT NULL,
    full_at timestamptz NOT NULL,
    PRIMARY KEY (channel_id, contact_id),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CALL isolate('pair_paces');

-- Whom a portfolio has written to outside a service window, and when last.
CREATE TABLE reached_people (
    portfolio text NOT NULL,                -- Meta's id of the portfolio; of the account while that is unknown
    contact_id uuid NOT NULL,
    business_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    send_id uuid,                           -- the send that counted them; null: one before it did
    reached_at timestamptz NOT NULL,
    PRIMARY KEY (portfolio, contact_id),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CREATE INDEX reached_people_by_time ON reached_people (portfolio, reached_at);
CREATE INDEX reached_people_by_send ON reached_people (send_id) WHERE send_id IS NOT NULL;
CALL isolate('reached_people');

-- What a number sent on each of its business's days.
CREATE TABLE daily_counts (
    channel_id uuid NOT NULL,
    business_id uuid NOT NULL,
    "on" date NOT NULL,                     -- in the business's time zone
    category text NOT NULL,                 -- service, utility, marketing, authentication
    template text NOT NULL,                 -- empty: a free-form message
    count integer NOT NULL,
    PRIMARY KEY (channel_id, "on", category, template),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CALL isolate('daily_counts');

-- What Meta says that a message costs: once for each, when it first says so.
CREATE TABLE message_charges (
    message_id uuid PRIMARY KEY,
    business_id uuid NOT NULL,
    category text NOT NULL,
    tariff text,                            -- regular, free_customer_service, free_entry_point
    model text,
    billable boolean,
    at timestamptz NOT NULL,
    FOREIGN KEY (business_id, message_id) REFERENCES messages (business_id, id) DEFERRABLE
);
CALL isolate('message_charges');

-- entry: someone came by an advert, and an answer by then opens free_entry, in which all is free.
ALTER TABLE messaging_windows DROP CONSTRAINT messaging_windows_kind_check;
ALTER TABLE messaging_windows ADD CONSTRAINT messaging_windows_kind_check
    CHECK (kind IN ('service', 'entry', 'free_entry'));

ALTER TABLE message_events DROP CONSTRAINT message_events_kind_check;
ALTER TABLE message_events ADD CONSTRAINT message_events_kind_check CHECK (kind IN (
    'received', 'queued', 'refused', 'accepted', 'unknown', 'flagged',
    'sent', 'delivered', 'read', 'played', 'failed', 'held', 'deferred'));

-- As before, and one that Meta sent back to be tried later is deferred until it is delivered or failed.
CREATE OR REPLACE FUNCTION message_state(kinds text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN 'received' = ANY (kinds) THEN 'received'
        WHEN 'read' = ANY (kinds) OR 'played' = ANY (kinds) THEN 'read'
        WHEN 'delivered' = ANY (kinds) THEN 'delivered'
        WHEN 'failed' = ANY (kinds) THEN 'failed'
        WHEN 'deferred' = ANY (kinds) THEN 'deferred'
        WHEN 'sent' = ANY (kinds) THEN 'sent'
        WHEN 'accepted' = ANY (kinds) THEN 'accepted'
        WHEN 'unknown' = ANY (kinds) THEN 'unknown'
        WHEN 'refused' = ANY (kinds) THEN 'refused'
        ELSE 'queued'
    END
$$;

-- What to say later, if the person does not write before.
CREATE TABLE follow_ups (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    conversation_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    asked_by text NOT NULL,                 -- which user or key; an id, never a name
    asked_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    text text,                              -- when the service window is open then
    template jsonb,                         -- when it is closed
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'cancelled', 'done')),
    ended_at timestamptz,
    ended_by text,                          -- answered, cancelled, due
    CHECK (text IS NOT NULL OR template IS NOT NULL),
    UNIQUE (business_id, id),
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversations (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CREATE INDEX follow_ups_waiting ON follow_ups (contact_id) WHERE state = 'waiting';
CREATE INDEX follow_ups_due ON follow_ups (due_at) WHERE state = 'waiting';
CREATE INDEX follow_ups_by_conversation ON follow_ups (conversation_id, due_at);
CALL isolate('follow_ups');
