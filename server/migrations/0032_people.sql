-- Two tags that mean one thing: who had the one has the other. What names the gone one later (a replay of what
-- was once decided) finds the kept one here.
CREATE TABLE tag_merges (
    business_id uuid NOT NULL,
    gone_id uuid NOT NULL,
    kept_id uuid NOT NULL,
    PRIMARY KEY (business_id, gone_id),
    FOREIGN KEY (business_id, kept_id) REFERENCES tags (business_id, id) ON DELETE CASCADE
);
CALL isolate('tag_merges');
CALL audited('tag_merges');

-- As deleting a tag takes it off everything that has it, so this moves it, whoever owns those rows.
CREATE FUNCTION move_tag() RETURNS trigger LANGUAGE plpgsql SET search_path = serai AS $$
BEGIN
    UPDATE tag_merges SET kept_id = new.kept_id
     WHERE business_id = new.business_id AND kept_id = new.gone_id;
    INSERT INTO contact_tags (business_id, contact_id, tag_id, tagged_at)
    SELECT business_id, contact_id, new.kept_id, tagged_at FROM contact_tags WHERE tag_id = new.gone_id
        ON CONFLICT DO NOTHING;
    INSERT INTO conversation_tags (business_id, conversation_id, tag_id, tagged_at)
    SELECT business_id, conversation_id, new.kept_id, tagged_at FROM conversation_tags WHERE tag_id = new.gone_id
        ON CONFLICT DO NOTHING;
    UPDATE contact_merges SET tag_ids = array_replace(tag_ids, new.gone_id, new.kept_id)
     WHERE business_id = new.business_id AND new.gone_id = ANY (tag_ids);
    UPDATE views SET search = jsonb_set(search, '{tag}', to_jsonb(new.kept_id))
     WHERE search ->> 'tag' = new.gone_id::text;
    DELETE FROM tags WHERE id = new.gone_id;
    RETURN NULL;
END $$;
CREATE TRIGGER moved AFTER INSERT ON tag_merges FOR EACH ROW EXECUTE FUNCTION move_tag();

-- Whom a number does not hear. Meta keeps the list itself; this says who put them on it, and when.
CREATE TABLE channel_blocks (
    id uuid PRIMARY KEY,
    business_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    blocked_at timestamptz NOT NULL,
    blocked_by text NOT NULL,
    lifted_at timestamptz,
    lifted_by text,
    FOREIGN KEY (business_id, channel_id) REFERENCES channels (business_id, id),
    FOREIGN KEY (business_id, contact_id) REFERENCES contacts (business_id, id) DEFERRABLE
);
CREATE UNIQUE INDEX channel_blocks_standing ON channel_blocks (channel_id, contact_id) WHERE lifted_at IS NULL;
CREATE INDEX channel_blocks_of_contact ON channel_blocks (contact_id);
CALL isolate('channel_blocks');
CALL audited('channel_blocks');
