-- The users' side of threads: lists and counts that are kept for each of them, and direct threads.
-- Beside it stands postgres/0014_mine.sql with the same tables, columns and indexes.

-- One row for each user on the customer's side of a thread: changed in the unit that changes the
-- thread, so that no list and no badge ever counts.
CREATE TABLE mailbox (
  person_id BLOB NOT NULL REFERENCES people (id),
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  -- In the list, asked and not answered yet, ignored, left, or out of sight with the team's trash.
  shelf TEXT NOT NULL CHECK (shelf IN ('in', 'asked', 'ignored', 'left', 'trashed')),
  -- The public place after which the history of this user begins.
  since INTEGER NOT NULL,
  -- When the newest message was written.
  active_at INTEGER NOT NULL,
  -- Messages of others after the read position; 1 where it was marked unread by hand.
  unread INTEGER NOT NULL,
  closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
  -- Whether a message of somebody else came after the closing.
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  -- Whether it counts for the badge.
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  PRIMARY KEY (person_id, thread_id)
) STRICT;
CREATE INDEX mailbox_thread ON mailbox (thread_id);
CREATE INDEX mailbox_all ON mailbox (person_id, active_at DESC, thread_id DESC) WHERE shelf = 'in';
CREATE INDEX mailbox_unread ON mailbox (person_id, active_at DESC, thread_id DESC) WHERE shelf = 'in' AND unread > 0;
CREATE INDEX mailbox_closed ON mailbox (person_id, active_at DESC, thread_id DESC) WHERE shelf = 'in' AND closed;
CREATE INDEX mailbox_asked ON mailbox (person_id, active_at DESC, thread_id DESC) WHERE shelf = 'asked';

-- How many threads of somebody count for the badge, and how many requests wait for an answer.
CREATE TABLE mailbox_counts (
  person_id BLOB NOT NULL PRIMARY KEY REFERENCES people (id),
  unread INTEGER NOT NULL,
  asked INTEGER NOT NULL
) STRICT;

-- Threads that users have already: what they had not read counts as read.
INSERT INTO mailbox (person_id, thread_id, shelf, since, active_at, unread, closed, late, counts)
  SELECT t.customer_id, t.id, CASE WHEN t.trashed_at IS NULL THEN 'in' ELSE 'trashed' END, 0,
    t.active_at, 0, t.status = 'closed', 0, 0
  FROM threads t JOIN people p ON p.id = t.customer_id WHERE p.kind = 'user' AND t.kind = 'support';

-- Whom a direct thread was addressed to, as it was typed, until they have answered. Nobody stands
-- there for an address that has no account, and for somebody who has blocked whoever asks.
CREATE TABLE recipients (
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  email_folded TEXT NOT NULL,
  typed TEXT NOT NULL,
  person_id BLOB REFERENCES people (id),
  asked_by BLOB NOT NULL REFERENCES people (id),
  asked_at INTEGER NOT NULL,
  PRIMARY KEY (thread_id, email_folded)
) STRICT;
CREATE INDEX recipients_person ON recipients (person_id, thread_id) WHERE person_id IS NOT NULL;

-- From whom somebody hears nothing in direct threads.
CREATE TABLE blocks (
  person_id BLOB NOT NULL REFERENCES people (id),
  blocked_id BLOB NOT NULL REFERENCES people (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (person_id, blocked_id)
) STRICT;

-- What a message said before it was edited.
ALTER TABLE messages ADD COLUMN edited_at INTEGER;
CREATE TABLE edits (
  message_id BLOB NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (message_id, at)
) STRICT;

-- Messages of direct threads that a participant has shown to whoever manages people: copies, so that
-- nothing else of the thread has to be opened.
CREATE TABLE reports (
  id BLOB NOT NULL PRIMARY KEY,
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  reporter_id BLOB NOT NULL REFERENCES people (id),
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  settled_by BLOB REFERENCES people (id)
) STRICT;
CREATE INDEX reports_open ON reports (created_at, id) WHERE settled_at IS NULL;
CREATE TABLE reported (
  report_id BLOB NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  author_id BLOB NOT NULL REFERENCES people (id),
  body TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (report_id, place)
) STRICT;
