-- People as records: who they are, what they are known by on every channel, what they agreed to and
-- why we say so, two records that were one person, and what is done to many of them at once.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER TABLE contacts
    ADD COLUMN name_is_ours boolean NOT NULL DEFAULT false, -- someone of ours wrote it: a profile does not overwrite it
    ADD COLUMN company text,
    ADD COLUMN time_zone text,
    ADD COLUMN birthday date,
    ADD COLUMN notes text NOT NULL DEFAULT '',
    ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN source text NOT NULL DEFAULT 'message' CHECK (source IN ('message', 'person', 'api', 'import')),
    ADD COLUMN import_id uuid,
    ADD COLUMN last_seen_at timestamptz,    -- to the minute
    ADD COLUMN archived_at timestamptz,
    ADD COLUMN merged_into uuid,            -- the contact that stands for this one now
    ADD COLUMN sort_name text NOT NULL GENERATED ALWAYS AS (lower(coalesce(name, ''))) STORED,
    ADD FOREIGN KEY (business_id, merged_into) REFERENCES contacts (business_id, id) DEFERRABLE;
UPDATE contacts
   SET last_seen_at = (SELECT max(last_activity_at) FROM conversations WHERE contact_id = contacts.id);
CREATE INDEX contacts_by_created ON contacts (business_id, created_at DESC, id DESC) WHERE archived_at IS NULL;
CREATE INDEX contacts_by_name ON contacts (business_id, sort_name, id) WHERE archived_at IS NULL;
CREATE INDEX contacts_by_seen ON contacts (business_id, coalesce(last_seen_at, '-infinity') DESC, id DESC)
    WHERE archived_at IS NULL;
CREATE INDEX contacts_by_words ON contacts USING gin (sort_name gin_trgm_ops);
CREATE INDEX contacts_merged ON contacts (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX contacts_of_import ON contacts (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX conversations_of_contact ON conversations (contact_id, channel_id);

-- Row-level security keeps a trigram index from being used; this function looks for its caller, within
-- what the caller may see.
CREATE FUNCTION contacts_named(pattern text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 200 SET search_path = serai AS $$
    SELECT id FROM contacts
     WHERE sort_name LIKE pattern AND business_id = ANY (visible_businesses())
$$;

-- Names much like this one, the likest first; at most 40.
CREATE FUNCTION contacts_like(wanted text) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = serai SET pg_trgm.similarity_threshold = 0.55 AS $$
    SELECT array(SELECT id FROM contacts
                  WHERE wanted <> '' AND sort_name % wanted AND business_id = ANY (visible_businesses())
                  ORDER BY similarity(sort_name, wanted) DESC LIMIT 40)
$$;

-- What a business wants to know of people beside what everybody does.
CREATE TABLE contact_attributes (
    business_id uuid NOT NULL REFERENCES businesses,
    key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,39}$'),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    type text NOT NULL CHECK (type IN ('text', 'number', 'date', 'choice', 'boolean')),
    choices text[] NOT NULL DEFAULT '{}',
    position integer NOT NULL DEFAULT 0,
    PRIMARY KEY (business_id, key)
);
CALL isolate('contact_attributes');

ALTER TABLE contact_identities
    DROP CONSTRAINT contact_identities_type_check,
    ADD CHECK (type IN ('phone', 'wa_user_id', 'username', 'ig_user_id', 'page_user_id', 'email', 'external_id')),
    ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN verified_at timestamptz,     -- someone made sure; what came by a channel needs nobody to
    ADD COLUMN added_by text,               -- null: it came by a channel
    ADD COLUMN seen_at timestamptz;         -- of someone with several of a type: when they last wrote by this one
CREATE UNIQUE INDEX contact_identities_by_id ON contact_identities (id);

-- Consent for any purpose, through any channel or one kind of them, with what proves it.
ALTER TABLE consent_records
    DROP CONSTRAINT consent_records_purpose_check,
    ADD CHECK (purpose IN ('service', 'utility', 'marketing', 'profiling')),
    ADD COLUMN channel_kind text,           -- null: every channel
    ADD COLUMN method text,                 -- null: what they wrote; else form, spoken, paper, imported, merged
    ADD COLUMN actor text,                  -- who recorded it; null: the person themselves
    ADD COLUMN wording text,                -- what they were asked, and in which version
    ADD COLUMN note text;
ALTER TABLE consent_records DROP CONSTRAINT consent_records_business_id_contact_id_purpose_evidence_key;
CREATE UNIQUE INDEX consent_records_once
    ON consent_records (business_id, contact_id, purpose, evidence, coalesce(channel_kind, ''));

-- What was hashed before stays as it was; a record with proof hashes the proof as well.
CREATE FUNCTION consent_digest(record consent_records) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(record.previous_hash || convert_to(
        concat_ws('|', record.business_id, record.contact_id, record.purpose, record.granted,
                  extract(epoch FROM record.at), record.evidence)
        || CASE WHEN num_nonnulls(record.channel_kind, record.method, record.actor, record.wording, record.note) = 0
                THEN ''
                ELSE '|' || jsonb_build_array(record.channel_kind, record.method, record.actor, record.wording,
                                              record.note)::text END,
        'UTF8'))
$$;
CREATE OR REPLACE FUNCTION chain_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(70002, hashtext(new.business_id::text));
    SELECT hash INTO new.previous_hash FROM serai.consent_records
     WHERE business_id = new.business_id ORDER BY id DESC LIMIT 1;
    new.previous_hash := coalesce(new.previous_hash, '');
    new.hash := serai.consent_digest(new);
    RETURN new;
END $$;

-- Two records that are one person. What was moved is kept, so that it can be put back.
CREATE TABLE contact_merges (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    kept_id uuid NOT NULL,
    gone_id uuid NOT NULL,
    by text NOT NULL,
    at timestamptz NOT NULL,
    undone_at timestamptz,
    identity_ids uuid[] NOT NULL DEFAULT '{}',
    tag_ids uuid[] NOT NULL DEFAULT '{}',   -- those that the kept one did not have
    before jsonb NOT NULL DEFAULT '{}',     -- fields of the kept one that were empty
    FOREIGN KEY (business_id, kept_id) REFERENCES contacts (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, gone_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CREATE INDEX contact_merges_by_kept ON contact_merges (kept_id, at DESC);
CREATE UNIQUE INDEX contact_merges_standing ON contact_merges (gone_id) WHERE undone_at IS NULL;
CALL isolate('contact_merges');

ALTER TABLE conversations ADD COLUMN merged_from uuid;  -- whose it was before two contacts became one
CREATE INDEX conversations_merged ON conversations (merged_from) WHERE merged_from IS NOT NULL;

-- Pairs that someone looked at and said: two people.
CREATE TABLE contact_distinctions (
    business_id uuid NOT NULL REFERENCES businesses,
    one_id uuid NOT NULL,
    other_id uuid NOT NULL CHECK (one_id < other_id),
    by text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (one_id, other_id),
    FOREIGN KEY (business_id, one_id) REFERENCES contacts (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, other_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CALL isolate('contact_distinctions');

-- Something done to many contacts: in steps, each a transaction, by whichever worker has time.
CREATE TABLE contact_jobs (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    kind text NOT NULL CHECK (kind IN ('import', 'export', 'tag', 'untag', 'archive')),
    state text NOT NULL CHECK (state IN ('uploaded', 'checking', 'checked', 'running', 'done', 'cancelled', 'failed', 'undone')),
    by text NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    done_count integer NOT NULL DEFAULT 0,
    total_count integer NOT NULL DEFAULT 0,
    plan jsonb NOT NULL DEFAULT '{}',       -- the filter, the mapping: what was asked for
    counts jsonb NOT NULL DEFAULT '{}',     -- rows by verdict
    position uuid,                          -- the contact after which it goes on
    reason text,
    UNIQUE (business_id, id)
);
CREATE INDEX contact_jobs_by_time ON contact_jobs (business_id, created_at DESC);
CALL isolate('contact_jobs');

-- The rows of a file on their way in or out, sealed, some hundreds together.
CREATE TABLE contact_job_parts (
    job_id uuid NOT NULL,
    business_id uuid NOT NULL,
    number integer NOT NULL,
    sealed bytea NOT NULL,
    done_at timestamptz,
    PRIMARY KEY (job_id, number),
    FOREIGN KEY (business_id, job_id) REFERENCES contact_jobs (business_id, id) ON DELETE CASCADE
);
CALL isolate('contact_job_parts');

CALL audited('contact_attributes');
