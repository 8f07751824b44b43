-- What came in, what happened, what waits, what was sent.
CREATE TABLE webhook_deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    app_id uuid NOT NULL,                   -- no foreign key: apps are never removed, and the door is in a hurry
    received_at timestamptz NOT NULL,
    digest bytea NOT NULL UNIQUE,           -- SHA-256 of the body: the same POST again is kept once
    body bytea NOT NULL,                    -- sealed, as received
    state text NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'split', 'quarantined')),
    reason text
);
CREATE INDEX webhook_deliveries_kept ON webhook_deliveries (id) WHERE state = 'kept';

CREATE FUNCTION refuse_body_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'DELETE' THEN
        RAISE EXCEPTION 'deliveries are only ever added' USING ERRCODE = 'restrict_violation';
    END IF;
    -- A key rotation seals the same bytes anew; the digest says that they are the same.
    IF (new.app_id, new.received_at, new.digest) IS DISTINCT FROM (old.app_id, old.received_at, old.digest)
       OR (new.body <> old.body AND coalesce(current_setting('serai.resealing', true), '') <> 'on') THEN
        RAISE EXCEPTION 'a delivery is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER only_added BEFORE DELETE OR UPDATE OF app_id, received_at, digest, body ON webhook_deliveries
    FOR EACH ROW EXECUTE FUNCTION refuse_body_change();

CREATE TABLE inbound_items (
    delivery_id bigint NOT NULL REFERENCES webhook_deliveries,
    position integer NOT NULL,
    lane smallint NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'quarantined')),
    reason text,
    event bytea,                            -- sealed; emptied when done, for the event log has it
    PRIMARY KEY (delivery_id, position)
);
CREATE INDEX inbound_items_pending ON inbound_items (lane, delivery_id, position) WHERE state = 'pending';

CREATE TABLE events (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    business_id uuid NOT NULL REFERENCES businesses,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    decided_at timestamptz NOT NULL,
    conversation_id uuid,
    message_id uuid,
    body bytea NOT NULL                     -- sealed: the event, and the effects that were decided
);
CREATE TRIGGER only_added BEFORE DELETE OR UPDATE OF key, business_id, kind, at, decided_at ON events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CALL isolate('events');

CREATE TABLE sends (
    id uuid PRIMARY KEY,                    -- the message's
    business_id uuid NOT NULL REFERENCES businesses,
    channel_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    effect jsonb NOT NULL,
    priority smallint NOT NULL,             -- 0 people, 1 automation, 2 campaigns: the lower goes first
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'under_way', 'unknown', 'done', 'refused', 'failed')),
    attempt_count integer NOT NULL DEFAULT 0,
    not_before timestamptz,                 -- null: at once, whatever the clocks of our hosts show
    claimed_at timestamptz,
    created_at timestamptz NOT NULL,
    FOREIGN KEY (business_id, id) REFERENCES messages (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CREATE INDEX sends_waiting ON sends (channel_id, priority, created_at, id) WHERE state = 'waiting';
CREATE INDEX sends_under_way ON sends (claimed_at) WHERE state = 'under_way';
CALL isolate('sends');

CREATE TABLE policy_decisions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    business_id uuid NOT NULL,
    message_id uuid NOT NULL,
    stage text NOT NULL CHECK (stage IN ('commit', 'door')),
    verdict text NOT NULL CHECK (verdict IN ('allow', 'refuse')),
    reason text,
    at timestamptz NOT NULL,
    UNIQUE (message_id, stage),
    FOREIGN KEY (business_id, message_id) REFERENCES messages (business_id, id) DEFERRABLE
);
CALL isolate('policy_decisions');

CREATE TABLE send_attempts (
    send_id uuid NOT NULL REFERENCES sends DEFERRABLE,
    number integer NOT NULL,
    business_id uuid NOT NULL REFERENCES businesses,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    outcome text CHECK (outcome IN ('accepted', 'throttled', 'unavailable', 'unknown', 'rejected', 'unauthorised')),
    code integer,
    forced_by text,                         -- who asked for another try after an unknown one
    PRIMARY KEY (send_id, number)
);
CALL isolate('send_attempts');

CREATE FUNCTION guard_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM serai.policy_decisions
                    WHERE message_id = new.send_id AND stage = 'commit' AND verdict = 'allow') THEN
        RAISE EXCEPTION 'no policy decision allows send %', new.send_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF new.forced_by IS NULL AND EXISTS (
        SELECT FROM serai.send_attempts
         WHERE send_id = new.send_id AND coalesce(outcome, 'unknown') IN ('unknown', 'accepted')) THEN
        RAISE EXCEPTION 'send % may have gone out already', new.send_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER guarded BEFORE INSERT ON send_attempts FOR EACH ROW EXECUTE FUNCTION guard_attempt();

-- How much each number may send right now: a bucket that fills with time.
CREATE TABLE paces (
    channel_id uuid PRIMARY KEY,
    business_id uuid NOT NULL,
    tokens double precision NOT NULL,
    filled_at timestamptz NOT NULL,
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CALL isolate('paces');

-- Everything that waits for a time. Claimed by compare-and-set.
CREATE TABLE due_rows (
    kind text NOT NULL,
    subject uuid NOT NULL,
    business_id uuid NOT NULL REFERENCES businesses,
    due_at timestamptz NOT NULL,
    done_at timestamptz,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX due_rows_open ON due_rows (due_at) WHERE done_at IS NULL;
CALL isolate('due_rows');
