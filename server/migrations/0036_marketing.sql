-- What somebody last said to marketing, beside their name: a list of 100,000 people is narrowed by it at once. The
-- records stay the truth; this follows them.
ALTER TABLE contacts
    ADD COLUMN marketing text NOT NULL DEFAULT 'unknown' CHECK (marketing IN ('yes', 'no', 'unknown'));
UPDATE contacts SET marketing = CASE WHEN said.granted THEN 'yes' ELSE 'no' END
  FROM (SELECT DISTINCT ON (contact_id) contact_id, granted FROM consent_records
         WHERE purpose = 'marketing' ORDER BY contact_id, id DESC) AS said
 WHERE said.contact_id = contacts.id;
CREATE INDEX contacts_by_marketing ON contacts (business_id, marketing)
    WHERE marketing <> 'unknown' AND archived_at IS NULL;

CREATE FUNCTION follow_consent() RETURNS trigger LANGUAGE plpgsql SET search_path = serai AS $$
BEGIN
    UPDATE contacts SET marketing = CASE WHEN said.granted THEN 'yes' ELSE 'no' END
      FROM (SELECT DISTINCT ON (contact_id) contact_id, granted FROM new_records
             WHERE purpose = 'marketing' ORDER BY contact_id, id DESC) AS said
     WHERE contacts.id = said.contact_id;
    RETURN NULL;
END $$;
CREATE TRIGGER followed AFTER INSERT ON consent_records REFERENCING NEW TABLE AS new_records
    FOR EACH STATEMENT EXECUTE FUNCTION follow_consent();
