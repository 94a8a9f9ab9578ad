-- Tags: the words on each thread, and how many threads have each.
-- Beside it stands sqlite/0028_tags.sql with the same table and columns.

-- In order, each between spaces; empty where there is none.
ALTER TABLE threads ADD COLUMN tags TEXT NOT NULL DEFAULT '';

CREATE TABLE tags (
  name TEXT NOT NULL PRIMARY KEY,
  threads BIGINT NOT NULL
);
