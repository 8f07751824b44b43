-- Working together: whose a conversation is, teams and their queues, notes, and who is here now.
CREATE TABLE teams (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    name text NOT NULL CHECK (name = btrim(name) AND length(name) BETWEEN 1 AND 60),
    policy text NOT NULL DEFAULT 'manual' CHECK (policy IN ('manual', 'round_robin')),
    created_at timestamptz NOT NULL,
    UNIQUE (business_id, id)
);
CREATE UNIQUE INDEX teams_by_name ON teams (business_id, lower(name));
CALL isolate('teams');

CREATE TABLE team_members (
    business_id uuid NOT NULL,
    team_id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY (team_id, user_id),
    FOREIGN KEY (business_id, team_id) REFERENCES teams (business_id, id) ON DELETE CASCADE
);
CALL isolate('team_members');

-- Who gets what no team has; without a row: people take conversations themselves.
CREATE TABLE queues (
    business_id uuid PRIMARY KEY REFERENCES businesses,
    policy text NOT NULL DEFAULT 'manual' CHECK (policy IN ('manual', 'round_robin')),
    answer_within_minutes integer NOT NULL DEFAULT 15 CHECK (answer_within_minutes BETWEEN 1 AND 10080)
);
CALL isolate('queues');

-- How much one person takes, over all businesses; without a row: 20, and available while they are here.
CREATE TABLE agents (
    user_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    availability text NOT NULL DEFAULT 'available' CHECK (availability IN ('available', 'busy', 'away')),
    capacity integer NOT NULL DEFAULT 20 CHECK (capacity BETWEEN 0 AND 1000),
    seen_at timestamptz,                    -- when a page of theirs last said that it is there
    given_at timestamptz,                   -- when they last got a conversation by turn
    FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
);
ALTER TABLE agents ENABLE ROW LEVEL SECURITY;
ALTER TABLE agents FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON agents TO serai_engine USING (true);
CREATE POLICY company ON agents TO serai_api
    USING (organization_id IN (SELECT organization_id FROM serai.businesses));

ALTER TABLE conversations
    ADD COLUMN assignee_id uuid REFERENCES users,
    ADD COLUMN team_id uuid,
    ADD COLUMN assigned_at timestamptz,
    ADD COLUMN snoozed_until timestamptz,   -- null while snoozed: until they write
    ADD FOREIGN KEY (business_id, team_id) REFERENCES teams (business_id, id) ON DELETE SET NULL (team_id);
CREATE INDEX conversations_by_assignee ON conversations (assignee_id, status, last_activity_at DESC, id)
    WHERE assignee_id IS NOT NULL;
CREATE INDEX conversations_by_status ON conversations (business_id, status, last_activity_at DESC, id);
CREATE INDEX conversations_waiting ON conversations (waiting_since, id)
    WHERE status = 'open' AND handled_by = 'people' AND assignee_id IS NULL;
CREATE INDEX conversations_to_wake ON conversations (snoozed_until)
    WHERE status = 'snoozed' AND snoozed_until IS NOT NULL;
CREATE INDEX conversations_by_contact ON conversations (contact_id, opened_at);

-- The people whom businesses' packs name so far become teams; who is in them is for their owners to say.
INSERT INTO teams (id, business_id, name, created_at)
SELECT gen_random_uuid(), id, btrim(team), now() FROM businesses WHERE btrim(team) <> '';
UPDATE conversations SET team_id = teams.id
  FROM teams WHERE teams.business_id = conversations.business_id AND lower(teams.name) = lower(conversations.team);

ALTER TABLE messages ADD COLUMN author_id uuid; -- the person of ours who wrote it; null: none, or not known

-- What was done to a conversation and by whom, as its thread tells it.
CREATE TABLE conversation_lines (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'key', 'automation', 'contact', 'system')),
    actor_id uuid,
    detail jsonb NOT NULL DEFAULT '{}',
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversations (business_id, id) DEFERRABLE
);
CREATE INDEX conversation_lines_by_time ON conversation_lines (conversation_id, at DESC, id);
CALL isolate('conversation_lines');

-- For colleagues only: a note is no message, has no channel, and nothing that sends looks here.
CREATE TABLE notes (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    author_id uuid NOT NULL,                -- a user, or the key that acted
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
    at timestamptz NOT NULL,
    UNIQUE (business_id, id),
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversations (business_id, id) DEFERRABLE
);
CREATE INDEX notes_by_time ON notes (conversation_id, at DESC, id);
CALL isolate('notes');

CREATE TABLE mentions (
    business_id uuid NOT NULL,
    note_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    at timestamptz NOT NULL,
    read_at timestamptz,
    PRIMARY KEY (note_id, user_id),
    FOREIGN KEY (business_id, note_id) REFERENCES notes (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversations (business_id, id) DEFERRABLE
);
CREATE INDEX mentions_by_user ON mentions (user_id, at DESC);
CREATE INDEX mentions_by_conversation ON mentions (conversation_id, user_id);
CALL isolate('mentions');

-- Who looks at or writes in a conversation now. Worth nothing after a crash, so it need not survive one.
CREATE UNLOGGED TABLE presence (
    business_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    doing text NOT NULL CHECK (doing IN ('viewing', 'typing')),
    until timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, user_id)
);
CREATE INDEX presence_over ON presence (until);
CALL isolate('presence');

CALL audited('teams');
CALL audited('team_members');
CALL audited('queues');
CALL audited('agents', ignored => '{seen_at,given_at}');
