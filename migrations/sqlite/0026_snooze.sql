-- Threads that rest until a moment somebody of the team chose, and their counts apart from the others.
-- Beside it stands postgres/0026_snooze.sql with the same tables, columns and indexes.

ALTER TABLE threads ADD COLUMN snoozed_until INTEGER;
-- Who chose the moment.
ALTER TABLE threads ADD COLUMN snoozed_by BLOB REFERENCES people (id);
CREATE INDEX threads_due ON threads (snoozed_until, id) WHERE snoozed_until IS NOT NULL;
CREATE INDEX threads_snoozed ON threads (kind, active_at DESC, id DESC) WHERE trashed_at IS NULL AND kind = 'support' AND snoozed_until IS NOT NULL;

CREATE TABLE counts_by_rest (
  customer_id BLOB NOT NULL,
  assignee_id BLOB NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'open', 'closed')),
  trashed INTEGER NOT NULL CHECK (trashed IN (0, 1)),
  snoozed INTEGER NOT NULL DEFAULT 0 CHECK (snoozed IN (0, 1)),
  threads INTEGER NOT NULL,
  PRIMARY KEY (customer_id, assignee_id, status, trashed, snoozed)
) STRICT;
INSERT INTO counts_by_rest (customer_id, assignee_id, status, trashed, threads)
  SELECT customer_id, assignee_id, status, trashed, threads FROM thread_counts;
DROP TABLE thread_counts;
ALTER TABLE counts_by_rest RENAME TO thread_counts;
