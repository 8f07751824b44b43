-- Templates as Meta knows them: per account, with their components and what Meta says of them.
ALTER TABLE templates
    ADD COLUMN account_id text NOT NULL DEFAULT '',     -- WhatsApp Business Account; empty: of whichever the business connects
    ADD COLUMN meta_id text,                            -- null: Meta does not have it
    ADD COLUMN components jsonb NOT NULL DEFAULT '[]',  -- in Meta's form
    ADD COLUMN parameter_format text NOT NULL DEFAULT 'POSITIONAL',
    ADD COLUMN fallbacks jsonb NOT NULL DEFAULT '{}',   -- what is said where a value is missing, by place
    ADD COLUMN quality text,                            -- GREEN, YELLOW, RED or UNKNOWN
    ADD COLUMN reason text,                             -- why it was rejected: Meta's name for it, or its words
    ADD COLUMN previous_category text,
    ADD COLUMN correct_category text,                   -- announced by Meta, not yet true
    ADD COLUMN paused_until timestamptz,
    ADD COLUMN status_at timestamptz,                   -- by Meta's clock: what is older changes nothing
    ADD COLUMN category_at timestamptz,                 -- the same, of the category
    ADD COLUMN synced_at timestamptz,
    ADD CONSTRAINT templates_name UNIQUE (business_id, account_id, name, language),
    DROP CONSTRAINT templates_business_id_name_language_key,
    DROP CONSTRAINT templates_category_check;           -- the list of categories is Meta's

UPDATE templates
   SET components = CASE WHEN header IS NULL THEN '[]'::jsonb
                         ELSE jsonb_build_array(jsonb_build_object('type', 'HEADER', 'format', 'TEXT',
                                                                   'text', header)) END
                    || jsonb_build_array(jsonb_build_object('type', 'BODY', 'text', body));

ALTER TABLE templates DROP COLUMN header, DROP COLUMN body;

-- Few of many, and asked for with every message: those that may not go, or not to everyone any more.
CREATE INDEX templates_to_mind ON templates (business_id)
    WHERE status <> 'APPROVED' OR previous_category IS NOT NULL;
