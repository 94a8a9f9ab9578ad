-- Saved views: lists of the inbox, with their filters and order, under a name.
-- Beside it stands sqlite/0027_saved_views.sql with the same table, columns and indexes.

CREATE TABLE saved_views (
  id UUID PRIMARY KEY,
  -- Who saved it.
  person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  -- Whether the whole team has it.
  shared BOOLEAN NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  -- What it shows, as it stands in an address.
  query TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX saved_views_shared ON saved_views (name_folded) WHERE shared;
CREATE UNIQUE INDEX saved_views_own ON saved_views (person_id, name_folded) WHERE NOT shared;
