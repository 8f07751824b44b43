-- People, what they are known by, and what they agreed to.
CREATE TABLE contacts (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    name text,
    language text,
    welcomed_at timestamptz,
    created_at timestamptz NOT NULL,
    UNIQUE (business_id, id)
);
CALL isolate('contacts');

CREATE TABLE contact_identities (
    business_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    type text NOT NULL CHECK (type IN ('phone', 'wa_user_id', 'username')),
    scope text NOT NULL,                    -- who gave the value its meaning: world, whatsapp
    lookup bytea NOT NULL,                  -- blind index of the value
    sealed bytea NOT NULL,
    first_seen_at timestamptz NOT NULL,
    PRIMARY KEY (business_id, type, scope, lookup),
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CREATE INDEX contact_identities_by_contact ON contact_identities (contact_id);
CALL isolate('contact_identities');

CREATE TABLE consent_records (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    business_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('marketing')),
    granted boolean NOT NULL,
    at timestamptz NOT NULL,
    evidence text NOT NULL,                 -- key of the event that says so
    previous_hash bytea NOT NULL DEFAULT '',
    hash bytea NOT NULL DEFAULT '',
    UNIQUE (business_id, contact_id, purpose, evidence),
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON consent_records FOR EACH ROW EXECUTE FUNCTION refuse_change();
CALL isolate('consent_records');

CREATE FUNCTION chain_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(70002, hashtext(new.business_id::text));
    SELECT hash INTO new.previous_hash FROM serai.consent_records
     WHERE business_id = new.business_id ORDER BY id DESC LIMIT 1;
    new.previous_hash := coalesce(new.previous_hash, '');
    new.hash := sha256(new.previous_hash || convert_to(
        concat_ws('|', new.business_id, new.contact_id, new.purpose, new.granted, extract(epoch FROM new.at), new.evidence),
        'UTF8'));
    RETURN new;
END $$;
CREATE TRIGGER chained BEFORE INSERT ON consent_records FOR EACH ROW EXECUTE FUNCTION chain_consent();
CREATE INDEX consent_records_by_business ON consent_records (business_id, id);

-- A technical block on sending to someone; ends by itself when `until` is set.
CREATE TABLE suppressions (
    business_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    scope text NOT NULL CHECK (scope IN ('all', 'marketing')),
    reason text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    PRIMARY KEY (business_id, contact_id, scope),
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CALL isolate('suppressions');
