-- The users' side of threads: lists and counts that are kept for each of them, and direct threads.
-- Beside it stands sqlite/0014_mine.sql with the same tables, columns and indexes.

-- One row for each user on the customer's side of a thread: changed in the unit that changes the
-- thread, so that no list and no badge ever counts.
CREATE TABLE mailbox (
  person_id UUID NOT NULL REFERENCES people (id),
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  -- In the list, asked and not answered yet, ignored, left, or out of sight with the team's trash.
  shelf TEXT NOT NULL CHECK (shelf IN ('in', 'asked', 'ignored', 'left', 'trashed')),
  -- The public place after which the history of this user begins.
  since BIGINT NOT NULL,
  -- When the newest message was written.
  active_at BIGINT NOT NULL,
  -- Messages of others after the read position; 1 where it was marked unread by hand.
  unread BIGINT NOT NULL,
  closed BOOLEAN NOT NULL,
  -- Whether a message of somebody else came after the closing.
  late BOOLEAN NOT NULL,
  -- Whether it counts for the badge.
  counts BOOLEAN NOT NULL,
  PRIMARY KEY (person_id, thread_id)
);
CREATE INDEX mailbox_thread ON mailbox (thread_id);
CREATE INDEX mailbox_all ON mailbox (person_id, active_at DESC, thread_id DESC) WHERE shelf = 'in';
CREATE INDEX mailbox_unread ON mailbox (person_id, active_at DESC, thread_id DESC) WHERE shelf = 'in' AND unread > 0;
CREATE INDEX mailbox_closed ON mailbox (person_id, active_at DESC, thread_id DESC) WHERE shelf = 'in' AND closed;
CREATE INDEX mailbox_asked ON mailbox (person_id, active_at DESC, thread_id DESC) WHERE shelf = 'asked';

-- How many threads of somebody count for the badge, and how many requests wait for an answer.
CREATE TABLE mailbox_counts (
  person_id UUID NOT NULL PRIMARY KEY REFERENCES people (id),
  unread BIGINT NOT NULL,
  asked BIGINT NOT NULL
);

-- Threads that users have already: what they had not read counts as read.
INSERT INTO mailbox (person_id, thread_id, shelf, since, active_at, unread, closed, late, counts)
  SELECT t.customer_id, t.id, CASE WHEN t.trashed_at IS NULL THEN 'in' ELSE 'trashed' END, 0,
    t.active_at, 0, t.status = 'closed', FALSE, FALSE
  FROM threads t JOIN people p ON p.id = t.customer_id WHERE p.kind = 'user' AND t.kind = 'support';

-- Whom a direct thread was addressed to, as it was typed, until they have answered. Nobody stands
-- there for an address that has no account, and for somebody who has blocked whoever asks.
CREATE TABLE recipients (
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  email_folded TEXT NOT NULL,
  typed TEXT NOT NULL,
  person_id UUID REFERENCES people (id),
  asked_by UUID NOT NULL REFERENCES people (id),
  asked_at BIGINT NOT NULL,
  PRIMARY KEY (thread_id, email_folded)
);
CREATE INDEX recipients_person ON recipients (person_id, thread_id) WHERE person_id IS NOT NULL;

-- From whom somebody hears nothing in direct threads.
CREATE TABLE blocks (
  person_id UUID NOT NULL REFERENCES people (id),
  blocked_id UUID NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL,
  PRIMARY KEY (person_id, blocked_id)
);

-- What a message said before it was edited.
ALTER TABLE messages ADD COLUMN edited_at BIGINT;
CREATE TABLE edits (
  message_id UUID NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (message_id, at)
);

-- Messages of direct threads that a participant has shown to whoever manages people: copies, so that
-- nothing else of the thread has to be opened.
CREATE TABLE reports (
  id UUID NOT NULL PRIMARY KEY,
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  reporter_id UUID NOT NULL REFERENCES people (id),
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  settled_at BIGINT,
  settled_by UUID REFERENCES people (id)
);
CREATE INDEX reports_open ON reports (created_at, id) WHERE settled_at IS NULL;
CREATE TABLE reported (
  report_id UUID NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  place BIGINT NOT NULL,
  author_id UUID NOT NULL REFERENCES people (id),
  body TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (report_id, place)
);
