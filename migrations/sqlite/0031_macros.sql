-- Canned replies that do something beside what they say.
-- Beside it stands postgres/0031_macros.sql with the same columns.

-- JSON of what is done; empty for nothing.
ALTER TABLE canned ADD COLUMN acts TEXT NOT NULL DEFAULT '';

-- JSON of what is done with a reply that waits, once it is posted; empty for nothing.
ALTER TABLE waiting_replies ADD COLUMN acts TEXT NOT NULL DEFAULT '';
