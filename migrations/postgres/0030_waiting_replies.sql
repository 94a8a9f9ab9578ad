-- Replies that wait for their moment: to be sent later, or for a few seconds in which their author can
-- take them back. Beside it stands sqlite/0030_waiting_replies.sql with the same tables, columns and
-- indexes.

CREATE TABLE waiting_replies (
  id UUID NOT NULL PRIMARY KEY,
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  author_id UUID NOT NULL REFERENCES people (id),
  -- The author's idempotency key, with the hash of what it was first used for.
  client_key TEXT NOT NULL,
  content_hash BYTEA NOT NULL,
  -- What was sent or taken back stays without its text for a while, to tell whoever comes too late.
  state TEXT NOT NULL CHECK (state IN ('waiting', 'stopped', 'sent', 'taken')),
  -- Whether it waits only so that it can be taken back.
  undo BOOLEAN NOT NULL,
  body TEXT NOT NULL,
  -- The thread's staff number that its author had seen.
  seen BIGINT,
  reopen BOOLEAN NOT NULL,
  close BOOLEAN NOT NULL,
  -- The thread's staff number since which nobody may have been quicker.
  accepted BIGINT NOT NULL,
  -- When it is sent; of what is settled, when that was.
  due_at BIGINT NOT NULL,
  -- Who wrote meanwhile, if that is why it was not sent.
  stopped_by TEXT,
  created_at BIGINT NOT NULL,
  UNIQUE (author_id, client_key)
);
CREATE INDEX waiting_replies_due ON waiting_replies (due_at, id) WHERE state = 'waiting';
CREATE INDEX waiting_replies_settled ON waiting_replies (due_at) WHERE state IN ('sent', 'taken');
CREATE INDEX waiting_replies_thread ON waiting_replies (thread_id, due_at, id);
CREATE INDEX waiting_replies_author ON waiting_replies (author_id, due_at, id) WHERE state IN ('waiting', 'stopped');

-- How many of them wait in a thread, or were stopped: most have none, and are not asked further.
ALTER TABLE threads ADD COLUMN replies_waiting BIGINT NOT NULL DEFAULT 0;

-- The reply that a file waits with.
ALTER TABLE attachments ADD COLUMN waiting_id UUID REFERENCES waiting_replies (id) ON DELETE SET NULL;
CREATE INDEX attachments_waiting ON attachments (waiting_id, place) WHERE waiting_id IS NOT NULL;
