-- Keys with which another site vouches for its own visitors, and whom it has vouched for.
-- Beside it stands sqlite/0018_embed.sql with the same tables and columns.

CREATE TABLE embed_keys (
  id UUID NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- What both sides sign with: the one secret that cannot be kept as a hash. Shown once, and
  -- emptied when the key is revoked.
  secret TEXT NOT NULL,
  -- When the secret was made; what an earlier one signed is worth nothing.
  secret_at BIGINT NOT NULL,
  made_by UUID NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL,
  -- The hour in which it vouched for somebody last.
  used_at BIGINT,
  revoked_at BIGINT
);

-- A visitor of another site is known by its key and its own name for them, and by nothing else.
CREATE TABLE vouched (
  key_id UUID NOT NULL REFERENCES embed_keys (id),
  subject TEXT NOT NULL,
  person_id UUID NOT NULL UNIQUE REFERENCES people (id) ON DELETE CASCADE,
  -- The address that the site gave: shown to the team, and never written to or compared.
  email TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (key_id, subject)
);
