-- Forms of several screens, and the key that seals what people enter on the way to us.
CREATE TABLE flow_keys (
    channel_id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    private_key bytea NOT NULL,             -- sealed PEM
    created_at timestamptz NOT NULL,
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CALL isolate('flow_keys');

CREATE TABLE flows (
    business_id uuid NOT NULL REFERENCES businesses,
    channel_id uuid NOT NULL,
    key text NOT NULL,                      -- ours: which screens
    meta_id text NOT NULL,
    digest text NOT NULL,                   -- SHA-256 of the screens at Meta, hex
    published_at timestamptz NOT NULL,
    PRIMARY KEY (channel_id, key),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CALL isolate('flows');
