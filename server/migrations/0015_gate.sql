-- Who did what: one entry for each request that changed something, chained by hashes, one chain a company.

-- The company itself, for those who may see it: set for each request, none otherwise.
CREATE FUNCTION visible_company() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('serai.company', true), '')::uuid $$;

-- Who acts in this transaction and what they ask: kind, id, name, organization, action, subject, ids, request, remote, at.
CREATE FUNCTION acting() RETURNS jsonb LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('serai.actor', true), ''), '{}')::jsonb $$;

DROP TRIGGER only_added ON audit_entries;
DROP TRIGGER chained ON audit_entries;
DROP FUNCTION chain_audit();

-- The end of each company's chain; the nil id stands for what belongs to none.
CREATE TABLE audit_chains (
    organization_id uuid PRIMARY KEY,
    number bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT ''
);

ALTER TABLE audit_entries
    ADD COLUMN number bigint,               -- place in the company's chain; null until the transaction ends
    ADD COLUMN stage text NOT NULL DEFAULT 'kept' CHECK (stage IN ('gathering', 'kept', 'sealed')),
    ADD COLUMN actor_kind text NOT NULL DEFAULT 'serai',
    ADD COLUMN actor_id uuid,
    ADD COLUMN request_id text,
    ADD COLUMN remote text,
    ADD COLUMN changes jsonb NOT NULL DEFAULT '[]';

CREATE FUNCTION audit_hash(entry audit_entries, before bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(before || convert_to(jsonb_build_array(
        entry.number, entry.organization_id, entry.business_id, extract(epoch FROM entry.at), entry.actor_kind,
        entry.actor_id, entry.actor, entry.action, entry.subject, entry.request_id, entry.remote, entry.detail,
        entry.changes)::text, 'UTF8'))
$$;

-- What was kept before is chained anew, a company at a time.
DO $$
DECLARE
    entry serai.audit_entries;
    chain uuid;
    ended serai.audit_chains;
BEGIN
    FOR entry IN SELECT * FROM serai.audit_entries ORDER BY id LOOP
        chain := coalesce(entry.organization_id, '00000000-0000-0000-0000-000000000000');
        INSERT INTO serai.audit_chains (organization_id) VALUES (chain) ON CONFLICT DO NOTHING;
        SELECT * INTO ended FROM serai.audit_chains WHERE organization_id = chain;
        entry.number := ended.number + 1;
        UPDATE serai.audit_entries
           SET number = entry.number, stage = 'sealed', previous_hash = ended.hash,
               hash = serai.audit_hash(entry, ended.hash)
         WHERE id = entry.id;
        UPDATE serai.audit_chains
           SET number = entry.number, hash = serai.audit_hash(entry, ended.hash)
         WHERE organization_id = chain;
    END LOOP;
END $$;

CREATE UNIQUE INDEX audit_by_number ON audit_entries (organization_id, number);
CREATE INDEX audit_gathering ON audit_entries (organization_id) WHERE stage = 'gathering';
CREATE INDEX audit_by_request ON audit_entries (request_id);
CREATE INDEX audit_by_actor ON audit_entries (organization_id, actor_id, number DESC);
CREATE INDEX audit_by_business ON audit_entries (business_id, number DESC);

ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON audit_entries TO serai_engine USING (true);
CREATE POLICY tenant ON audit_entries FOR SELECT TO serai_api
    USING (organization_id = (SELECT serai.visible_company())
           OR business_id = ANY ((SELECT serai.visible_businesses())::uuid[]));
REVOKE ALL ON audit_entries, audit_chains FROM serai_api;
GRANT SELECT ON audit_entries TO serai_api;

CREATE FUNCTION refuse_change_of_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.stage = 'sealed' THEN
        RAISE EXCEPTION 'rows of % are only ever added', tg_table_name USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(new, old);
END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_sealed();

-- A row that was taken out and put back as it was has not changed.
CREATE FUNCTION net_changes(gathered jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    WITH numbered AS (
        SELECT change, place, change->>'table' AS "table", change->>'id' AS id,
               count(*) OVER same AS times, lead(change) OVER ordered AS following, lag(change) OVER ordered AS earlier
          FROM jsonb_array_elements(gathered) WITH ORDINALITY AS each (change, place)
        WINDOW same AS (PARTITION BY change->>'table', change->>'id',
                                     ((change->'before') || (change->'after'))->>'business_id'),
               ordered AS (PARTITION BY change->>'table', change->>'id',
                                        ((change->'before') || (change->'after'))->>'business_id' ORDER BY place)
    ), paired AS (
        SELECT place,
               CASE WHEN times = 2 AND change->>'kind' = 'removed' AND following->>'kind' = 'added' THEN
                        change || jsonb_build_object(
                            'kind', 'changed',
                            'before', (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(change->'before')
                                        WHERE value IS DISTINCT FROM following->'after'->key),
                            'after', (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(following->'after')
                                       WHERE value IS DISTINCT FROM change->'before'->key))
                    WHEN times = 2 AND change->>'kind' = 'added' AND earlier->>'kind' = 'removed' THEN NULL
                    ELSE change END AS change
          FROM numbered
    )
    SELECT coalesce(jsonb_agg(change ORDER BY place), '[]') FROM paired
     WHERE change IS NOT NULL
       AND NOT (change->>'kind' = 'changed' AND change->'before' = '{}' AND change->'after' = '{}'
                AND NOT change ? 'hidden')
$$;

-- At commit, when every other lock is held already: so nobody waits for the chain for longer than a commit.
CREATE FUNCTION seal_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    entry serai.audit_entries;
    chain uuid := coalesce(new.organization_id, '00000000-0000-0000-0000-000000000000');
    ended serai.audit_chains;
BEGIN
    SELECT * INTO entry FROM serai.audit_entries WHERE id = new.id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    entry.changes := serai.net_changes(entry.changes);
    IF entry.stage = 'gathering' AND entry.changes = '[]' THEN
        DELETE FROM serai.audit_entries WHERE id = entry.id;
        RETURN NULL;
    END IF;
    INSERT INTO serai.audit_chains (organization_id) VALUES (chain) ON CONFLICT DO NOTHING;
    SELECT * INTO ended FROM serai.audit_chains WHERE organization_id = chain FOR UPDATE;
    entry.number := ended.number + 1;
    entry.hash := serai.audit_hash(entry, ended.hash);
    UPDATE serai.audit_entries
       SET number = entry.number, stage = 'sealed', changes = entry.changes, previous_hash = ended.hash,
           hash = entry.hash
     WHERE id = entry.id;
    UPDATE serai.audit_chains SET number = entry.number, hash = entry.hash WHERE organization_id = chain;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER sealed AFTER INSERT ON audit_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seal_audit();

-- An entry of its own, for what is no change of rows: a sign-in, a handshake.
CREATE FUNCTION note_audit(organization uuid, business uuid, at timestamptz, actor text, action text, subject text,
                           detail jsonb, actor_kind text DEFAULT NULL, actor_id uuid DEFAULT NULL) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    INSERT INTO serai.audit_entries (organization_id, business_id, at, actor, actor_kind, actor_id, action, subject, detail,
                                     request_id, remote)
    SELECT organization, business, at, actor, coalesce(actor_kind, who->>'kind', 'serai'),
           coalesce(actor_id, (who->>'id')::uuid), action, subject, detail, who->>'request', who->>'remote'
      FROM serai.acting() AS who
$$;

-- The entry that gathers what this transaction changes for a company.
CREATE FUNCTION gathering_audit(organization uuid, business uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    who jsonb := serai.acting();
    entry bigint;
BEGIN
    UPDATE serai.audit_entries
       SET business_id = CASE WHEN changes = '[]' THEN coalesce(business_id, business)
                              WHEN business_id = business THEN business END
     WHERE stage = 'gathering' AND organization_id IS NOT DISTINCT FROM organization
    RETURNING id INTO entry;
    IF entry IS NULL THEN
        INSERT INTO serai.audit_entries (organization_id, business_id, at, actor_kind, actor_id, actor, action, subject,
                                         request_id, remote, stage)
        VALUES (organization, business, coalesce((who->>'at')::timestamptz, clock_timestamp()),
                coalesce(who->>'kind', 'serai'), (who->>'id')::uuid, coalesce(who->>'name', 'Serai'),
                coalesce(who->>'action', 'serai.changed'), coalesce(who->>'subject', ''), who->>'request',
                who->>'remote', 'gathering')
        RETURNING id INTO entry;
    END IF;
    RETURN entry;
END $$;

-- What differs, without what is never shown; null if nothing does.
CREATE FUNCTION change_of(name text, keys text[], hidden text[], ignored text[], before jsonb, after jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    WITH cells AS (
        SELECT key, before->key AS was, after->key AS "is"
          FROM jsonb_object_keys(before || after) AS key
         WHERE NOT key = ANY (ignored) AND before->key IS DISTINCT FROM after->key
           AND NOT (coalesce(before->key, 'null') = 'null' AND coalesce(after->key, 'null') = 'null')
    )
    SELECT jsonb_strip_nulls(jsonb_build_object(
               'table', name,
               'id', (SELECT string_agg((before || after)->>key, ' ' ORDER BY place)
                        FROM unnest(keys) WITH ORDINALITY AS each (key, place)
                       WHERE key <> 'business_id' OR cardinality(keys) = 1),
               'kind', CASE WHEN before = '{}' THEN 'added' WHEN after = '{}' THEN 'removed' ELSE 'changed' END,
               'hidden', jsonb_agg(key ORDER BY key) FILTER (WHERE key = ANY (hidden))))
           || jsonb_build_object(
               'before', coalesce(jsonb_object_agg(key, was) FILTER (WHERE before <> '{}' AND NOT key = ANY (hidden)), '{}'),
               'after', coalesce(jsonb_object_agg(key, "is") FILTER (WHERE after <> '{}' AND NOT key = ANY (hidden)), '{}'))
      FROM cells
    HAVING count(*) > 0
$$;

CREATE FUNCTION gather_changes(watched text, keys text[], hidden text[], ignored text[], pairs jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    found record;
    entry bigint;
BEGIN
    FOR found IN
        SELECT organization, CASE WHEN min(business::text) = max(business::text) THEN min(business::text)::uuid END AS business,
               jsonb_agg(change ORDER BY place) AS changes
          FROM (SELECT place, serai.change_of(watched, keys, hidden, ignored, pair->0, pair->1) AS change,
                       coalesce((((pair->0) || (pair->1))
                                 ->> CASE watched WHEN 'organizations' THEN 'id' ELSE 'organization_id' END)::uuid, businesses.organization_id,
                                (serai.acting()->>'organization')::uuid) AS organization,
                       businesses.id AS business
                  FROM jsonb_array_elements(pairs) WITH ORDINALITY AS each (pair, place)
                  LEFT JOIN serai.businesses
                    ON businesses.id = (((pair->0) || (pair->1))
                       ->> CASE watched WHEN 'businesses' THEN 'id' ELSE 'business_id' END)::uuid) AS rows
         WHERE change IS NOT NULL
         GROUP BY organization
    LOOP
        entry := serai.gathering_audit(found.organization, found.business);
        UPDATE serai.audit_entries SET changes = changes || found.changes WHERE id = entry;
    END LOOP;
END $$;

CREATE FUNCTION audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    most constant integer := 500;           -- rows of one statement that are told one by one
    keys text[] := tg_argv[0];
    pairs jsonb;
BEGIN
    IF current_setting('serai.replaying', true) = 'on' THEN
        RETURN NULL;
    END IF;
    IF tg_op = 'INSERT' THEN
        SELECT jsonb_agg(jsonb_build_array('{}'::jsonb, to_jsonb(rows))) INTO pairs
          FROM (SELECT * FROM new_rows LIMIT most) AS rows;
    ELSIF tg_op = 'DELETE' THEN
        SELECT jsonb_agg(jsonb_build_array(to_jsonb(rows), '{}'::jsonb)) INTO pairs
          FROM (SELECT * FROM old_rows LIMIT most) AS rows;
    ELSE
        WITH was AS (SELECT to_jsonb(old_rows) AS row FROM old_rows),
             "is" AS (SELECT to_jsonb(new_rows) AS row FROM new_rows)
        SELECT jsonb_agg(pair) INTO pairs
          FROM (SELECT jsonb_build_array(was.row, "is".row) AS pair
                  FROM was JOIN "is" ON serai.row_key(was.row, keys) = serai.row_key("is".row, keys)
                 WHERE was.row <> "is".row
                 LIMIT most) AS rows;
    END IF;
    IF pairs IS NOT NULL THEN
        PERFORM serai.gather_changes(tg_table_name::text, keys, tg_argv[1]::text[], tg_argv[2]::text[], pairs);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION row_key(row_ jsonb, keys text[]) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT string_agg(row_->>key, ' ' ORDER BY place) FROM unnest(keys) WITH ORDINALITY AS each (key, place) $$;

-- One call per table that people configure: who changed a row, and what it was before. Sealed columns (bytea) and
-- those named `hidden` only show that they changed; columns named `ignored` do not count as a change.
CREATE PROCEDURE audited(watched regclass, hidden text[] DEFAULT '{}', ignored text[] DEFAULT '{}') LANGUAGE plpgsql AS $$
DECLARE
    keys text[];
    sealed text[];
    told text;
BEGIN
    SELECT array_agg(attname::text ORDER BY attnum) INTO keys
      FROM pg_attribute
     WHERE attrelid = watched AND attname <> 'organization_id'
       AND attnum = ANY (coalesce((SELECT conkey FROM pg_constraint WHERE conrelid = watched AND contype = 'p'),
                                  (SELECT conkey FROM pg_constraint WHERE conrelid = watched AND contype = 'u' LIMIT 1)));
    SELECT coalesce(array_agg(attname::text), '{}') || hidden INTO sealed
      FROM pg_attribute
     WHERE attrelid = watched AND attnum > 0 AND NOT attisdropped AND atttypid = 'bytea'::regtype;
    told := format('EXECUTE FUNCTION serai.audit_change(%L, %L, %L)', coalesce(keys, '{organization_id}'), sealed,
                   ignored || '{created_at,updated_at}'::text[]);
    EXECUTE format('CREATE TRIGGER audited_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows '
                   'FOR EACH STATEMENT %s', watched, told);
    EXECUTE format('CREATE TRIGGER audited_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows '
                   'NEW TABLE AS new_rows FOR EACH STATEMENT %s', watched, told);
    EXECUTE format('CREATE TRIGGER audited_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows '
                   'FOR EACH STATEMENT %s', watched, told);
END $$;

-- The end of a request that may have changed something: it leaves an entry even if no watched row changed.
CREATE FUNCTION audit_request() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    who jsonb := serai.acting();
    asked record;
    place regclass;
    business uuid;
    entry bigint;
BEGIN
    IF EXISTS (SELECT FROM serai.audit_entries WHERE request_id = who->>'request' AND stage <> 'gathering') THEN
        RETURN;                             -- it noted its own
    END IF;
    FOR asked IN SELECT key, value::uuid AS id FROM jsonb_each_text(coalesce(who->'ids', '{}')) LOOP
        IF asked.key = 'business_id' THEN
            business := asked.id;
        ELSE
            place := to_regclass(format('serai.%I', regexp_replace(asked.key, '_id$', 's')));
            IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = place AND attname = 'business_id') THEN
                EXECUTE format('SELECT business_id FROM %s WHERE id = $1', place) INTO business USING asked.id;
            END IF;
        END IF;
        EXIT WHEN business IS NOT NULL;
    END LOOP;
    SELECT id INTO business FROM serai.businesses
     WHERE id = business AND organization_id = (who->>'organization')::uuid;
    entry := serai.gathering_audit((who->>'organization')::uuid, business);
    UPDATE serai.audit_entries SET stage = 'kept', business_id = coalesce(business_id, business) WHERE id = entry;
END $$;

-- Whether a company's chain holds: how many entries it has, and the first that does not fit the one before it.
CREATE FUNCTION verify_audit(organization uuid) RETURNS TABLE (entries bigint, broken_at bigint)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    WITH links AS (
        SELECT number, previous_hash, hash, serai.audit_hash(entry, previous_hash) AS computed,
               lag(hash, 1, ''::bytea) OVER ordered AS before, lag(number, 1, 0::bigint) OVER ordered AS number_before
          FROM serai.audit_entries AS entry
         WHERE organization_id = organization AND stage = 'sealed'
        WINDOW ordered AS (ORDER BY number)
    ), ended AS (
        SELECT number, hash FROM serai.audit_chains WHERE organization_id = organization
    )
    SELECT (SELECT count(*) FROM links),
           coalesce((SELECT min(number) FROM links
                      WHERE hash <> computed OR previous_hash <> before OR number <> number_before + 1),
                    (SELECT ended.number FROM ended
                      WHERE (ended.number, ended.hash) IS DISTINCT FROM
                            (SELECT (links.number, links.hash) FROM links ORDER BY links.number DESC LIMIT 1)))
$$;

-- They see every company's rows, whoever calls them.
GRANT CREATE ON SCHEMA serai TO serai_engine;
ALTER FUNCTION seal_audit OWNER TO serai_engine;
ALTER FUNCTION note_audit OWNER TO serai_engine;
ALTER FUNCTION gathering_audit OWNER TO serai_engine;
ALTER FUNCTION gather_changes OWNER TO serai_engine;
ALTER FUNCTION audit_request OWNER TO serai_engine;
ALTER FUNCTION verify_audit OWNER TO serai_engine;
REVOKE CREATE ON SCHEMA serai FROM serai_engine;

ALTER TABLE api_keys
    ADD COLUMN hint text NOT NULL DEFAULT '',           -- the first characters of the key, to tell it from others
    ADD COLUMN created_by text NOT NULL DEFAULT '',     -- who made it, by name
    ADD COLUMN expires_at timestamptz,                  -- null: never
    ADD COLUMN used_from text,                          -- the address it was last used from
    ADD COLUMN previous_digest bytea UNIQUE,            -- the key that it replaced, which still opens
    ADD COLUMN previous_until timestamptz;              -- until then
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON api_keys TO serai_engine USING (true);
CREATE POLICY company ON api_keys TO serai_api USING (organization_id = (SELECT serai.visible_company()));

-- How often someone asked, in one stretch of time. Lost in a crash, which does no harm.
CREATE UNLOGGED TABLE request_counts (
    subject text NOT NULL,                  -- of whom: key:…, user:… or address:…
    began_at timestamptz NOT NULL,
    count integer NOT NULL,
    PRIMARY KEY (subject, began_at)
);
REVOKE ALL ON request_counts FROM serai_api;

CALL audited('organizations');
CALL audited('businesses');
CALL audited('business_hours');
CALL audited('hours_exceptions');
CALL audited('inboxes');
CALL audited('api_keys', ignored => '{used_at,used_from}');
CALL audited('meta_apps');
CALL audited('app_secrets');
CALL audited('channels', ignored => '{messaging_limit,portfolio_id}');
CALL audited('channel_documents');
CALL audited('templates', ignored => '{synced_at,status_at,category_at,quality}');
CALL audited('rules');
CALL audited('flow_keys');
CALL audited('flows');
CALL audited('send_limits');
