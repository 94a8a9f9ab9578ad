-- Threads that were merged into others of the same customer, and what it takes to undo it.
-- Beside it stands sqlite/0029_merges.sql with the same tables, columns and indexes.

-- The thread in which this one goes on, while it is merged.
ALTER TABLE threads ADD COLUMN merged_into UUID REFERENCES threads (id) ON DELETE SET NULL;
CREATE INDEX threads_merged ON threads (merged_into) WHERE merged_into IS NOT NULL;

-- Whether an entry was written in another thread: what it counts for, it counts for there.
ALTER TABLE messages ADD COLUMN moved_in BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE merges (
  id UUID NOT NULL PRIMARY KEY,
  source_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  target_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  merged_by UUID NOT NULL REFERENCES people (id),
  merged_at BIGINT NOT NULL,
  -- How both stood before, as JSON: never a text.
  was TEXT NOT NULL,
  undone_at BIGINT
);
CREATE UNIQUE INDEX merges_standing ON merges (source_id) WHERE undone_at IS NULL;
CREATE INDEX merges_source ON merges (source_id);
CREATE INDEX merges_target ON merges (target_id);

-- Each entry that a merge moved: what stands for it in the source, and what it became in the target.
CREATE TABLE moved (
  copy_id UUID NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  source_id UUID NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  merge_id UUID NOT NULL REFERENCES merges (id) ON DELETE CASCADE
);
CREATE INDEX moved_source ON moved (source_id);
CREATE INDEX moved_merge ON moved (merge_id);
