-- The ways in: second factors, passkeys, links that work once, invitations, guesses, mails.
CREATE TABLE authenticators (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    secret bytea NOT NULL,                  -- sealed
    last_step bigint NOT NULL DEFAULT 0,    -- of 30 s; a code of this step or before is refused
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz                -- null: shown to them, not yet proven
);

CREATE TABLE recovery_codes (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    digest bytea NOT NULL,                  -- keyed, for a code has 50 bits only
    used_at timestamptz,
    PRIMARY KEY (user_id, digest)
);

CREATE TABLE passkeys (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    credential bytea NOT NULL UNIQUE,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    transports text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX passkeys_by_user ON passkeys (user_id);

-- A secret that somebody was given: to set up, to choose a new password, to prove a passkey.
CREATE TABLE one_time_tokens (
    digest bytea PRIMARY KEY,               -- SHA-256 of 256 random bits
    purpose text NOT NULL CHECK (purpose IN ('set_up', 'reset', 'demo', 'add_passkey', 'passkey', 'provider')),
    user_id uuid REFERENCES users ON DELETE CASCADE,
    body bytea,                             -- sealed: what must be remembered until it comes back
    expires_at timestamptz NOT NULL
);
CREATE INDEX one_time_tokens_by_user ON one_time_tokens (user_id, purpose);

CREATE TABLE invitations (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    email_lookup bytea NOT NULL,
    email_sealed bytea NOT NULL,
    memberships jsonb NOT NULL,             -- [{"business_id": … or null, "role": …}]
    digest bytea NOT NULL UNIQUE,           -- SHA-256 of the link's 256 random bits
    invited_by uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    withdrawn_at timestamptz
);
CREATE UNIQUE INDEX invitations_open ON invitations (organization_id, email_lookup)
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

-- How often somebody guessed wrong, by account or by address.
CREATE TABLE sign_in_attempts (
    subject bytea PRIMARY KEY,              -- blind index
    failure_count integer NOT NULL,
    last_at timestamptz NOT NULL,
    waits_until timestamptz NOT NULL
);

CREATE TABLE sign_in_rules (
    organization_id uuid PRIMARY KEY REFERENCES organizations,
    second_factor_roles text[] NOT NULL     -- who must have one; without a row: owners and managers
);

CREATE TABLE provider_identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);

-- Letters wait here until they are sent; what they say is then wiped, for it holds links.
CREATE TABLE mails (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    letter bytea NOT NULL,                  -- sealed: to whom, and the words
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    attempt_count integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    failed_at timestamptz
);
CREATE INDEX mails_waiting ON mails (due_at) WHERE sent_at IS NULL AND failed_at IS NULL;

REVOKE ALL ON authenticators, recovery_codes, passkeys, one_time_tokens, invitations, sign_in_attempts,
    sign_in_rules, provider_identities, mails FROM serai_api;

CALL audited('invitations');
CALL audited('sign_in_rules');
