-- Somebody who writes is there as well; and what the list and the turns look for is found by index.
ALTER TABLE presence
    DROP COLUMN doing,
    ADD COLUMN typing_until timestamptz;

DROP INDEX conversations_waiting;
CREATE INDEX conversations_for_turns ON conversations ((coalesce(waiting_since, last_activity_at)), id)
    WHERE status = 'open' AND handled_by = 'people' AND assignee_id IS NULL;
CREATE INDEX conversations_by_recency ON conversations (status, last_activity_at DESC, id DESC);
CREATE INDEX conversations_by_team ON conversations (team_id, status, last_activity_at DESC, id)
    WHERE team_id IS NOT NULL;
