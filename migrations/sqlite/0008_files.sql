-- Files of messages and notes: who sent which, to which thread. Their bytes are in the file store,
-- under the row's id. Beside it stands postgres/0008_files.sql with the same table and columns.

-- Whether any message or note of a thread has a file: for the team's lists alone.
ALTER TABLE threads ADD COLUMN has_file INTEGER NOT NULL DEFAULT 0 CHECK (has_file IN (0, 1));

CREATE TABLE attachments (
  id BLOB NOT NULL PRIMARY KEY,
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  -- The message or note that it came with; missing until that is posted.
  message_id BLOB REFERENCES messages (id) ON DELETE CASCADE,
  uploader_id BLOB NOT NULL REFERENCES people (id),
  -- Its place among the files of its message.
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  -- SHA-256 of the bytes: the same files sent again are the same message.
  hash BLOB NOT NULL,
  -- The size of its small image, if it has one.
  thumb_width INTEGER,
  thumb_height INTEGER,
  created_at INTEGER NOT NULL,
  CHECK ((thumb_width IS NULL) = (thumb_height IS NULL))
) STRICT;
CREATE INDEX attachments_message ON attachments (message_id, place) WHERE message_id IS NOT NULL;
CREATE INDEX attachments_staged ON attachments (created_at) WHERE message_id IS NULL;
CREATE INDEX attachments_uploader ON attachments (uploader_id) WHERE message_id IS NULL;
CREATE INDEX attachments_thread ON attachments (thread_id);
