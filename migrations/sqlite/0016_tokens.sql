-- API tokens: what programs act with in somebody's name.
-- Beside it stands postgres/0016_tokens.sql with the same table, columns and indexes.

CREATE TABLE tokens (
  id BLOB NOT NULL PRIMARY KEY,
  person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- A JSON list of scope words.
  scopes TEXT NOT NULL,
  -- SHA-256 of the secret.
  hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- The hour in which it was used last.
  used_at INTEGER
) STRICT;
CREATE INDEX tokens_person ON tokens (person_id);
CREATE INDEX tokens_expires ON tokens (expires_at);
