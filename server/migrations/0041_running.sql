-- outside a transaction
-- What looking after an installation takes: who may know whether it is migrated, what is counted by index, what is
-- tidied up and when.
GRANT SELECT ON public.serai_migrations TO serai_engine;    -- /health/ready asks

-- Few of many, asked for every few seconds.
CREATE INDEX CONCURRENTLY IF NOT EXISTS webhook_deliveries_set_aside ON webhook_deliveries (id) WHERE state = 'quarantined';
CREATE INDEX CONCURRENTLY IF NOT EXISTS inbound_items_set_aside ON inbound_items (delivery_id) WHERE state = 'quarantined';
CREATE INDEX CONCURRENTLY IF NOT EXISTS sends_unknown ON sends (created_at) WHERE state = 'unknown';

-- What is done at a time of its own for the whole installation; leased, so that one worker does it.
CREATE TABLE IF NOT EXISTS chores (
    name text PRIMARY KEY,
    due_at timestamptz NOT NULL,
    leased_until timestamptz,               -- null: nobody is at it
    done_at timestamptz,                    -- when it last came to its end
    done_count bigint NOT NULL DEFAULT 0,   -- how often
    gone_count bigint NOT NULL DEFAULT 0    -- rows that it has removed so far
);
REVOKE ALL ON chores FROM serai_api;

CREATE INDEX CONCURRENTLY IF NOT EXISTS signals_over ON signals (asked_at) WHERE state IN ('done', 'given_up');
CREATE INDEX CONCURRENTLY IF NOT EXISTS due_rows_over ON due_rows (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idempotent_requests_by_time ON idempotent_requests (created_at);

-- A delivery that was read long ago may go: what it said is in the event log.
CREATE OR REPLACE FUNCTION refuse_body_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'DELETE' THEN
        IF current_setting('serai.tidying', true) = 'on' THEN
            RETURN old;
        END IF;
        RAISE EXCEPTION 'deliveries are only ever added' USING ERRCODE = 'restrict_violation';
    END IF;
    -- A key rotation seals the same bytes anew; the digest says that they are the same.
    IF (new.app_id, new.received_at, new.digest) IS DISTINCT FROM (old.app_id, old.received_at, old.digest)
       OR (new.body <> old.body AND coalesce(current_setting('serai.resealing', true), '') <> 'on') THEN
        RAISE EXCEPTION 'a delivery is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$;
