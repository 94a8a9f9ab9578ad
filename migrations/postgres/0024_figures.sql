-- What figures are made of, changed in the unit that changes a thread: of support threads alone, and of
-- none while it is in the trash. So nothing is ever counted over messages.
-- Beside it stands sqlite/0024_figures.sql with the same tables, columns and indexes.

-- When what happened first and last in a thread.
CREATE TABLE thread_times (
  thread_id UUID NOT NULL PRIMARY KEY REFERENCES threads (id) ON DELETE CASCADE,
  opened_at BIGINT NOT NULL,
  -- The team's first message, and who wrote it.
  first_at BIGINT,
  first_by UUID REFERENCES people (id),
  -- The last closing, while the thread is closed.
  closed_at BIGINT
);
CREATE INDEX thread_times_first ON thread_times (first_at, opened_at, first_by) WHERE first_at IS NOT NULL;
CREATE INDEX thread_times_closed ON thread_times (closed_at, opened_at) WHERE closed_at IS NOT NULL;

-- How much happened in each quarter of an hour since 1970: every zone's days begin with one.
CREATE TABLE thread_flow (
  slot BIGINT NOT NULL PRIMARY KEY,
  opened BIGINT NOT NULL,
  reopened BIGINT NOT NULL,
  closed BIGINT NOT NULL,
  replies BIGINT NOT NULL
);

-- How much of it each person of the team did.
CREATE TABLE staff_flow (
  slot BIGINT NOT NULL,
  person_id UUID NOT NULL REFERENCES people (id),
  replies BIGINT NOT NULL,
  closed BIGINT NOT NULL,
  PRIMARY KEY (slot, person_id)
);

-- Threads that are there already.
INSERT INTO thread_times (thread_id, opened_at, first_at, first_by, closed_at)
  SELECT t.id, t.created_at, f.created_at, f.author_id, CASE WHEN t.status = 'closed' THEN (
    SELECT MAX(m.created_at) FROM messages m WHERE m.thread_id = t.id
    AND m.event = '{"event":"public","what":"closed"}') END
  FROM threads t LEFT JOIN messages f ON f.thread_id = t.id AND f.staff_place = (
    SELECT MIN(m.staff_place) FROM messages m
    WHERE m.thread_id = t.id AND m.kind = 'message' AND m.side = 'staff')
  WHERE t.kind = 'support' AND t.trashed_at IS NULL;
INSERT INTO thread_flow (slot, opened, reopened, closed, replies)
  SELECT s.slot, SUM(s.opened), SUM(s.reopened), SUM(s.closed), SUM(s.replies) FROM (
    SELECT t.created_at / 900000 AS slot, 1 AS opened, 0 AS reopened, 0 AS closed, 0 AS replies
    FROM threads t WHERE t.kind = 'support' AND t.trashed_at IS NULL
    UNION ALL
    SELECT m.created_at / 900000, 0,
      CASE WHEN m.event = '{"event":"public","what":"reopened"}' THEN 1 ELSE 0 END,
      CASE WHEN m.event = '{"event":"public","what":"closed"}' THEN 1 ELSE 0 END,
      CASE WHEN m.kind = 'message' THEN 1 ELSE 0 END
    FROM messages m JOIN threads t ON t.id = m.thread_id
    WHERE t.kind = 'support' AND t.trashed_at IS NULL
    AND ((m.kind = 'message' AND m.side = 'staff') OR m.event IN (
      '{"event":"public","what":"closed"}', '{"event":"public","what":"reopened"}'))) s
  GROUP BY s.slot;
INSERT INTO staff_flow (slot, person_id, replies, closed)
  SELECT m.created_at / 900000, m.author_id, SUM(CASE WHEN m.kind = 'message' THEN 1 ELSE 0 END),
    SUM(CASE WHEN m.kind = 'event' THEN 1 ELSE 0 END)
  FROM messages m JOIN threads t ON t.id = m.thread_id
  WHERE t.kind = 'support' AND t.trashed_at IS NULL AND m.side = 'staff'
  AND (m.kind = 'message' OR m.event = '{"event":"public","what":"closed"}')
  GROUP BY 1, 2;
