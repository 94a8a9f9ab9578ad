-- Canned replies: texts that people of the team put into what they write.
-- Beside it stands postgres/0023_canned.sql with the same table, columns and indexes.

CREATE TABLE canned (
  id BLOB PRIMARY KEY,
  -- Who wrote it.
  person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  -- Whether the whole team has it.
  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX canned_shared ON canned (name_folded) WHERE shared;
CREATE UNIQUE INDEX canned_own ON canned (person_id, name_folded) WHERE NOT shared;
