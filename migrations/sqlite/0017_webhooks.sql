-- Web hooks, and what each of them is told.
-- Beside it stands postgres/0017_webhooks.sql with the same tables, columns and indexes.

CREATE TABLE webhooks (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  -- What every delivery is signed with, so no hash of it would do. Empty once the hook is deleted.
  secret TEXT NOT NULL,
  -- Whether it is told what the team alone sees.
  team INTEGER NOT NULL CHECK (team IN (0, 1)),
  -- A JSON list of event words.
  events TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  -- When its receiver said that it is gone, which turned it off.
  gone_at INTEGER,
  -- From then on it is nowhere to be seen; the row goes once its deliveries are gone.
  deleted_at INTEGER,
  created_by BLOB NOT NULL REFERENCES people (id),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_deliveries (
  -- Also the webhook-id that the receiver sees, the same at every try.
  id BLOB NOT NULL PRIMARY KEY,
  webhook_id BLOB NOT NULL REFERENCES webhooks (id),
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  event TEXT NOT NULL CHECK (event IN
    ('message.created', 'thread.created', 'thread.status_changed', 'thread.assigned')),
  body TEXT NOT NULL,
  -- The order within a thread: the team's number of the change, and which of its events.
  number INTEGER NOT NULL,
  step INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'sent', 'deferred', 'dead', 'dropped')),
  -- When it may be taken; of one that is taken, when it may be taken again.
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  -- The status and the beginning of the last answer, or why there was none.
  status INTEGER,
  answer TEXT,
  -- Since when it is on its way, by which it is given up.
  since INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at)
  WHERE state IN ('queued', 'leased', 'deferred');
CREATE INDEX webhook_deliveries_lane ON webhook_deliveries (webhook_id, thread_id, number, step)
  WHERE state IN ('queued', 'leased', 'deferred');
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (webhook_id, created_at DESC, id DESC)
  WHERE state = 'dead';
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (webhook_id, created_at DESC, id DESC);
CREATE INDEX webhook_deliveries_created ON webhook_deliveries (created_at);
CREATE INDEX webhook_deliveries_thread ON webhook_deliveries (thread_id);
