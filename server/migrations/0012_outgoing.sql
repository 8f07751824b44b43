-- What a person's phone is told beside messages, and the route that marketing takes.
CREATE TABLE signals (
    message_id uuid NOT NULL,               -- the person's message that it answers to
    kind text NOT NULL CHECK (kind IN ('read', 'typing')),
    business_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'under_way', 'done', 'given_up')),
    attempt_count integer NOT NULL DEFAULT 0,
    not_before timestamptz,                 -- null: at once
    claimed_at timestamptz,
    PRIMARY KEY (message_id, kind),
    FOREIGN KEY (business_id, message_id) REFERENCES messages (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CREATE INDEX signals_open ON signals (asked_at) WHERE state IN ('waiting', 'under_way');
CALL isolate('signals');

ALTER TABLE channels
    ADD COLUMN uses_marketing_route boolean NOT NULL DEFAULT false;  -- Marketing Messages API: its terms are accepted
