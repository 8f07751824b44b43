-- Tags on conversations; the list of tags is the business's own.
CREATE TABLE conversation_tags (
    business_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    tagged_at timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, tag_id),
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversations (business_id, id) DEFERRABLE,
    FOREIGN KEY (business_id, tag_id) REFERENCES tags (business_id, id) ON DELETE CASCADE
);
CREATE INDEX conversation_tags_by_tag ON conversation_tags (tag_id, conversation_id);
CALL isolate('conversation_tags');
