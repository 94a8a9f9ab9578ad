-- Saved views: lists of the inbox, with their filters and order, under a name.
-- Beside it stands postgres/0027_saved_views.sql with the same table, columns and indexes.

CREATE TABLE saved_views (
  id BLOB PRIMARY KEY,
  -- Who saved it.
  person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  -- Whether the whole team has it.
  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  -- What it shows, as it stands in an address.
  query TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_views_shared ON saved_views (name_folded) WHERE shared;
CREATE UNIQUE INDEX saved_views_own ON saved_views (person_id, name_folded) WHERE NOT shared;
