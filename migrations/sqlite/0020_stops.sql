-- Keys that mails carry, with which their reader ends mails about a thread (RFC 8058).
-- Beside it stands postgres/0020_stops.sql with the same table, columns and indexes.

CREATE TABLE stops (
  -- SHA-256 of the key.
  hash BLOB NOT NULL PRIMARY KEY,
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX stops_thread ON stops (thread_id);
CREATE INDEX stops_person ON stops (person_id);
CREATE INDEX stops_created ON stops (created_at);
