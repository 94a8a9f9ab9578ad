-- What people of the team are writing. A draft goes with its thread, and when it is sent.
-- Beside it stands sqlite/0022_drafts.sql with the same table, columns and indexes.

CREATE TABLE drafts (
  person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('reply', 'note')),
  text TEXT NOT NULL,
  -- The thread's staff number when it was begun.
  began BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person_id, thread_id, kind)
);
CREATE INDEX drafts_thread ON drafts (thread_id);
CREATE INDEX drafts_person ON drafts (person_id, at);
