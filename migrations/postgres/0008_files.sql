-- Files of messages and notes: who sent which, to which thread. Their bytes are in the file store,
-- under the row's id. Beside it stands sqlite/0008_files.sql with the same table and columns.

-- Whether any message or note of a thread has a file: for the team's lists alone.
ALTER TABLE threads ADD COLUMN has_file BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE attachments (
  id UUID NOT NULL PRIMARY KEY,
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  -- The message or note that it came with; missing until that is posted.
  message_id UUID REFERENCES messages (id) ON DELETE CASCADE,
  uploader_id UUID NOT NULL REFERENCES people (id),
  -- Its place among the files of its message.
  place BIGINT NOT NULL,
  name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  -- SHA-256 of the bytes: the same files sent again are the same message.
  hash BYTEA NOT NULL,
  -- The size of its small image, if it has one.
  thumb_width BIGINT,
  thumb_height BIGINT,
  created_at BIGINT NOT NULL,
  CHECK ((thumb_width IS NULL) = (thumb_height IS NULL))
);
CREATE INDEX attachments_message ON attachments (message_id, place) WHERE message_id IS NOT NULL;
CREATE INDEX attachments_staged ON attachments (created_at) WHERE message_id IS NULL;
CREATE INDEX attachments_uploader ON attachments (uploader_id) WHERE message_id IS NULL;
CREATE INDEX attachments_thread ON attachments (thread_id);
