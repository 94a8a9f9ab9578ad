-- The tables of the main line: people, threads, entries, links, reads, mail, settings, audit.
-- Beside it stands postgres/0001_main_line.sql with the same tables and columns.

CREATE TABLE roles (
  slug TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- The name in lower case: no two roles look alike.
  name_folded TEXT NOT NULL UNIQUE,
  -- A JSON list of permission words.
  permissions TEXT NOT NULL,
  builtin INTEGER NOT NULL CHECK (builtin IN (0, 1))
) STRICT;

CREATE TABLE people (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('user', 'guest')),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  role TEXT REFERENCES roles (slug),
  password_hash TEXT,
  language TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  deactivated_at INTEGER,
  -- The hour in which a user was here last.
  seen_at INTEGER,
  CHECK (kind = 'user' OR (role IS NULL AND password_hash IS NULL))
) STRICT;
CREATE UNIQUE INDEX people_users_email ON people (email_folded) WHERE kind = 'user';
CREATE INDEX people_email ON people (email_folded);

CREATE TABLE sessions (
  id BLOB NOT NULL PRIMARY KEY,
  person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  -- SHA-256 of the cookie's secret.
  hash BLOB NOT NULL UNIQUE,
  agent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- The hour in which it was used last: a read writes no more often.
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE threads (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('support', 'direct')),
  status TEXT NOT NULL CHECK (status IN ('pending', 'open', 'closed')),
  source TEXT NOT NULL CHECK (source IN ('form', 'widget', 'user')),
  subject TEXT,
  customer_id BLOB NOT NULL REFERENCES people (id),
  customer_verified_at INTEGER,
  assignee_id BLOB REFERENCES people (id),
  -- The two change counters: what everybody sees, and what the team sees.
  public_change INTEGER NOT NULL,
  staff_change INTEGER NOT NULL,
  -- The newest message or note in the staff order: unread for whoever has read less.
  latest_place INTEGER NOT NULL,
  preview TEXT NOT NULL,
  preview_side TEXT NOT NULL CHECK (preview_side IN ('customer', 'staff')),
  waiting_since INTEGER,
  created_at INTEGER NOT NULL,
  -- When the newest message (never a note or event) was written.
  active_at INTEGER NOT NULL,
  trashed_at INTEGER
) STRICT;
CREATE INDEX threads_inbox ON threads (kind, active_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX threads_status ON threads (kind, status, active_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX threads_assignee ON threads (kind, assignee_id, active_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX threads_badge ON threads (assignee_id, customer_id) WHERE trashed_at IS NULL AND status = 'pending' AND kind = 'support';
CREATE INDEX threads_customer ON threads (customer_id);

CREATE TABLE participants (
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  person_id BLOB NOT NULL REFERENCES people (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'staff', 'guest', 'participant')),
  wants_mail INTEGER NOT NULL CHECK (wants_mail IN (0, 1)),
  joined_at INTEGER NOT NULL,
  left_at INTEGER,
  PRIMARY KEY (thread_id, person_id)
) STRICT;
CREATE INDEX participants_person ON participants (person_id);

-- Read positions of everybody who reads a thread, participant or not: a place of the public order
-- for guests and users, one of the staff order for staff.
CREATE TABLE reads (
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  person_id BLOB NOT NULL REFERENCES people (id),
  side TEXT NOT NULL CHECK (side IN ('customer', 'staff')),
  upto INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (thread_id, person_id)
) STRICT;

-- Every step of a read position, so that "seen by X at T" can be told for each message.
CREATE TABLE receipts (
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  person_id BLOB NOT NULL REFERENCES people (id),
  upto INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (thread_id, person_id, upto)
) STRICT;

CREATE TABLE messages (
  id BLOB NOT NULL PRIMARY KEY,
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('message', 'note', 'event')),
  author_id BLOB NOT NULL REFERENCES people (id),
  side TEXT NOT NULL CHECK (side IN ('customer', 'staff')),
  body TEXT NOT NULL,
  -- An event's data as JSON.
  event TEXT,
  -- Fixed places and numbers of the last change; the public ones are missing where the team alone sees it.
  public_place INTEGER,
  public_change INTEGER,
  staff_place INTEGER NOT NULL,
  staff_change INTEGER NOT NULL,
  known_by TEXT NOT NULL CHECK (known_by IN ('browser', 'mailed_link', 'account')),
  delivery TEXT CHECK (delivery IN ('queued', 'sent', 'deferred', 'failed', 'unneeded')),
  client_key TEXT,
  content_hash BLOB,
  created_at INTEGER NOT NULL,
  CHECK (kind <> 'note' OR public_place IS NULL),
  CHECK ((public_place IS NULL) = (public_change IS NULL)),
  CHECK ((client_key IS NULL) = (content_hash IS NULL)),
  UNIQUE (author_id, client_key),
  UNIQUE (thread_id, staff_place),
  UNIQUE (thread_id, public_place)
) STRICT;
CREATE INDEX messages_staff_change ON messages (thread_id, staff_change);
CREATE INDEX messages_public_change ON messages (thread_id, public_change) WHERE public_change IS NOT NULL;

CREATE TABLE links (
  id BLOB NOT NULL PRIMARY KEY,
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  person_id BLOB NOT NULL REFERENCES people (id),
  origin TEXT NOT NULL CHECK (origin IN ('browser', 'mail')),
  -- SHA-256 of the secret.
  hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  -- No activity carries the link past this moment.
  until INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX links_thread ON links (thread_id);

-- Starts by guests, known by their key alone, or (from a foreign form) by address and content.
CREATE TABLE starts (
  client_key TEXT NOT NULL PRIMARY KEY,
  content_hash BLOB NOT NULL,
  email_folded TEXT NOT NULL,
  thread_id BLOB NOT NULL REFERENCES threads (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX starts_content ON starts (email_folded, content_hash, created_at);
CREATE INDEX starts_thread ON starts (thread_id);

-- The ledger of mails: one row for each (message, recipient, channel).
CREATE TABLE outbox (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('new_message', 'guest_started', 'guest_links', 'invitation', 'read_direct')),
  channel TEXT NOT NULL CHECK (channel IN ('mail')),
  thread_id BLOB REFERENCES threads (id) ON DELETE CASCADE,
  message_id BLOB REFERENCES messages (id) ON DELETE CASCADE,
  person_id BLOB REFERENCES people (id),
  -- The address, where the recipient is one rather than a person.
  address TEXT,
  -- Who gets one mail: rows with the same bundle are joined.
  bundle TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'sent', 'deferred', 'dead', 'dropped')),
  due_at INTEGER NOT NULL,
  leased_until INTEGER,
  attempts INTEGER NOT NULL,
  -- The mail server's words, or why nothing was sent.
  answer TEXT,
  -- The folded address a mail went to, and whether it was unverified then: the caps count these.
  sent_to TEXT,
  sent_unverified INTEGER CHECK (sent_unverified IN (0, 1)),
  sent_at INTEGER,
  -- The row whose mail carried this one too.
  joined_to BLOB REFERENCES outbox (id),
  created_at INTEGER NOT NULL,
  UNIQUE (message_id, channel, bundle)
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('queued', 'leased', 'deferred');
CREATE INDEX outbox_bundle ON outbox (bundle) WHERE state IN ('queued', 'leased', 'deferred');
CREATE INDEX outbox_sent ON outbox (sent_to, sent_at) WHERE state = 'sent' AND joined_to IS NULL;
CREATE INDEX outbox_sent_at ON outbox (sent_at) WHERE state = 'sent' AND joined_to IS NULL;
CREATE INDEX outbox_thread ON outbox (thread_id);

-- How often something was tried within a window of time.
CREATE TABLE tries (
  bucket TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (bucket, window_start)
) STRICT;
CREATE INDEX tries_window ON tries (window_start);

-- What the honeypot caught: kept for the team's eyes.
CREATE TABLE quarantine (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  subject TEXT,
  body TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('form', 'widget', 'user')),
  bait TEXT NOT NULL,
  address TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX quarantine_created ON quarantine (created_at);

-- What the owner has chosen; what is missing here has its default.
CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
  id BLOB NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_id BLOB REFERENCES people (id),
  act TEXT NOT NULL,
  thread_id BLOB,
  person_id BLOB,
  -- Further facts as JSON: never a secret, never a message's text.
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_thread ON audit (thread_id, at, id) WHERE thread_id IS NOT NULL;

-- The one-time token that makes the first owner.
CREATE TABLE setup_tokens (
  hash BLOB NOT NULL PRIMARY KEY,
  created_at INTEGER NOT NULL
) STRICT;
