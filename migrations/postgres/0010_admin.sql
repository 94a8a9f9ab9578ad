-- What the administrative pages tell: who changed a setting last.
-- Beside it stands sqlite/0010_admin.sql with the same columns.

ALTER TABLE settings ADD COLUMN changed_by UUID REFERENCES people (id);

-- Mails that need somebody's eye, and those that were not needed.
CREATE INDEX outbox_trouble ON outbox (state, created_at DESC, id DESC) WHERE state IN ('dead', 'deferred');
CREATE INDEX outbox_dropped ON outbox (created_at DESC, id DESC) WHERE state = 'dropped';
