-- If this is written, answer that.
CREATE TABLE rules (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    business_id uuid NOT NULL REFERENCES businesses,
    key text NOT NULL,
    priority integer NOT NULL,              -- the highest that matches answers, alone
    "match" jsonb NOT NULL,
    language text,                          -- null: any
    channel text,                           -- kind of channel; null: any
    hours text NOT NULL DEFAULT 'any' CHECK (hours IN ('any', 'open', 'closed')),
    reply text NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    pack_version integer,
    UNIQUE (business_id, key)
);
CALL isolate('rules');
