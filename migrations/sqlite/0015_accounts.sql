-- no-transaction
-- Accounts by oneself: proofs of addresses, time zones and pictures; the outbox takes mails about
-- them. Beside it stands postgres/0015_accounts.sql with the same tables, columns and indexes.
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE outbox_new (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('new_message', 'guest_started', 'guest_links', 'invitation', 'read_direct', 'assigned',
    'confirm_address', 'reset_password', 'address_changed', 'digest')),
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
INSERT INTO outbox_new (id, kind, channel, thread_id, message_id, person_id, address, bundle, state,
    due_at, leased_until, attempts, answer, sent_to, sent_unverified, sent_at, joined_to, created_at)
  SELECT id, kind, channel, thread_id, message_id, person_id, address, bundle, state,
    due_at, leased_until, attempts, answer, sent_to, sent_unverified, sent_at, joined_to, created_at
  FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('queued', 'leased', 'deferred');
CREATE INDEX outbox_bundle ON outbox (bundle) WHERE state IN ('queued', 'leased', 'deferred');
CREATE INDEX outbox_sent ON outbox (sent_to, sent_at) WHERE state = 'sent' AND joined_to IS NULL;
CREATE INDEX outbox_sent_at ON outbox (sent_at) WHERE state = 'sent' AND joined_to IS NULL;
CREATE INDEX outbox_thread ON outbox (thread_id);
CREATE INDEX outbox_trouble ON outbox (state, created_at DESC, id DESC) WHERE state IN ('dead', 'deferred');
CREATE INDEX outbox_dropped ON outbox (created_at DESC, id DESC) WHERE state = 'dropped';
CREATE INDEX outbox_joined ON outbox (joined_to) WHERE joined_to IS NOT NULL;
-- Requests that anybody can make of us: what was asked for is swept away once it is old.
CREATE INDEX outbox_links ON outbox (due_at)
  WHERE kind IN ('guest_links', 'confirm_address', 'reset_password');

-- What somebody must prove by a mailed link before it happens.
CREATE TABLE IF NOT EXISTS proofs (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('register', 'reset', 'new_address', 'old_address')),
  -- Where the link goes.
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  -- Whose account it is about; missing where that is asked when the link is used.
  person_id BLOB REFERENCES people (id) ON DELETE CASCADE,
  -- What was read where it was asked for: the mail's language.
  language TEXT NOT NULL,
  -- SHA-256 of the link's secret; missing until its mail is sent.
  hash BLOB UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS proofs_email ON proofs (email_folded, kind, created_at DESC);
CREATE INDEX IF NOT EXISTS proofs_person ON proofs (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS proofs_expires ON proofs (expires_at);

-- What people choose about themselves and few of them do; a row stands once somebody has chosen.
CREATE TABLE IF NOT EXISTS profiles (
  person_id BLOB NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
  -- A name of the IANA list.
  time_zone TEXT,
  -- A small square image, encoded here.
  picture BLOB,
  picture_at INTEGER,
  CHECK ((picture IS NULL) = (picture_at IS NULL))
) STRICT;

-- Somebody's threads in order, for whoever takes their own data away.
DROP INDEX IF EXISTS participants_person;
CREATE INDEX participants_person ON participants (person_id, thread_id);
CREATE TEMP TABLE broken (row INTEGER CHECK (row IS NULL));
INSERT INTO broken SELECT 1 FROM pragma_foreign_key_check;
DROP TABLE broken;
COMMIT;
PRAGMA foreign_keys = ON;
