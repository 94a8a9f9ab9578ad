-- How far the team as a whole has read, in places of the public order: what guests are told. A note
-- has no such place, so it can move nothing here.
-- Beside it stands sqlite/0007_live.sql with the same tables and columns.

CREATE TABLE team_reads (
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  -- The customer's message up to which somebody of the team had read.
  upto BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (thread_id, upto)
);

CREATE INDEX receipts_newest ON receipts (thread_id, at DESC, upto DESC);
-- The threads that wait for an answer, the longest wait first.
CREATE INDEX threads_waiting ON threads (waiting_since, id) WHERE trashed_at IS NULL AND waiting_since IS NOT NULL AND kind = 'support';
