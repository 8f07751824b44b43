-- What a business tells of itself: on pages, in templates and to whoever answers for it.
CREATE TABLE business_profiles (
    business_id uuid PRIMARY KEY REFERENCES businesses,
    address text,
    website text,
    email text,
    phone text,
    languages text[] NOT NULL DEFAULT '{}'  -- codes such as en and ar, those that its people answer in
);
CALL isolate('business_profiles');

CALL audited('business_profiles');
