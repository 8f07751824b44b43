-- How many rows PostgreSQL expects of a statement; nothing is read for it. (EXPLAIN wants a volatile function.)
CREATE FUNCTION serai.expected_rows(statement text) RETURNS double precision
LANGUAGE plpgsql VOLATILE SET search_path = serai, public AS $$
DECLARE plan jsonb;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || statement INTO plan;
    RETURN plan -> 0 -> 'Plan' -> 'Plan Rows';
END $$;

-- Conversations by a part of a name or of what was said, within what the caller may see, in the order of their list.
-- Row-level security keeps the words' indexes from a condition in a caller's own statement, and to look into each
-- conversation takes a second where a million messages are stored. Few names or messages that fit are found by their
-- words; where many do, the list is walked until it is full. Of words without three letters in a row no index knows:
-- the first conversations of the list are looked into, as many as take no time that anybody notices.
CREATE FUNCTION serai.find_conversations(
    patterns text[], of_lookup bytea, of_business uuid, of_status text, of_assignee uuid, of_nobody boolean,
    of_team uuid, of_channel uuid, only_unread boolean, with_tag uuid, mentioning uuid,
    sort text, after_at timestamptz, after_id uuid, most integer
) RETURNS TABLE (id uuid, sort_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = serai, public AS $$
DECLARE
    few constant integer := 5000;           -- rows: their conversations are looked up in some milliseconds
    first_ones constant integer := 2000;    -- conversations
    is_indexed constant boolean := EXISTS (SELECT FROM unnest(patterns) AS pattern WHERE pattern ~ '[[:alnum:]]{3}');
    direction text := CASE sort WHEN 'newest' THEN 'DESC' ELSE 'ASC' END;
    sorted_by text := CASE sort
        WHEN 'waiting' THEN $s$ coalesce(conversations.waiting_since,
                                         conversations.last_activity_at + interval '1000 years') $s$
        ELSE 'conversations.last_activity_at' END;
    listed text := format($c$
        SELECT conversations.id, %1$s AS sort_at
          FROM conversations
         WHERE conversations.business_id = ANY (visible_businesses())
           AND ($2 IS NULL OR conversations.business_id = $2)
           AND ($3 IS NULL OR conversations.status = $3)
           AND ($4 IS NULL OR conversations.assignee_id = $4)
           AND (NOT $5 OR conversations.assignee_id IS NULL)
           AND ($6 IS NULL OR conversations.team_id = $6)
           AND ($7 IS NULL OR conversations.channel_id = $7)
           AND (NOT $8 OR conversations.unread_count > 0)
           AND ($9 IS NULL OR EXISTS (SELECT FROM conversation_tags
                                       WHERE conversation_tags.conversation_id = conversations.id
                                         AND conversation_tags.tag_id = $9))
           AND ($10 IS NULL OR EXISTS (SELECT FROM mentions
                                        WHERE mentions.conversation_id = conversations.id
                                          AND mentions.user_id = $10))
           AND ($11 IS NULL OR (%1$s, conversations.id) %2$s ($11, $12)) $c$,
        sorted_by, CASE sort WHEN 'newest' THEN '<' ELSE '>' END);
    in_order text := format(' ORDER BY sort_at %1$s, id %1$s ', direction);
    ones text := listed || ' AND %s ' || in_order || ' LIMIT $13';
    -- OFFSET 0: in this order, one by one.
    walked text := 'SELECT id, sort_at FROM (' || listed || in_order
                   || CASE WHEN is_indexed THEN 'OFFSET 0' ELSE 'LIMIT ' || first_ones END
                   || ') AS walked WHERE EXISTS (%s OFFSET 0) ' || in_order || ' LIMIT $13';
    named text := all_fit(patterns, 'contacts.findable_name');
    worded text := all_fit(patterns, 'messages.words');
    current text := $c$ messages.undone_at IS NULL
        AND NOT EXISTS (SELECT FROM message_revisions AS later
                         WHERE later.channel_id = messages.channel_id AND later.meta_id = messages.meta_id) $c$;
BEGIN
    RETURN QUERY EXECUTE format('SELECT * FROM ((%s) UNION (%s) UNION (%s) UNION (%s)) AS found %s LIMIT $13',
        CASE WHEN is_indexed AND expected_rows('SELECT FROM contacts WHERE ' || named) < few
             THEN format(ones, 'conversations.contact_id IN (SELECT contacts.id FROM contacts WHERE ' || named || ')')
             -- By their id once more: all that is sorted is in an index then.
             ELSE format(walked, 'SELECT FROM conversations AS own JOIN contacts ON contacts.id = own.contact_id '
                                 'WHERE own.id = walked.id AND ' || named) END,
        CASE WHEN is_indexed AND expected_rows('SELECT FROM messages WHERE ' || worded) < few
             THEN format(ones, format('conversations.id IN (SELECT messages.conversation_id FROM messages WHERE %s AND %s)',
                                      worded, current))
             ELSE format(walked, format('SELECT FROM messages WHERE messages.conversation_id = walked.id AND %s AND %s',
                                        worded, current)) END,
        format(ones, 'conversations.contact_id IN (SELECT contact_identities.contact_id FROM contact_identities '
                     'WHERE contact_identities.lookup = $1)'),
        format(ones, $c$ conversations.id IN
            (SELECT messages.conversation_id
               FROM message_revisions AS revised
               JOIN messages ON messages.channel_id = revised.channel_id AND messages.meta_id = revised.meta_id
              WHERE $14 AND revised.content IS NOT NULL AND messages.undone_at IS NULL
                AND NOT EXISTS (SELECT FROM message_revisions AS later
                                 WHERE later.channel_id = revised.channel_id AND later.meta_id = revised.meta_id
                                   AND (later.at, later.revision) > (revised.at, revised.revision))
                AND $c$ || all_fit(patterns, 'revised.words') || ')'),
        in_order)
    USING of_lookup, of_business, of_status, of_assignee, of_nobody, of_team, of_channel, only_unread, with_tag,
          mentioning, after_at, after_id, most, is_indexed;
END $$;
