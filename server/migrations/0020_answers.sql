-- Answering: undo, send again, send later, how long people waited, and finding what was said.
-- A message that whoever wrote it took back before it left.
ALTER TABLE messages
    ADD COLUMN undone_at timestamptz,
    ADD COLUMN resend_of uuid;              -- the message that did not arrive, and was sent again as this one
CREATE INDEX messages_by_resend ON messages (resend_of) WHERE resend_of IS NOT NULL;

ALTER TABLE sends
    ADD COLUMN hold_until timestamptz,      -- until then it may be undone; null: it may go at once
    DROP CONSTRAINT sends_state_check,
    DROP CONSTRAINT sends_waits_for_check;
ALTER TABLE sends
    ADD CONSTRAINT sends_state_check CHECK (state IN (
        'waiting', 'under_way', 'unknown', 'done', 'refused', 'failed', 'undone')),
    ADD CONSTRAINT sends_waits_for_check CHECK (waits_for IN (
        'retry', 'pair', 'people', 'template_day', 'meta', 'file', 'undo'));

ALTER TABLE message_events DROP CONSTRAINT message_events_kind_check;
ALTER TABLE message_events ADD CONSTRAINT message_events_kind_check CHECK (kind IN (
    'received', 'queued', 'refused', 'accepted', 'unknown', 'flagged',
    'sent', 'delivered', 'read', 'played', 'failed', 'held', 'deferred', 'undone'));

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
        WHEN 'undone' = ANY (kinds) THEN 'undone'
        ELSE 'queued'
    END
$$;

-- A follow-up says anything that can be sent, and may go although the person has written meanwhile.
ALTER TABLE follow_ups
    ADD COLUMN content jsonb,               -- any kind, for an open service window
    ADD COLUMN unless_answered boolean NOT NULL DEFAULT true,
    DROP CONSTRAINT follow_ups_check;
UPDATE follow_ups SET content = jsonb_build_object('type', 'text', 'body', text) WHERE text IS NOT NULL;
ALTER TABLE follow_ups
    DROP COLUMN text,
    ADD CONSTRAINT follow_ups_say_something CHECK (content IS NOT NULL OR template IS NOT NULL);

-- How long people waited for an answer of a person; one row for each answer that ended a wait.
CREATE TABLE response_times (
    message_id uuid PRIMARY KEY,            -- the answer
    business_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    answered_by text,                       -- which user or key; null: in WhatsApp's own app
    asked_at timestamptz NOT NULL,
    answered_at timestamptz NOT NULL,
    seconds double precision NOT NULL CHECK (seconds >= 0), -- of business hours
    is_first boolean NOT NULL,              -- of its conversation
    FOREIGN KEY (business_id, message_id) REFERENCES messages (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversations (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CREATE INDEX response_times_by_time ON response_times (business_id, asked_at);
CREATE INDEX response_times_by_conversation ON response_times (conversation_id, asked_at);
CALL isolate('response_times');

-- What somebody began to write and has not sent; of each person their own.
CREATE TABLE drafts (
    business_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    author_id uuid NOT NULL,                -- a user, or the key that acts for one
    text text NOT NULL CHECK (length(text) BETWEEN 1 AND 8192),
    reply_to uuid,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (author_id, conversation_id),
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversations (business_id, id) DEFERRABLE
);
CALL isolate('drafts');

-- How somebody likes to answer.
CREATE TABLE habits (
    author_id uuid PRIMARY KEY,
    undo_seconds smallint NOT NULL DEFAULT 5 CHECK (undo_seconds BETWEEN 0 AND 10),
    enter_sends boolean NOT NULL DEFAULT true
);

-- Lists that somebody keeps: the filters of the inbox under a name.
CREATE TABLE views (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    owner_id uuid NOT NULL,                 -- whose it is
    is_shared boolean NOT NULL DEFAULT false,
    name text NOT NULL CHECK (name = btrim(name) AND length(name) BETWEEN 1 AND 60),
    search jsonb NOT NULL,                  -- the address's search parameters
    position integer NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX views_by_owner ON views (organization_id, owner_id);
ALTER TABLE views ENABLE ROW LEVEL SECURITY;
ALTER TABLE views FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON views TO serai_engine USING (true);
CREATE POLICY company ON views TO serai_api
    USING (organization_id IN (SELECT organization_id FROM serai.businesses));

-- What is said often, with blanks that are filled in.
CREATE TABLE quick_replies (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    business_id uuid REFERENCES businesses, -- null: of the whole company
    shortcut text NOT NULL CHECK (shortcut ~ '^[[:alnum:]_-]{1,32}$' AND shortcut = lower(shortcut)),
    language text NOT NULL DEFAULT '',      -- empty: any
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 80),
    body text NOT NULL CHECK (length(body) <= 4096),
    file_ids uuid[] NOT NULL DEFAULT '{}',
    use_count integer NOT NULL DEFAULT 0,
    used_at timestamptz,
    updated_at timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (organization_id, business_id, shortcut, language),
    CHECK (body <> '' OR file_ids <> '{}')
);
ALTER TABLE quick_replies ENABLE ROW LEVEL SECURITY;
ALTER TABLE quick_replies FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON quick_replies TO serai_engine USING (true);
CREATE POLICY tenant ON quick_replies TO serai_api
    USING (CASE WHEN business_id IS NULL
                THEN organization_id IN (SELECT organization_id FROM serai.businesses)
                ELSE business_id = ANY ((SELECT serai.visible_businesses())::uuid[]) END);

CALL audited('views', ignored => '{position}');
CALL audited('quick_replies', ignored => '{use_count,used_at}');
