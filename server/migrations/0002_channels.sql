-- Meta apps, the numbers connected through them, and the templates known for them.
CREATE TABLE meta_apps (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL REFERENCES organizations,
    meta_id text NOT NULL UNIQUE,
    name text NOT NULL,
    verify_token bytea NOT NULL,            -- sealed
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE app_secrets (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    app_id uuid NOT NULL REFERENCES meta_apps,
    secret bytea NOT NULL,                  -- sealed
    valid_until timestamptz                 -- null: current; else the end of the grace time after a rotation
);

CREATE TABLE channels (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    business_id uuid NOT NULL REFERENCES businesses,
    inbox_id uuid NOT NULL,
    app_id uuid NOT NULL REFERENCES meta_apps,
    kind text NOT NULL CHECK (kind IN ('whatsapp')),
    name text NOT NULL,
    meta_id text NOT NULL,                  -- phone number id
    display_phone_number text NOT NULL,
    account_id text NOT NULL,               -- WhatsApp Business Account
    token bytea NOT NULL,                   -- sealed
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'disconnected')),
    paused_reason text,
    messages_per_second integer NOT NULL DEFAULT 80 CHECK (messages_per_second BETWEEN 1 AND 1000),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (business_id, id),
    UNIQUE (kind, meta_id),
    FOREIGN KEY (business_id, inbox_id) REFERENCES inboxes (business_id, id)
);
CALL isolate('channels');

CREATE TABLE templates (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    business_id uuid NOT NULL REFERENCES businesses,
    name text NOT NULL,
    language text NOT NULL,
    category text NOT NULL CHECK (category IN ('UTILITY', 'MARKETING', 'AUTHENTICATION')),
    status text NOT NULL DEFAULT 'APPROVED',
    header text,
    body text NOT NULL,
    parameters text[] NOT NULL,             -- names, in the order of {{1}}, {{2}} …
    samples text[] NOT NULL DEFAULT '{}',
    UNIQUE (business_id, id),
    UNIQUE (business_id, name, language)
);
CALL isolate('templates');
