-- Accounts by oneself: proofs of addresses, time zones and pictures; the outbox takes mails about
-- them. Beside it stands sqlite/0015_accounts.sql with the same tables, columns and indexes.
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check
  CHECK (kind IN ('new_message', 'guest_started', 'guest_links', 'invitation', 'read_direct', 'assigned',
    'confirm_address', 'reset_password', 'address_changed', 'digest'));
DROP INDEX outbox_links;
-- Requests that anybody can make of us: what was asked for is swept away once it is old.
CREATE INDEX outbox_links ON outbox (due_at)
  WHERE kind IN ('guest_links', 'confirm_address', 'reset_password');

-- What somebody must prove by a mailed link before it happens.
CREATE TABLE proofs (
  id UUID NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('register', 'reset', 'new_address', 'old_address')),
  -- Where the link goes.
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  -- Whose account it is about; missing where that is asked when the link is used.
  person_id UUID REFERENCES people (id) ON DELETE CASCADE,
  -- What was read where it was asked for: the mail's language.
  language TEXT NOT NULL,
  -- SHA-256 of the link's secret; missing until its mail is sent.
  hash BYTEA UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX proofs_email ON proofs (email_folded, kind, created_at DESC);
CREATE INDEX proofs_person ON proofs (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX proofs_expires ON proofs (expires_at);

-- What people choose about themselves and few of them do; a row stands once somebody has chosen.
CREATE TABLE profiles (
  person_id UUID NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
  -- A name of the IANA list.
  time_zone TEXT,
  -- A small square image, encoded here.
  picture BYTEA,
  picture_at BIGINT,
  CHECK ((picture IS NULL) = (picture_at IS NULL))
);

-- Somebody's threads in order, for whoever takes their own data away.
DROP INDEX participants_person;
CREATE INDEX participants_person ON participants (person_id, thread_id);
