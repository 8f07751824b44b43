-- Companies, their businesses, hours, keys; and the two roles that row-level security knows.
CREATE SCHEMA IF NOT EXISTS serai;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'serai_engine') THEN
        CREATE ROLE serai_engine NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'serai_api') THEN
        CREATE ROLE serai_api NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- two databases migrate at once
END $$;
GRANT serai_engine, serai_api TO CURRENT_USER;
GRANT USAGE ON SCHEMA serai TO serai_engine, serai_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA serai
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO serai_engine, serai_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA serai GRANT USAGE ON SEQUENCES TO serai_engine, serai_api;

-- The businesses that this connection may see: set for each request, empty otherwise.
CREATE FUNCTION visible_businesses() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(nullif(current_setting('serai.businesses', true), ''), ',')::uuid[] $$;

-- One call per table that belongs to a business: the engine sees all, the API what the key may see.
CREATE PROCEDURE isolate(tenant_table regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY engine ON %s TO serai_engine USING (true)', tenant_table);
    EXECUTE format(
        'CREATE POLICY tenant ON %s TO serai_api USING (business_id = ANY ((SELECT serai.visible_businesses())::uuid[]))',
        tenant_table);
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('serai.replaying', true) = 'on' THEN
        RETURN coalesce(new, old);
    END IF;
    RAISE EXCEPTION 'rows of % are only ever added', tg_table_name USING ERRCODE = 'restrict_violation';
END $$;

CREATE TABLE organizations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE businesses (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL REFERENCES organizations,
    key text NOT NULL,
    name text NOT NULL,
    sector text NOT NULL CHECK (sector IN ('education', 'hospitality', 'investment', 'ecommerce')),
    time_zone text NOT NULL,
    language text NOT NULL DEFAULT 'en',
    always_human boolean NOT NULL DEFAULT false,
    team text,
    welcome text,
    away text,
    acknowledgement text,
    pack_key text,
    pack_version integer,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, key)
);

-- A business is its own tenant.
ALTER TABLE businesses ENABLE ROW LEVEL SECURITY;
ALTER TABLE businesses FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON businesses TO serai_engine USING (true);
CREATE POLICY tenant ON businesses TO serai_api USING (id = ANY ((SELECT serai.visible_businesses())::uuid[]));

CREATE TABLE business_hours (
    business_id uuid NOT NULL REFERENCES businesses,
    weekday smallint NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    opens text NOT NULL CHECK (opens ~ '^([01]\d|2[0-3]):[0-5]\d$'),
    closes text NOT NULL CHECK (closes ~ '^(([01]\d|2[0-3]):[0-5]\d|24:00)$'),
    PRIMARY KEY (business_id, weekday, opens),
    CHECK (closes > opens)
);
CALL isolate('business_hours');

CREATE TABLE hours_exceptions (
    business_id uuid NOT NULL REFERENCES businesses,
    position integer NOT NULL,
    "on" date NOT NULL,
    name text NOT NULL,
    opens text CHECK (opens ~ '^([01]\d|2[0-3]):[0-5]\d$'),
    closes text CHECK (closes ~ '^(([01]\d|2[0-3]):[0-5]\d|24:00)$'),
    PRIMARY KEY (business_id, position),
    CHECK ((opens IS NULL) = (closes IS NULL) AND closes > opens)
);
CALL isolate('hours_exceptions');

CREATE TABLE inboxes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    business_id uuid NOT NULL REFERENCES businesses,
    name text NOT NULL,
    UNIQUE (business_id, id),
    UNIQUE (business_id, name)
);
CALL isolate('inboxes');

CREATE TABLE api_keys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL REFERENCES organizations,
    business_ids uuid[],                    -- null: every business of the organization
    name text NOT NULL,
    digest bytea NOT NULL UNIQUE,           -- SHA-256 of a key of 256 random bits
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz,
    revoked_at timestamptz
);

CREATE TABLE idempotent_requests (
    api_key_id uuid NOT NULL REFERENCES api_keys,
    key text NOT NULL,
    digest bytea NOT NULL,                  -- SHA-256 of method, path and body
    status integer,                         -- null: under way
    answer jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (api_key_id, key)
);

-- Chained: each entry holds the hash of the one before it, so that a removed or changed one shows.
CREATE TABLE audit_entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid REFERENCES organizations,
    business_id uuid REFERENCES businesses,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL DEFAULT '',
    detail jsonb NOT NULL DEFAULT '{}',
    previous_hash bytea NOT NULL DEFAULT '',
    hash bytea NOT NULL DEFAULT ''
);
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(70001);
    SELECT hash INTO new.previous_hash FROM serai.audit_entries ORDER BY id DESC LIMIT 1;
    new.previous_hash := coalesce(new.previous_hash, '');
    new.hash := sha256(new.previous_hash || convert_to(
        concat_ws('|', new.organization_id, new.business_id, extract(epoch FROM new.at), new.actor, new.action,
                  new.subject, new.detail::text), 'UTF8'));
    RETURN new;
END $$;
CREATE TRIGGER chained BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION chain_audit();

-- What someone tried at our doors; counted, never with what they sent.
CREATE TABLE security_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    remote text NOT NULL,
    count integer NOT NULL
);
