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
