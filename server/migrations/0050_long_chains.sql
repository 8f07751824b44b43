-- Whether a piece of a company's chain holds: at most `many` entries, those behind the one that has the number `after`
-- and the hash `before`. Where fewer are left it also says whether the chain ends as it should. Walked piece by piece,
-- so that a chain of years is looked at in short transactions; verify_audit(uuid) is for the version before.
CREATE FUNCTION serai.verify_audit(organization uuid, after bigint, before bytea, many integer)
RETURNS TABLE (entries bigint, number bigint, hash bytea, broken_at bigint)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    WITH piece AS (
        SELECT entry.number, entry.previous_hash, entry.hash, serai.audit_hash(entry, entry.previous_hash) AS computed
          FROM serai.audit_entries AS entry
         WHERE entry.organization_id = organization AND entry.stage = 'sealed' AND entry.number > after
         ORDER BY entry.number
         LIMIT many
    ), links AS (
        SELECT piece.*, lag(piece.hash, 1, before) OVER ordered AS hash_before,
               lag(piece.number, 1, after) OVER ordered AS number_before
          FROM piece
        WINDOW ordered AS (ORDER BY piece.number)
    ), last AS (
        SELECT piece.number, piece.hash FROM piece
         UNION ALL
        SELECT after, before
         ORDER BY 1 DESC
         LIMIT 1
    )
    SELECT (SELECT count(*) FROM piece), last.number, last.hash,
           coalesce((SELECT min(links.number) FROM links
                      WHERE links.hash <> computed OR previous_hash <> hash_before OR links.number <> number_before + 1),
                    (SELECT ended.number FROM serai.audit_chains AS ended
                      WHERE ended.organization_id = organization AND (SELECT count(*) FROM piece) < many
                            AND (ended.number, ended.hash) IS DISTINCT FROM (last.number, last.hash)))
      FROM last
$$;
GRANT CREATE ON SCHEMA serai TO serai_engine;
ALTER FUNCTION serai.verify_audit(uuid, bigint, bytea, integer) OWNER TO serai_engine;
REVOKE CREATE ON SCHEMA serai FROM serai_engine;
