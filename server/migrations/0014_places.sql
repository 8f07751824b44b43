-- Where people said they are: the last place that each shared.
CREATE TABLE contact_places (
    contact_id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    latitude double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),     -- degrees
    longitude double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180), -- degrees
    at timestamptz NOT NULL,
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CALL isolate('contact_places');

-- Great-circle distance in kilometres on a sphere of 6,371 km; off by at most 0.6 %.
CREATE FUNCTION kilometres_between(
    lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision
) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 2 * 6371 * asin(least(1, sqrt(
        sind((lat2 - lat1) / 2) ^ 2 + cosd(lat1) * cosd(lat2) * sind((lon2 - lon1) / 2) ^ 2)))
$$;
