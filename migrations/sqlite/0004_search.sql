-- Searching. Beside it stands postgres/0004_search.sql.

-- One row for each message and note that can be found. Numbers grow with the entries' time, so that
-- the newest are found first and a day is a range.
CREATE TABLE search_docs (
  number INTEGER NOT NULL PRIMARY KEY,
  message_id BLOB NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
  thread_id BLOB NOT NULL
) STRICT;

-- The words alone, folded and cut by the program: the plain tokenizer parts them at spaces and cuts
-- nothing again. Notes have an index of their own.
CREATE VIRTUAL TABLE search_messages USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '3'
);
CREATE VIRTUAL TABLE search_notes USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '3'
);

CREATE TRIGGER search_docs_gone AFTER DELETE ON search_docs BEGIN
  DELETE FROM search_messages WHERE rowid = OLD.number;
  DELETE FROM search_notes WHERE rowid = OLD.number;
END;
