-- Every kind of message: what it refers to, how it was changed, and how people reacted to it.
ALTER TABLE messages
    ADD COLUMN context jsonb,               -- quoted, forwarded, asked about a product
    ADD COLUMN referral jsonb,              -- the advert or post that led the person here
    ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;  -- order of what Meta dates to the same second
DROP INDEX messages_by_conversation;
CREATE INDEX messages_by_conversation
    ON messages (conversation_id, (coalesce(sent_at, created_at)) DESC, seq DESC);
CREATE INDEX messages_by_contact ON messages (contact_id, (coalesce(sent_at, created_at)) DESC, seq DESC);
CREATE INDEX messages_replies ON messages (channel_id, (context ->> 'reply_to'))
    WHERE context ->> 'reply_to' IS NOT NULL;

-- What a message says after its author changed it; no content: taken back. The message itself keeps
-- what it said first. By Meta's id, for a change may come before what it changes.
CREATE TABLE message_revisions (
    business_id uuid NOT NULL REFERENCES businesses,
    channel_id uuid NOT NULL,
    meta_id text NOT NULL,
    revision text NOT NULL,                 -- key of the event
    content jsonb,
    is_edit boolean NOT NULL,               -- false: the end of a call, which nobody edited
    at timestamptz NOT NULL,                -- by the provider's clock
    PRIMARY KEY (channel_id, meta_id, revision),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CALL isolate('message_revisions');

CREATE TABLE reactions (
    business_id uuid NOT NULL REFERENCES businesses,
    channel_id uuid NOT NULL,
    meta_id text NOT NULL,                  -- of the message reacted to
    contact_id uuid NOT NULL,
    by_us boolean NOT NULL,
    emoji text,                             -- null: taken back
    at timestamptz NOT NULL,
    PRIMARY KEY (channel_id, meta_id, contact_id, by_us),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id),
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CALL isolate('reactions');

-- Whether we may call someone. Source: WhatsApp Cloud API, calling: permission for 7 days, or for good.
CREATE TABLE call_permissions (
    business_id uuid NOT NULL REFERENCES businesses,
    channel_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    granted boolean NOT NULL,
    expires_at timestamptz,                 -- null: until taken back
    at timestamptz NOT NULL,
    PRIMARY KEY (channel_id, contact_id),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id),
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CALL isolate('call_permissions');

-- A phone is looked up by the form that all its spellings share; `exact` tells the spelling that
-- Meta uses now, which is the one we send to.
ALTER TABLE contact_identities ADD COLUMN exact bytea;
