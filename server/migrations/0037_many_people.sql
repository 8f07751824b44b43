-- Changes to many people that can be taken back, tabs that leave alone, and orders that were left to chance.

-- What a change to many really changed, so that taking it back touches nothing else.
CREATE TABLE contact_job_changes (
    job_id uuid NOT NULL,
    business_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    tag_id uuid,                            -- null: the contact itself was archived
    tagged_at timestamptz,                  -- of a tag that was taken off: since when they had it
    FOREIGN KEY (business_id, job_id) REFERENCES contact_jobs (business_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_job_changes_by_job ON contact_job_changes (job_id, contact_id);
CALL isolate('contact_job_changes');
ALTER TABLE contact_jobs
    DROP CONSTRAINT contact_jobs_state_check,
    ADD CONSTRAINT contact_jobs_state_check CHECK (state IN (
        'uploaded', 'checking', 'checked', 'running', 'done', 'cancelled', 'failed', 'undoing', 'undone'));

-- Somebody has a conversation before them in several tabs, and closes one.
ALTER TABLE presence
    ADD COLUMN page text NOT NULL DEFAULT '',
    DROP CONSTRAINT presence_pkey,
    ADD PRIMARY KEY (conversation_id, user_id, page);

-- By which tags a conversation has one: after two were merged, taking the one off that was gone before must leave
-- the other, in a replay as it did then.
ALTER TABLE conversation_tags ADD COLUMN given_as uuid[] NOT NULL DEFAULT '{}';
UPDATE conversation_tags SET given_as = ARRAY[tag_id];
ALTER TABLE tag_merges
    ADD COLUMN merged_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN into_id uuid,                -- what it became first; `kept_id` is what that is now
    ADD COLUMN kept_since timestamptz NOT NULL DEFAULT now();
UPDATE tag_merges SET into_id = kept_id;
ALTER TABLE tag_merges ALTER COLUMN into_id SET NOT NULL;

CREATE OR REPLACE FUNCTION move_tag() RETURNS trigger LANGUAGE plpgsql SET search_path = serai AS $$
BEGIN
    UPDATE tag_merges SET kept_id = new.kept_id, kept_since = new.merged_at
     WHERE business_id = new.business_id AND kept_id = new.gone_id;
    INSERT INTO contact_tags (business_id, contact_id, tag_id, tagged_at)
    SELECT business_id, contact_id, new.kept_id, tagged_at FROM contact_tags WHERE tag_id = new.gone_id
        ON CONFLICT DO NOTHING;
    INSERT INTO conversation_tags (business_id, conversation_id, tag_id, tagged_at, given_as)
    SELECT business_id, conversation_id, new.kept_id, tagged_at, given_as
      FROM conversation_tags WHERE tag_id = new.gone_id
        ON CONFLICT (conversation_id, tag_id)
        DO UPDATE SET given_as = conversation_tags.given_as || excluded.given_as;
    UPDATE contact_merges SET tag_ids = array_replace(tag_ids, new.gone_id, new.kept_id)
     WHERE business_id = new.business_id AND new.gone_id = ANY (tag_ids);
    UPDATE contact_job_changes SET tag_id = new.kept_id
     WHERE business_id = new.business_id AND tag_id = new.gone_id;
    UPDATE views SET search = jsonb_set(search, '{tag}', to_jsonb(new.kept_id))
     WHERE search ->> 'tag' = new.gone_id::text;
    DELETE FROM tags WHERE id = new.gone_id;
    RETURN NULL;
END $$;

-- Of two changes to a message within one second the later one counts: by their place in the log. A deletion is final.
ALTER TABLE message_revisions ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;

CREATE OR REPLACE FUNCTION serai.find_messages(
    patterns text[], of_business uuid, of_channel uuid, of_author text, with_file boolean, with_tag uuid,
    since timestamptz, until timestamptz, before_at timestamptz, before_id uuid, most integer
) RETURNS TABLE (id uuid, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = serai, public AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH said AS (
            (SELECT messages.id, coalesce(sent_at, created_at) AS at
               FROM messages
              WHERE %1$s AND %3$s
                AND NOT EXISTS (SELECT FROM message_revisions AS later
                                 WHERE later.channel_id = messages.channel_id
                                   AND later.meta_id = messages.meta_id)
              ORDER BY coalesce(sent_at, created_at) DESC, messages.id DESC
              LIMIT $11)
             UNION ALL
            (SELECT messages.id, coalesce(sent_at, created_at)
               FROM message_revisions AS revised
               JOIN messages
                 ON messages.channel_id = revised.channel_id AND messages.meta_id = revised.meta_id
              WHERE %2$s AND revised.content IS NOT NULL AND %3$s
                AND NOT EXISTS (SELECT FROM message_revisions AS later
                                 WHERE later.channel_id = revised.channel_id
                                   AND later.meta_id = revised.meta_id
                                   AND (later.at, later.content IS NULL, later.seq) > (revised.at, false, revised.seq))
              ORDER BY coalesce(sent_at, created_at) DESC, messages.id DESC
              LIMIT $11))
        SELECT said.id, said.at FROM said ORDER BY said.at DESC, said.id DESC LIMIT $11 $q$,
        all_fit(patterns, 'messages.words'),
        all_fit(patterns, 'revised.words'),
        $c$ messages.business_id = ANY (visible_businesses())
            AND messages.undone_at IS NULL
            AND ($2 IS NULL OR messages.business_id = $2)
            AND ($3 IS NULL OR messages.channel_id = $3)
            AND ($4 IS NULL OR messages.author_kind = $4)
            AND (NOT $5 OR messages.content ? 'file')
            AND ($6 IS NULL OR EXISTS (SELECT FROM conversation_tags
                                        WHERE conversation_tags.conversation_id = messages.conversation_id
                                          AND conversation_tags.tag_id = $6))
            AND ($7 IS NULL OR coalesce(sent_at, created_at) >= $7)
            AND ($8 IS NULL OR coalesce(sent_at, created_at) < $8)
            AND ($9 IS NULL OR (coalesce(sent_at, created_at), messages.id) < ($9, $10)) $c$)
    USING patterns, of_business, of_channel, of_author, with_file, with_tag, since, until, before_at,
          before_id, most;
END $$;
