//! The SQL of figures.

use crate::db::statements;

/// An event as it is stored.
macro_rules! event {
    (closed) => {
        "'{\"event\":\"public\",\"what\":\"closed\"}'"
    };
    (moved) => {
        "'{\"event\":\"public\",\"what\":\"moved\"}'"
    };
    (reopened) => {
        "'{\"event\":\"public\",\"what\":\"reopened\"}'"
    };
}

statements! {
    shared {
        OPENED = "INSERT INTO thread_times (thread_id, opened_at) VALUES ($1, $2)";
        FIRST = "UPDATE thread_times SET first_at = $2, first_by = $3 \
            WHERE thread_id = $1 AND first_at IS NULL";
        CLOSED = "UPDATE thread_times SET closed_at = $2 WHERE thread_id = $1";
        /// What a thread comes to that has left the trash. A first answer counts where it was written,
        /// also once it stands in another thread.
        TIMES_OF = concat!("INSERT INTO thread_times (thread_id, opened_at, first_at, first_by, closed_at) \
            SELECT t.id, t.created_at, f.created_at, f.author_id, CASE WHEN t.status = 'closed' THEN ( \
            SELECT MAX(m.created_at) FROM messages m WHERE m.thread_id = t.id \
            AND m.event = ", event!(closed), ") END \
            FROM threads t LEFT JOIN messages f ON f.thread_id = t.id AND f.staff_place = ( \
            SELECT MIN(n.staff_place) FROM messages n \
            WHERE n.thread_id = t.id AND n.side = 'staff' AND NOT n.moved_in \
            AND (n.kind = 'message' OR n.event = ", event!(moved), ")) WHERE t.id = $1");
        FORGET_TIMES = "DELETE FROM thread_times WHERE thread_id = $1";
        FLOW = "INSERT INTO thread_flow (slot, opened, reopened, closed, replies) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (slot) DO UPDATE \
            SET opened = thread_flow.opened + excluded.opened, \
            reopened = thread_flow.reopened + excluded.reopened, \
            closed = thread_flow.closed + excluded.closed, \
            replies = thread_flow.replies + excluded.replies";
        STAFF_FLOW = "INSERT INTO staff_flow (slot, person_id, replies, closed) \
            VALUES ($1, $2, $3, $4) ON CONFLICT (slot, person_id) DO UPDATE \
            SET replies = staff_flow.replies + excluded.replies, \
            closed = staff_flow.closed + excluded.closed";
        /// Adds all that ever happened in a thread `$2` times: once, or once less. In an order, so that
        /// units which change several rows wait for each other.
        FLOW_OF = concat!("INSERT INTO thread_flow (slot, opened, reopened, closed, replies) \
            SELECT s.slot, CAST($2 AS BIGINT) * SUM(s.opened), CAST($2 AS BIGINT) * SUM(s.reopened), \
            CAST($2 AS BIGINT) * SUM(s.closed), CAST($2 AS BIGINT) * SUM(s.replies) FROM ( \
            SELECT t.created_at / 900000 AS slot, 1 AS opened, 0 AS reopened, 0 AS closed, 0 AS replies \
            FROM threads t WHERE t.id = $1 UNION ALL \
            SELECT m.created_at / 900000, 0, CASE WHEN m.event = ", event!(reopened), " THEN 1 ELSE 0 END, \
            CASE WHEN m.event = ", event!(closed), " THEN 1 ELSE 0 END, \
            CASE WHEN m.kind = 'message' THEN 1 ELSE 0 END FROM messages m WHERE m.thread_id = $1 \
            AND ((m.kind = 'message' AND m.side = 'staff') \
            OR m.event IN (", event!(closed), ", ", event!(reopened), "))) s \
            WHERE TRUE GROUP BY s.slot ORDER BY s.slot ON CONFLICT (slot) DO UPDATE \
            SET opened = thread_flow.opened + excluded.opened, \
            reopened = thread_flow.reopened + excluded.reopened, \
            closed = thread_flow.closed + excluded.closed, \
            replies = thread_flow.replies + excluded.replies");
        STAFF_FLOW_OF = concat!("INSERT INTO staff_flow (slot, person_id, replies, closed) \
            SELECT m.created_at / 900000, m.author_id, \
            CAST($2 AS BIGINT) * SUM(CASE WHEN m.kind = 'message' THEN 1 ELSE 0 END), \
            CAST($2 AS BIGINT) * SUM(CASE WHEN m.kind = 'event' THEN 1 ELSE 0 END) \
            FROM messages m WHERE m.thread_id = $1 AND m.side = 'staff' \
            AND (m.kind = 'message' OR m.event = ", event!(closed), ") \
            GROUP BY 1, 2 ORDER BY 1, 2 ON CONFLICT (slot, person_id) DO UPDATE \
            SET replies = staff_flow.replies + excluded.replies, \
            closed = staff_flow.closed + excluded.closed");
        FLOW_SINCE = "SELECT slot, opened, reopened, closed, replies FROM thread_flow WHERE slot >= $1";
        STAFF_SINCE = "SELECT f.person_id, p.name, CAST(SUM(f.replies) AS BIGINT) AS replies, \
            CAST(SUM(f.closed) AS BIGINT) AS closed FROM staff_flow f \
            JOIN people p ON p.id = f.person_id WHERE f.slot >= $1 \
            GROUP BY f.person_id, p.name ORDER BY 3 DESC, p.name, f.person_id LIMIT $2";
        FIRST_SINCE = "SELECT first_at, first_by, first_at - opened_at AS ms FROM thread_times \
            WHERE first_at IS NOT NULL AND first_at >= $1 ORDER BY first_at DESC LIMIT $2";
        CLOSED_SINCE = "SELECT closed_at, closed_at - opened_at AS ms FROM thread_times \
            WHERE closed_at IS NOT NULL AND closed_at >= $1 ORDER BY closed_at DESC LIMIT $2";
    }
}
