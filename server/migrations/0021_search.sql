-- Finding what was said: any part of a word, in any script, with or without its accents.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA serai;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA serai;
SET LOCAL search_path = serai, public;      -- where somebody may have put the extensions before

-- Each of the two names its dictionary, so that an index may rely on it.
DO $$
DECLARE home text := (SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'unaccent');
BEGIN
    EXECUTE format($f$
        CREATE FUNCTION serai.findable(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
        AS $b$ SELECT lower(%1$s.unaccent('%1$s.unaccent'::regdictionary, words)) $b$ $f$, home);
END $$;

-- What of a content people read. Reactions and calls are no words.
CREATE FUNCTION serai.words_of(content jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(concat_ws(' ', content ->> 'body', content ->> 'caption', content ->> 'title',
                          content #>> '{file,name}', content ->> 'address',
                          CASE WHEN content ->> 'type' = 'location' THEN content ->> 'name' END), 4096)
$$;

CREATE INDEX messages_by_words ON messages
    USING gin (serai.findable(serai.words_of(content)) gin_trgm_ops);
CREATE INDEX revisions_by_words ON message_revisions
    USING gin (serai.findable(serai.words_of(content)) gin_trgm_ops) WHERE content IS NOT NULL;
CREATE INDEX contacts_by_findable_name ON contacts USING gin (serai.findable(name) gin_trgm_ops);
CREATE INDEX messages_by_time ON messages ((coalesce(sent_at, created_at)) DESC, id DESC);

-- Row-level security keeps a condition on words from an index, for it must not see others' rows first. So
-- these two see to it themselves that they answer of the visible businesses alone, and answer ids alone.
-- The patterns are folded as `findable` folds, and escaped for LIKE; all of them must fit.
CREATE FUNCTION serai.all_fit(patterns text[], words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(format('serai.findable(%s) LIKE %L', words, pattern), ' AND '), 'false')
      FROM unnest(patterns) AS pattern
$$;

CREATE FUNCTION serai.find_messages(
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
        all_fit(patterns, 'serai.words_of(messages.content)'),
        all_fit(patterns, 'serai.words_of(revised.content)'),
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

CREATE FUNCTION serai.find_contacts(patterns text[], of_business uuid, most integer) RETURNS TABLE (id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = serai, public AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        SELECT contacts.id
          FROM contacts
         WHERE %s AND contacts.business_id = ANY (visible_businesses())
           AND ($2 IS NULL OR contacts.business_id = $2)
         ORDER BY contacts.name, contacts.id
         LIMIT $3 $q$, all_fit(patterns, 'contacts.name'))
    USING patterns, of_business, most;
END $$;
