-- Files: what people send and what we send. Their bytes are in the store of files, under the key of a blob.

-- What was kept, once per business and content.
CREATE TABLE blobs (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
    mime_type text NOT NULL,                -- as its bytes say
    width integer,
    height integer,
    duration_seconds double precision,
    audio_codec text,
    channel_count smallint,
    is_animated boolean NOT NULL DEFAULT false,
    has_thumbnail boolean NOT NULL DEFAULT false,
    is_infected boolean NOT NULL DEFAULT false, -- kept apart, never given out
    kept_at timestamptz NOT NULL,
    UNIQUE (business_id, id),
    UNIQUE (business_id, sha256)
);
CALL isolate('blobs');

-- One per file that came in or was uploaded here.
CREATE TABLE files (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    channel_id uuid,                        -- through which it came; null: uploaded here
    message_meta_id text,                   -- the message that brought it
    meta_id text,                           -- Meta's media id
    url text,                               -- Meta's, for five minutes from told_at
    claimed_type text,
    claimed_sha256 bytea,
    name text,
    state text NOT NULL CHECK (state IN ('waiting', 'ready', 'failed', 'infected')),
    reason text CHECK (reason IN ('expired', 'too_large', 'damaged', 'refused', 'given_up')),
    blob_id uuid,
    attempt_count integer NOT NULL DEFAULT 0,
    due_at timestamptz,                     -- of the next try; a worker that tries moves it beyond its own patience
    told_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (business_id, id),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id),
    FOREIGN KEY (business_id, blob_id) REFERENCES blobs (business_id, id),
    CHECK ((state IN ('ready', 'infected')) = (blob_id IS NOT NULL))
);
CREATE INDEX files_waiting ON files (due_at) WHERE state = 'waiting';
CREATE INDEX files_by_message ON files (channel_id, message_meta_id);
CREATE INDEX files_by_blob ON files (blob_id);
CALL isolate('files');

-- What of it is at Meta, for each number: uploaded before the first message that needs it goes.
CREATE TABLE media_uploads (
    channel_id uuid NOT NULL,
    blob_id uuid NOT NULL,
    business_id uuid NOT NULL,
    meta_id text,                           -- null: not there yet
    uploaded_at timestamptz,
    attempt_count integer NOT NULL DEFAULT 0,
    due_at timestamptz,                     -- of the next try; null: none is needed
    PRIMARY KEY (channel_id, blob_id),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id),
    FOREIGN KEY (business_id, blob_id) REFERENCES blobs (business_id, id)
);
CALL isolate('media_uploads');

-- Which files a message needs at Meta before it can go.
CREATE TABLE media_needs (
    send_id uuid NOT NULL,                  -- the message's
    file_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    business_id uuid NOT NULL,
    PRIMARY KEY (send_id, file_id),
    FOREIGN KEY (business_id, send_id) REFERENCES messages (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, file_id) REFERENCES files (business_id, id),
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id)
);
CALL isolate('media_needs');

-- A message waits until its files are at Meta, and later ones to the same person wait behind it.
ALTER TABLE sends ADD COLUMN needs_file boolean NOT NULL DEFAULT false;
CREATE INDEX sends_needing_a_file ON sends (contact_id, created_at) WHERE state = 'waiting' AND needs_file;
