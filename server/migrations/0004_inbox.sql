-- Conversations, messages and what became of them.
CREATE TABLE conversations (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    inbox_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'pending', 'snoozed', 'resolved')),
    handled_by text NOT NULL DEFAULT 'automation' CHECK (handled_by IN ('automation', 'people')),
    team text,
    waiting_since timestamptz,
    acknowledged_at timestamptz,
    away_at timestamptz,
    answered_at timestamptz,                -- when a person last answered
    unread_count integer NOT NULL DEFAULT 0,
    needs_attention boolean NOT NULL DEFAULT false,
    opened_at timestamptz NOT NULL,
    last_activity_at timestamptz NOT NULL,
    UNIQUE (business_id, id),
    FOREIGN KEY (business_id, inbox_id) REFERENCES inboxes (business_id, id),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id),
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CREATE UNIQUE INDEX conversations_one_open ON conversations (contact_id, inbox_id) WHERE status <> 'resolved';
CREATE INDEX conversations_by_activity ON conversations (business_id, last_activity_at DESC, id);
CALL isolate('conversations');

CREATE TABLE messages (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    conversation_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    direction text NOT NULL CHECK (direction IN ('in', 'out')),
    author_kind text NOT NULL CHECK (author_kind IN
        ('contact', 'agent', 'bot', 'automation', 'campaign', 'native_app', 'system')),
    cause text NOT NULL,                    -- key of the event that led to it, and the rule or key that asked
    content jsonb NOT NULL,
    meta_id text,
    sent_at timestamptz,                    -- by the provider's clock
    created_at timestamptz NOT NULL,        -- by ours
    UNIQUE (business_id, id),
    UNIQUE (channel_id, meta_id),
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversations (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CREATE INDEX messages_by_conversation ON messages (conversation_id, (coalesce(sent_at, created_at)) DESC, id DESC);
CALL isolate('messages');

-- Facts about a message; its state is computed from them and stored nowhere.
CREATE TABLE message_events (
    business_id uuid NOT NULL,
    message_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('received', 'queued', 'refused', 'accepted', 'unknown', 'flagged',
                                       'sent', 'delivered', 'read', 'failed')),
    at timestamptz NOT NULL,                -- by the provider's clock where it is the provider's fact
    recorded_at timestamptz NOT NULL,
    detail jsonb,
    PRIMARY KEY (message_id, kind),
    FOREIGN KEY (business_id, message_id) REFERENCES messages (business_id, id) DEFERRABLE
);
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON message_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CALL isolate('message_events');

-- Forward only: a late `sent` never hides `read`, a `failed` never hides that it was delivered.
CREATE FUNCTION message_state(kinds text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN 'received' = ANY (kinds) THEN 'received'
        WHEN 'read' = ANY (kinds) THEN 'read'
        WHEN 'delivered' = ANY (kinds) THEN 'delivered'
        WHEN 'failed' = ANY (kinds) THEN 'failed'
        WHEN 'sent' = ANY (kinds) THEN 'sent'
        WHEN 'accepted' = ANY (kinds) THEN 'accepted'
        WHEN 'unknown' = ANY (kinds) THEN 'unknown'
        WHEN 'refused' = ANY (kinds) THEN 'refused'
        ELSE 'queued'
    END
$$;

CREATE TABLE messaging_windows (
    business_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('service')),
    opened_by uuid NOT NULL,                -- the message that opened it
    opened_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    PRIMARY KEY (channel_id, contact_id, kind),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id),
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, opened_by) REFERENCES messages (business_id, id) DEFERRABLE
);
CALL isolate('messaging_windows');
