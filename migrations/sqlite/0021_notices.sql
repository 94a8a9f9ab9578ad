-- What people want to be told: their choices as JSON, missing until they choose.
-- Beside it stands postgres/0021_notices.sql with the same column.
ALTER TABLE profiles ADD COLUMN notices TEXT;
