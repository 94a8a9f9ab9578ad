-- The site's logo: one row at most, which the setting `logo` names.
-- Beside it stands sqlite/0019_logo.sql with the same table and columns.

CREATE TABLE logos (
  -- The beginning of the SHA-256 of its bytes, in hex: another logo has another address.
  version TEXT NOT NULL PRIMARY KEY,
  -- A PNG that was encoded here.
  png BYTEA NOT NULL
);
