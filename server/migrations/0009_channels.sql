-- What Meta says of a number and its account, what people must know about it, and the way to going live.
ALTER TABLE channels
    ADD COLUMN portfolio_id text,           -- the business portfolio that owns the account; its numbers share one limit
    ADD COLUMN messaging_limit integer,     -- people outside a service window in 24 hours; null: not known; 2147483647: no limit
    ADD COLUMN restrictions jsonb NOT NULL DEFAULT '{}',    -- kinds of messages that may not go now, each with its end or null
    ADD COLUMN paused_by text,              -- token, left, number, account or error; what lets it go on depends on it
    ADD COLUMN paused_code integer,         -- Meta's error code that paused it, if one did
    ADD COLUMN token_expires_at timestamptz;                -- null: never, or not known

-- Meta's answers, section by section, as last read or told by a webhook.
CREATE TABLE channel_facts (
    channel_id uuid PRIMARY KEY,
    business_id uuid NOT NULL,
    number jsonb NOT NULL DEFAULT '{}',
    account jsonb NOT NULL DEFAULT '{}',
    health jsonb NOT NULL DEFAULT '{}',
    profile jsonb NOT NULL DEFAULT '{}',
    webhooks jsonb NOT NULL DEFAULT '{}',
    token jsonb NOT NULL DEFAULT '{}',
    read_at timestamptz,                    -- null: never yet
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CALL isolate('channel_facts');

CREATE TABLE channel_notices (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    code text NOT NULL,
    level text NOT NULL CHECK (level IN ('informational', 'warning', 'critical')),
    words text NOT NULL,
    next_step text NOT NULL,
    at timestamptz NOT NULL,
    ended_at timestamptz,                   -- null: it still holds
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CREATE UNIQUE INDEX channel_notices_open ON channel_notices (channel_id, code) WHERE ended_at IS NULL;
CREATE INDEX channel_notices_by_time ON channel_notices (channel_id, at DESC);
CALL isolate('channel_notices');

-- Papers that a business of its sector needs before it goes live; a row says that one is in order.
CREATE TABLE channel_documents (
    business_id uuid NOT NULL REFERENCES businesses,
    document text NOT NULL,
    done_at timestamptz NOT NULL,
    PRIMARY KEY (business_id, document)
);
CALL isolate('channel_documents');

CREATE INDEX messages_by_channel ON messages (channel_id, direction, created_at DESC);
