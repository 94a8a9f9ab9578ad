-- Threads that rest until a moment somebody of the team chose, and their counts apart from the others.
-- Beside it stands sqlite/0026_snooze.sql with the same tables, columns and indexes.

ALTER TABLE threads ADD COLUMN snoozed_until BIGINT;
-- Who chose the moment.
ALTER TABLE threads ADD COLUMN snoozed_by UUID REFERENCES people (id);
CREATE INDEX threads_due ON threads (snoozed_until, id) WHERE snoozed_until IS NOT NULL;
CREATE INDEX threads_snoozed ON threads (kind, active_at DESC, id DESC) WHERE trashed_at IS NULL AND kind = 'support' AND snoozed_until IS NOT NULL;

ALTER TABLE thread_counts ADD COLUMN snoozed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE thread_counts DROP CONSTRAINT thread_counts_pkey;
ALTER TABLE thread_counts ADD PRIMARY KEY (customer_id, assignee_id, status, trashed, snoozed);
