-- What is promised to whoever relies on an installation, counted day by day: how fast automation answers, what
-- arrives, whether processes are there, what they could not do. Days are UTC's.
CREATE TABLE service_days (
    business_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    day date NOT NULL,
    answer_count bigint NOT NULL,           -- messages that automation answered, or should have by now
    prompt_count bigint NOT NULL,           -- those of them within two seconds
    answer_seconds double precision NOT NULL, -- of all of them together
    slowest_seconds double precision NOT NULL,
    sent_count bigint NOT NULL,             -- tried, and their fate is known or overdue
    delivered_count bigint NOT NULL,
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (channel_id, day),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CREATE INDEX service_days_by_day ON service_days (day, business_id);
CALL isolate('service_days');
REVOKE INSERT, UPDATE, DELETE ON service_days FROM serai_api;

-- The whole installation's: a bit for each minute in which a process of that part said that it works.
CREATE TABLE watched_days (
    day date NOT NULL,
    part text NOT NULL CHECK (part IN ('serve', 'work', 'set_aside')),
    minutes bit(1440) NOT NULL DEFAULT repeat('0', 1440)::bit(1440),
    answer_count bigint NOT NULL DEFAULT 0, -- requests that were answered
    failure_count bigint NOT NULL DEFAULT 0, -- those of them that failed through us; or what was set aside
    PRIMARY KEY (day, part)
);
REVOKE INSERT, UPDATE, DELETE ON watched_days FROM serai_api;

-- While traces are on: below which span the send of a message stands.
CREATE TABLE trace_contexts (
    message_id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    trace bytea NOT NULL,
    span bytea NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX trace_contexts_by_time ON trace_contexts (at);
CALL isolate('trace_contexts');
REVOKE UPDATE, DELETE ON trace_contexts FROM serai_api;
