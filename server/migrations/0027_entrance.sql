-- Who comes by the company's own provider may have shown two factors there; what is over is swept out.
ALTER TABLE sessions ADD COLUMN is_twofold boolean NOT NULL DEFAULT false;  -- the provider said so

CREATE INDEX provider_identities_by_user ON provider_identities (user_id);

-- How each row is found when it is over.
CREATE INDEX sessions_by_end ON sessions (least(expires_at, ended_at));
CREATE INDEX one_time_tokens_by_end ON one_time_tokens (expires_at);
CREATE INDEX sign_in_attempts_by_last ON sign_in_attempts (last_at);
CREATE INDEX mails_by_end ON mails (coalesce(sent_at, failed_at)) WHERE sent_at IS NOT NULL OR failed_at IS NOT NULL;
