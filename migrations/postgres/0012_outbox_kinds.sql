-- The outbox takes mails about an assignment, and finds what refers to a row that goes.
-- Beside it stands sqlite/0012_outbox_kinds.sql with the same table.
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check
  CHECK (kind IN ('new_message', 'guest_started', 'guest_links', 'invitation', 'read_direct', 'assigned'));
CREATE INDEX outbox_joined ON outbox (joined_to) WHERE joined_to IS NOT NULL;
