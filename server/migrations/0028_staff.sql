-- Whether somebody has one of these roles at a business that the caller does not see.
CREATE FUNCTION works_out_of_sight(person uuid, roles text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (SELECT FROM serai.memberships
                    WHERE user_id = person AND role = ANY (roles) AND business_id IS NOT NULL
                      AND NOT business_id = ANY (coalesce(serai.visible_businesses(), '{}')))
$$;
GRANT CREATE ON SCHEMA serai TO serai_engine;
ALTER FUNCTION works_out_of_sight OWNER TO serai_engine;
REVOKE CREATE ON SCHEMA serai FROM serai_engine;
