-- Tags: one vocabulary per business, for people and for conversations.
CREATE TABLE tags (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL REFERENCES businesses,
    name text NOT NULL CHECK (name = btrim(name) AND length(name) BETWEEN 1 AND 40),
    colour text NOT NULL DEFAULT 'grey' CHECK (colour IN
        ('grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink')),
    created_at timestamptz NOT NULL,
    UNIQUE (business_id, id)
);
CREATE UNIQUE INDEX tags_by_name ON tags (business_id, lower(name));
CALL isolate('tags');

CREATE TABLE contact_tags (
    business_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    tagged_at timestamptz NOT NULL,
    PRIMARY KEY (contact_id, tag_id),
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, tag_id) REFERENCES tags (business_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_tags_by_tag ON contact_tags (tag_id, contact_id);
CALL isolate('contact_tags');

CALL audited('tags');
