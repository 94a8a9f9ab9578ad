-- Invitations to make an account: a row stands until it is accepted or taken back.
-- Beside it stands postgres/0006_people.sql with the same table and columns.

CREATE TABLE invitations (
  id BLOB NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  role TEXT REFERENCES roles (slug),
  -- The language of the mail.
  language TEXT NOT NULL,
  -- Whoever invites must still be allowed to give the role when it is accepted.
  invited_by BLOB NOT NULL REFERENCES people (id),
  -- SHA-256 of the newest link's secret; missing until its mail is sent.
  hash BLOB UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
