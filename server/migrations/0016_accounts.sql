-- People who work here: who they are, what they may do where, and where they are signed in.
CREATE TABLE users (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    name text NOT NULL CHECK (name = btrim(name) AND length(name) BETWEEN 1 AND 120),
    email_lookup bytea NOT NULL UNIQUE,     -- blind index: an address signs in to one company
    email_sealed bytea NOT NULL,
    language text,                          -- null: as the browser says
    preferences jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    disabled_at timestamptz,
    UNIQUE (organization_id, id)
);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON users TO serai_engine USING (true);
CREATE POLICY company ON users FOR SELECT TO serai_api
    USING (organization_id IN (SELECT organization_id FROM serai.businesses));
-- Names are for all colleagues; addresses are asked for by the features that need them.
REVOKE ALL ON users FROM serai_api;
GRANT SELECT (id, organization_id, name, language, created_at, disabled_at) ON users TO serai_api;

CREATE TABLE memberships (
    user_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    business_id uuid REFERENCES businesses, -- null: the whole company
    role text NOT NULL CHECK (role IN ('owner', 'manager', 'agent', 'analyst', 'auditor')),
    created_at timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (user_id, business_id),
    FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE,
    CHECK (role <> 'owner' OR business_id IS NULL)
);
CREATE INDEX memberships_by_company ON memberships (organization_id, business_id);
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON memberships TO serai_engine USING (true);
CREATE POLICY company ON memberships FOR SELECT TO serai_api
    USING (organization_id IN (SELECT organization_id FROM serai.businesses)
           AND (business_id IS NULL OR business_id = ANY ((SELECT serai.visible_businesses())::uuid[])));
REVOKE INSERT, UPDATE, DELETE ON memberships FROM serai_api;

CREATE TABLE passwords (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    hash text NOT NULL,                     -- Argon2id, with its parameters
    changed_at timestamptz NOT NULL
);

CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    digest bytea NOT NULL UNIQUE,           -- SHA-256 of 256 random bits
    stage text NOT NULL CHECK (stage IN ('second_factor', 'whole')),
    means text NOT NULL CHECK (means IN ('password', 'passkey', 'provider', 'link')),
    agent text NOT NULL DEFAULT '',         -- what the browser calls itself
    remote text NOT NULL DEFAULT '',        -- the address last seen
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX sessions_open ON sessions (user_id, seen_at) WHERE ended_at IS NULL;
REVOKE ALL ON passwords, sessions FROM serai_api;

-- A request is made once by a key or by a person.
ALTER TABLE idempotent_requests DROP CONSTRAINT idempotent_requests_api_key_id_fkey;
ALTER TABLE idempotent_requests RENAME COLUMN api_key_id TO actor_id;

CALL audited('users');
CALL audited('memberships');
