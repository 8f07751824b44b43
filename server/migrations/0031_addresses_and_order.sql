-- Who cannot be reached at one address may be reached at another, and what was queued first goes first.
-- `lookup`: the blind index of the address that Meta could not reach; empty: whatever the address.
ALTER TABLE suppressions
    ADD COLUMN lookup bytea NOT NULL DEFAULT '',
    DROP CONSTRAINT suppressions_pkey,
    ADD PRIMARY KEY (business_id, contact_id, scope, lookup);

-- The order in which messages were queued, whichever worker's clock dated them.
ALTER TABLE sends ADD COLUMN seq bigint;
UPDATE sends SET seq = queued.seq
  FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS seq FROM sends) AS queued
 WHERE sends.id = queued.id;
ALTER TABLE sends
    ALTER COLUMN seq SET NOT NULL,
    ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY;
SELECT setval(pg_get_serial_sequence('serai.sends', 'seq'), coalesce((SELECT max(seq) FROM sends), 0) + 1, false);

DROP INDEX sends_waiting, sends_for_people, sends_needing_a_file;
CREATE INDEX sends_waiting ON sends (channel_id, priority, seq)
    WHERE state = 'waiting' AND not_before IS NULL;
CREATE INDEX sends_for_people ON sends (channel_id, priority, seq)
    WHERE state = 'waiting' AND waits_for = 'people';
CREATE INDEX sends_needing_a_file ON sends (contact_id, seq) WHERE state = 'waiting' AND needs_file;
