-- What the team knows of a customer, and whose messages are kept from it.
-- Beside it stands sqlite/0025_contacts.sql with the same tables, columns and indexes.

-- One text for everybody who writes under an address: guests are somebody else in each thread.
CREATE TABLE contact_notes (
  email_folded TEXT NOT NULL PRIMARY KEY,
  text TEXT NOT NULL,
  -- How often it was written: whoever changes it names the one that they saw.
  version BIGINT NOT NULL,
  changed_by UUID NOT NULL REFERENCES people (id),
  changed_at BIGINT NOT NULL
);

-- Addresses and domains whose messages go to the quarantine.
CREATE TABLE blocked (
  id UUID NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('address', 'domain')),
  -- Folded; an address holds an @, a domain none.
  what TEXT NOT NULL UNIQUE,
  blocked_by UUID NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX blocked_created ON blocked (created_at, id);

-- A thread that a blocked address has started: its guest sees it, and of the team nobody. It lies in
-- the trash besides, so that no list, count or search holds it.
ALTER TABLE threads ADD COLUMN held BOOLEAN NOT NULL DEFAULT FALSE;

-- Why something was caught, and the message that it became already. One of a thread that the team
-- sees stands at negative places of the staff order until it is accepted.
ALTER TABLE quarantine ADD COLUMN reason TEXT NOT NULL DEFAULT 'honeypot' CHECK (reason IN ('honeypot', 'blocked'));
ALTER TABLE quarantine ADD COLUMN thread_id UUID REFERENCES threads (id) ON DELETE CASCADE;
ALTER TABLE quarantine ADD COLUMN message_id UUID REFERENCES messages (id) ON DELETE CASCADE;
CREATE INDEX quarantine_reason ON quarantine (reason);
CREATE INDEX quarantine_thread ON quarantine (thread_id, created_at);
CREATE INDEX quarantine_message ON quarantine (message_id);
