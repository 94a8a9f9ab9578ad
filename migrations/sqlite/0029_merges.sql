-- Threads that were merged into others of the same customer, and what it takes to undo it.
-- Beside it stands postgres/0029_merges.sql with the same tables, columns and indexes.

-- The thread in which this one goes on, while it is merged.
ALTER TABLE threads ADD COLUMN merged_into BLOB REFERENCES threads (id) ON DELETE SET NULL;
CREATE INDEX threads_merged ON threads (merged_into) WHERE merged_into IS NOT NULL;

-- Whether an entry was written in another thread: what it counts for, it counts for there.
ALTER TABLE messages ADD COLUMN moved_in INTEGER NOT NULL DEFAULT 0 CHECK (moved_in IN (0, 1));

CREATE TABLE merges (
  id BLOB NOT NULL PRIMARY KEY,
  source_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  target_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  merged_by BLOB NOT NULL REFERENCES people (id),
  merged_at INTEGER NOT NULL,
  -- How both stood before, as JSON: never a text.
  was TEXT NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE UNIQUE INDEX merges_standing ON merges (source_id) WHERE undone_at IS NULL;
CREATE INDEX merges_source ON merges (source_id);
CREATE INDEX merges_target ON merges (target_id);

-- Each entry that a merge moved: what stands for it in the source, and what it became in the target.
CREATE TABLE moved (
  copy_id BLOB NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  source_id BLOB NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  merge_id BLOB NOT NULL REFERENCES merges (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX moved_source ON moved (source_id);
CREATE INDEX moved_merge ON moved (merge_id);
