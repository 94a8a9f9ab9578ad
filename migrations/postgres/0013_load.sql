-- Indexes for what would read a table that grows.
-- Beside it stands sqlite/0013_load.sql with the same indexes.

-- The team among all people, most of whom are guests.
CREATE INDEX people_role ON people (role, id) WHERE role IS NOT NULL;
CREATE INDEX people_users_name ON people (name, id) WHERE kind = 'user';

-- What is swept away every hour.
CREATE INDEX sessions_expires ON sessions (expires_at);
CREATE INDEX outbox_links ON outbox (due_at) WHERE kind = 'guest_links';
