-- What is looked for is kept folded beside what was said: to fold each row anew while searching took a second
-- for two words of which one is common, and three for two letters.
SET LOCAL search_path = serai, public;

ALTER TABLE messages
    ADD COLUMN words text GENERATED ALWAYS AS (serai.findable(serai.words_of(content))) STORED;
ALTER TABLE message_revisions
    ADD COLUMN words text GENERATED ALWAYS AS (serai.findable(serai.words_of(content))) STORED;
ALTER TABLE contacts
    ADD COLUMN findable_name text GENERATED ALWAYS AS (serai.findable(name)) STORED;

DROP INDEX messages_by_words, revisions_by_words, contacts_by_findable_name;
CREATE INDEX messages_by_words ON messages USING gin (words gin_trgm_ops);
CREATE INDEX revisions_by_words ON message_revisions USING gin (words gin_trgm_ops) WHERE content IS NOT NULL;
CREATE INDEX contacts_by_findable_name ON contacts USING gin (findable_name gin_trgm_ops);

CREATE OR REPLACE FUNCTION serai.all_fit(patterns text[], words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(format('%s LIKE %L', words, pattern), ' AND '), 'false')
      FROM unnest(patterns) AS pattern
$$;

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
                                   AND (later.at, later.revision) > (revised.at, revised.revision))
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

CREATE OR REPLACE FUNCTION serai.find_contacts(patterns text[], of_business uuid, most integer) RETURNS TABLE (id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = serai, public AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        SELECT contacts.id
          FROM contacts
         WHERE %s AND contacts.business_id = ANY (visible_businesses())
           AND ($2 IS NULL OR contacts.business_id = $2)
         ORDER BY contacts.name, contacts.id
         LIMIT $3 $q$, all_fit(patterns, 'contacts.findable_name'))
    USING patterns, of_business, most;
END $$;
