-- A kind of channel joins by its code alone: which there are, the registry in `meta.capabilities` says.
ALTER TABLE channels DROP CONSTRAINT channels_kind_check;
ALTER TABLE channels ADD CONSTRAINT channels_kind_check CHECK (kind ~ '^[a-z][a-z_]{1,30}$') NOT VALID;
ALTER TABLE channels VALIDATE CONSTRAINT channels_kind_check;
COMMENT ON COLUMN channels.meta_id IS 'Meta''s id of the number, page or account';
COMMENT ON COLUMN channels.account_id IS 'Meta''s id of what it belongs to: for a number, the WhatsApp Business Account';

-- In which language people are written to who have not chosen one themselves.
ALTER TABLE invitations ADD COLUMN language text;   -- as who invites chose; null: as who invites reads
ALTER TABLE push_devices ADD COLUMN language text;  -- as the browser asked when it was added
