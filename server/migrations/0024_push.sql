-- Notifications of people's browsers: where they go, what each wants and when, and what waits.
CREATE TABLE push_keys (
    sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
    private_sealed bytea NOT NULL,          -- 32 bytes: by it push services know this installation
    created_at timestamptz NOT NULL
);

CREATE TABLE push_devices (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    endpoint_digest bytea NOT NULL UNIQUE,  -- SHA-256; a browser is one person's at a time
    sealed bytea NOT NULL,                  -- the address at the push service, and the browser's keys
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    reached_at timestamptz,                 -- when its push service last took something
    FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX push_devices_by_user ON push_devices (user_id);

-- Who has no row has the defaults.
CREATE TABLE push_choices (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    kinds text[] NOT NULL DEFAULT '{assigned,mention,mine,unassigned}',
    private boolean NOT NULL DEFAULT false, -- names and words stay out of notifications
    quiet_days smallint[] NOT NULL DEFAULT '{}', -- 0: Monday; the day on which quiet begins
    quiet_from text NOT NULL DEFAULT '22:00' CHECK (quiet_from ~ '^([01]\d|2[0-3]):[0-5]\d$'),
    quiet_to text NOT NULL DEFAULT '07:00' CHECK (quiet_to ~ '^([01]\d|2[0-3]):[0-5]\d$'),
    time_zone text NOT NULL DEFAULT 'UTC',
    urgent_passes boolean NOT NULL DEFAULT true -- what is for this person alone
);

-- How far the event log was read for news.
CREATE TABLE push_cursor (
    sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
    seq bigint NOT NULL
);

-- One piece of news for one browser; taken before it is sent, so that it is sent once at most.
CREATE TABLE push_notices (
    device_id uuid NOT NULL REFERENCES push_devices ON DELETE CASCADE,
    subject text NOT NULL,                  -- the fact: told to a browser once
    kind text NOT NULL CHECK (kind IN ('assigned', 'mention', 'mine', 'unassigned', 'test')),
    business_id uuid REFERENCES businesses, -- null: a test
    conversation_id uuid,
    due_at timestamptz NOT NULL,
    tries smallint NOT NULL DEFAULT 0,
    taken_at timestamptz,
    outcome text CHECK (outcome IN ('told', 'old', 'refused', 'gone', 'unknown')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (device_id, subject),
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversations (business_id, id)
);
CREATE INDEX push_notices_due ON push_notices (due_at) WHERE taken_at IS NULL;
CREATE INDEX push_notices_by_age ON push_notices (created_at);
REVOKE ALL ON push_keys, push_devices, push_choices, push_cursor, push_notices FROM serai_api;

-- A stream of somebody whose access changed must not go on as if it had not.
CREATE FUNCTION tell_of_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('serai_news', '{"kind":"access"}');
    RETURN NULL;
END $$;
CREATE TRIGGER told AFTER UPDATE OF ended_at OR DELETE ON sessions
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_access();
CREATE TRIGGER told AFTER UPDATE OF disabled_at OR DELETE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_access();
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON memberships
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_access();
CREATE TRIGGER told AFTER UPDATE OF revoked_at OR DELETE ON api_keys
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_access();
