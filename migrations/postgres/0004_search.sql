-- Searching. Beside it stands sqlite/0004_search.sql.

-- One row for each message and note that can be found. Numbers grow with the entries' time, so that
-- the newest are found first and a day is a range.
CREATE TABLE search_docs (
  number BIGINT NOT NULL PRIMARY KEY,
  message_id UUID NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
  thread_id UUID NOT NULL
);

-- The words alone, folded and cut by the program. Notes have an index of their own.
CREATE TABLE search_messages (
  number BIGINT NOT NULL PRIMARY KEY REFERENCES search_docs (number) ON DELETE CASCADE,
  words TSVECTOR NOT NULL
);
CREATE INDEX search_messages_words ON search_messages USING GIN (words);
CREATE TABLE search_notes (
  number BIGINT NOT NULL PRIMARY KEY REFERENCES search_docs (number) ON DELETE CASCADE,
  words TSVECTOR NOT NULL
);
CREATE INDEX search_notes_words ON search_notes USING GIN (words);
