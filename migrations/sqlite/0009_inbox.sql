-- The trash, counts that are kept, and the orders in which the inbox can stand.
-- Beside it stands postgres/0009_inbox.sql with the same tables, columns and indexes.

-- The subject as lists sort it, folded by the program; missing until the program has done so.
ALTER TABLE threads ADD COLUMN subject_folded TEXT;

-- How many support threads there are of each sort: changed in the unit that changes a thread.
CREATE TABLE thread_counts (
  -- All zeros: everybody's threads. Otherwise the user whose own questions are counted here once
  -- more: they are not on their own lists.
  customer_id BLOB NOT NULL,
  -- All zeros: nobody.
  assignee_id BLOB NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'open', 'closed')),
  trashed INTEGER NOT NULL CHECK (trashed IN (0, 1)),
  threads INTEGER NOT NULL,
  PRIMARY KEY (customer_id, assignee_id, status, trashed)
) STRICT;
INSERT INTO thread_counts (customer_id, assignee_id, status, trashed, threads)
  SELECT zeroblob(16), COALESCE(assignee_id, zeroblob(16)), status, trashed_at IS NOT NULL, COUNT(*)
  FROM threads WHERE kind = 'support' GROUP BY 2, 3, 4;
INSERT INTO thread_counts (customer_id, assignee_id, status, trashed, threads)
  SELECT t.customer_id, COALESCE(t.assignee_id, zeroblob(16)), t.status, t.trashed_at IS NOT NULL, COUNT(*)
  FROM threads t JOIN people p ON p.id = t.customer_id
  WHERE t.kind = 'support' AND p.kind = 'user' GROUP BY 1, 2, 3, 4;

-- Counting is done above, and waiting has an order for all threads below.
DROP INDEX threads_badge;
DROP INDEX threads_waiting;
CREATE INDEX threads_longest ON threads (kind, COALESCE(waiting_since, 9223372036854775807), id) WHERE trashed_at IS NULL AND kind = 'support';
CREATE INDEX threads_created ON threads (kind, created_at DESC, id DESC) WHERE trashed_at IS NULL AND kind = 'support';
CREATE INDEX threads_subject ON threads (kind, subject_folded, id) WHERE trashed_at IS NULL AND kind = 'support';
CREATE INDEX threads_mine ON threads (kind, assignee_id, active_at DESC, id DESC) WHERE trashed_at IS NULL AND kind = 'support' AND status <> 'closed';
CREATE INDEX threads_nobody ON threads (kind, active_at DESC, id DESC) WHERE trashed_at IS NULL AND kind = 'support' AND assignee_id IS NULL AND status <> 'closed';
CREATE INDEX threads_trash ON threads (kind, active_at DESC, id DESC) WHERE trashed_at IS NOT NULL AND kind = 'support';
CREATE INDEX threads_trashed ON threads (trashed_at, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX threads_unfolded ON threads (id) WHERE subject_folded IS NULL;
