-- The tables of the main line: people, threads, entries, links, reads, mail, settings, audit.
-- Beside it stands sqlite/0001_main_line.sql with the same tables and columns.

CREATE TABLE roles (
  slug TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- The name in lower case: no two roles look alike.
  name_folded TEXT NOT NULL UNIQUE,
  -- A JSON list of permission words.
  permissions TEXT NOT NULL,
  builtin BOOLEAN NOT NULL
);

CREATE TABLE people (
  id UUID NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('user', 'guest')),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  role TEXT REFERENCES roles (slug),
  password_hash TEXT,
  language TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  deactivated_at BIGINT,
  -- The hour in which a user was here last.
  seen_at BIGINT,
  CHECK (kind = 'user' OR (role IS NULL AND password_hash IS NULL))
);
CREATE UNIQUE INDEX people_users_email ON people (email_folded) WHERE kind = 'user';
CREATE INDEX people_email ON people (email_folded);

CREATE TABLE sessions (
  id UUID NOT NULL PRIMARY KEY,
  person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  -- SHA-256 of the cookie's secret.
  hash BYTEA NOT NULL UNIQUE,
  agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  -- The hour in which it was used last: a read writes no more often.
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE threads (
  id UUID NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('support', 'direct')),
  status TEXT NOT NULL CHECK (status IN ('pending', 'open', 'closed')),
  source TEXT NOT NULL CHECK (source IN ('form', 'widget', 'user')),
  subject TEXT,
  customer_id UUID NOT NULL REFERENCES people (id),
  customer_verified_at BIGINT,
  assignee_id UUID REFERENCES people (id),
  -- The two change counters: what everybody sees, and what the team sees.
  public_change BIGINT NOT NULL,
  staff_change BIGINT NOT NULL,
  -- The newest message or note in the staff order: unread for whoever has read less.
  latest_place BIGINT NOT NULL,
  preview TEXT NOT NULL,
  preview_side TEXT NOT NULL CHECK (preview_side IN ('customer', 'staff')),
  waiting_since BIGINT,
  created_at BIGINT NOT NULL,
  -- When the newest message (never a note or event) was written.
  active_at BIGINT NOT NULL,
  trashed_at BIGINT
);
CREATE INDEX threads_inbox ON threads (kind, active_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX threads_status ON threads (kind, status, active_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX threads_assignee ON threads (kind, assignee_id, active_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX threads_badge ON threads (assignee_id, customer_id) WHERE trashed_at IS NULL AND status = 'pending' AND kind = 'support';
CREATE INDEX threads_customer ON threads (customer_id);

CREATE TABLE participants (
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  person_id UUID NOT NULL REFERENCES people (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'staff', 'guest', 'participant')),
  wants_mail BOOLEAN NOT NULL,
  joined_at BIGINT NOT NULL,
  left_at BIGINT,
  PRIMARY KEY (thread_id, person_id)
);
CREATE INDEX participants_person ON participants (person_id);

-- Read positions of everybody who reads a thread, participant or not: a place of the public order
-- for guests and users, one of the staff order for staff.
CREATE TABLE reads (
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  person_id UUID NOT NULL REFERENCES people (id),
  side TEXT NOT NULL CHECK (side IN ('customer', 'staff')),
  upto BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (thread_id, person_id)
);

-- Every step of a read position, so that "seen by X at T" can be told for each message.
CREATE TABLE receipts (
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  person_id UUID NOT NULL REFERENCES people (id),
  upto BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (thread_id, person_id, upto)
);

CREATE TABLE messages (
  id UUID NOT NULL PRIMARY KEY,
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('message', 'note', 'event')),
  author_id UUID NOT NULL REFERENCES people (id),
  side TEXT NOT NULL CHECK (side IN ('customer', 'staff')),
  body TEXT NOT NULL,
  -- An event's data as JSON.
  event TEXT,
  -- Fixed places and numbers of the last change; the public ones are missing where the team alone sees it.
  public_place BIGINT,
  public_change BIGINT,
  staff_place BIGINT NOT NULL,
  staff_change BIGINT NOT NULL,
  known_by TEXT NOT NULL CHECK (known_by IN ('browser', 'mailed_link', 'account')),
  delivery TEXT CHECK (delivery IN ('queued', 'sent', 'deferred', 'failed', 'unneeded')),
  client_key TEXT,
  content_hash BYTEA,
  created_at BIGINT NOT NULL,
  CHECK (kind <> 'note' OR public_place IS NULL),
  CHECK ((public_place IS NULL) = (public_change IS NULL)),
  CHECK ((client_key IS NULL) = (content_hash IS NULL)),
  UNIQUE (author_id, client_key),
  UNIQUE (thread_id, staff_place),
  UNIQUE (thread_id, public_place)
);
CREATE INDEX messages_staff_change ON messages (thread_id, staff_change);
CREATE INDEX messages_public_change ON messages (thread_id, public_change) WHERE public_change IS NOT NULL;

CREATE TABLE links (
  id UUID NOT NULL PRIMARY KEY,
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  person_id UUID NOT NULL REFERENCES people (id),
  origin TEXT NOT NULL CHECK (origin IN ('browser', 'mail')),
  -- SHA-256 of the secret.
  hash BYTEA NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  -- No activity carries the link past this moment.
  until BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX links_thread ON links (thread_id);

-- Starts by guests, known by their key alone, or (from a foreign form) by address and content.
CREATE TABLE starts (
  client_key TEXT NOT NULL PRIMARY KEY,
  content_hash BYTEA NOT NULL,
  email_folded TEXT NOT NULL,
  thread_id UUID NOT NULL REFERENCES threads (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  created_at BIGINT NOT NULL
);
CREATE INDEX starts_content ON starts (email_folded, content_hash, created_at);
CREATE INDEX starts_thread ON starts (thread_id);

-- The ledger of mails: one row for each (message, recipient, channel).
CREATE TABLE outbox (
  id UUID NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('new_message', 'guest_started', 'guest_links', 'invitation', 'read_direct')),
  channel TEXT NOT NULL CHECK (channel IN ('mail')),
  thread_id UUID REFERENCES threads (id) ON DELETE CASCADE,
  message_id UUID REFERENCES messages (id) ON DELETE CASCADE,
  person_id UUID REFERENCES people (id),
  -- The address, where the recipient is one rather than a person.
  address TEXT,
  -- Who gets one mail: rows with the same bundle are joined.
  bundle TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'sent', 'deferred', 'dead', 'dropped')),
  due_at BIGINT NOT NULL,
  leased_until BIGINT,
  attempts BIGINT NOT NULL,
  -- The mail server's words, or why nothing was sent.
  answer TEXT,
  -- The folded address a mail went to, and whether it was unverified then: the caps count these.
  sent_to TEXT,
  sent_unverified BOOLEAN,
  sent_at BIGINT,
  -- The row whose mail carried this one too.
  joined_to UUID REFERENCES outbox (id),
  created_at BIGINT NOT NULL,
  UNIQUE (message_id, channel, bundle)
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('queued', 'leased', 'deferred');
CREATE INDEX outbox_bundle ON outbox (bundle) WHERE state IN ('queued', 'leased', 'deferred');
CREATE INDEX outbox_sent ON outbox (sent_to, sent_at) WHERE state = 'sent' AND joined_to IS NULL;
CREATE INDEX outbox_sent_at ON outbox (sent_at) WHERE state = 'sent' AND joined_to IS NULL;
CREATE INDEX outbox_thread ON outbox (thread_id);

-- How often something was tried within a window of time.
CREATE TABLE tries (
  bucket TEXT NOT NULL,
  window_start BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (bucket, window_start)
);
CREATE INDEX tries_window ON tries (window_start);

-- What the honeypot caught: kept for the team's eyes.
CREATE TABLE quarantine (
  id UUID NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  subject TEXT,
  body TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('form', 'widget', 'user')),
  bait TEXT NOT NULL,
  address TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX quarantine_created ON quarantine (created_at);

-- What the owner has chosen; what is missing here has its default.
CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE audit (
  id UUID NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_id UUID REFERENCES people (id),
  act TEXT NOT NULL,
  thread_id UUID,
  person_id UUID,
  -- Further facts as JSON: never a secret, never a message's text.
  detail TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_thread ON audit (thread_id, at, id) WHERE thread_id IS NOT NULL;

-- The one-time token that makes the first owner.
CREATE TABLE setup_tokens (
  hash BYTEA NOT NULL PRIMARY KEY,
  created_at BIGINT NOT NULL
);
