-- Canned replies: texts that people of the team put into what they write.
-- Beside it stands sqlite/0023_canned.sql with the same table, columns and indexes.

CREATE TABLE canned (
  id UUID PRIMARY KEY,
  -- Who wrote it.
  person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  -- Whether the whole team has it.
  shared BOOLEAN NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX canned_shared ON canned (name_folded) WHERE shared;
CREATE UNIQUE INDEX canned_own ON canned (person_id, name_folded) WHERE NOT shared;
