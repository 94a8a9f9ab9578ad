//! The SQL of replies that wait.

use crate::db::statements;

macro_rules! waiting_columns {
    () => {
        "SELECT w.id, w.thread_id, w.author_id, p.name AS author_name, w.client_key, \
         w.content_hash, w.state, w.undo, w.body, w.seen, w.reopen, w.close, w.acts, w.accepted, w.due_at, \
         w.stopped_by FROM waiting_replies w JOIN people p ON p.id = w.author_id "
    };
}

statements! {
    shared {
        PUT = "INSERT INTO waiting_replies (id, thread_id, author_id, client_key, content_hash, \
            state, undo, body, seen, reopen, close, accepted, due_at, created_at, \
            acts) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        BY_ID = concat!(waiting_columns!(), "WHERE w.id = $1");
        OF_THREAD = concat!(waiting_columns!(), "WHERE w.thread_id = $1 \
            AND w.state IN ('waiting', 'stopped') ORDER BY w.due_at, w.id LIMIT $2");
        KEYS_OF_THREAD = "SELECT client_key FROM waiting_replies WHERE thread_id = $1 \
            AND state IN ('waiting', 'stopped') ORDER BY due_at, id LIMIT $2";
        /// Until when the last one waits that somebody can still take back.
        LAST_UNDO = "SELECT due_at FROM waiting_replies WHERE thread_id = $1 AND author_id = $2 \
            AND state = 'waiting' AND undo ORDER BY due_at DESC, id DESC LIMIT 1";
        COUNT_OF = "SELECT COUNT(*) FROM waiting_replies WHERE author_id = $1 \
            AND state IN ('waiting', 'stopped')";
        /// What is due by $1, longest first.
        DUE = "SELECT id, thread_id FROM waiting_replies WHERE state = 'waiting' AND due_at <= $1 \
            ORDER BY due_at, id LIMIT $2";
        NEXT = "SELECT due_at FROM waiting_replies WHERE state = 'waiting' ORDER BY due_at, id LIMIT 1";
        SETTLE = "UPDATE waiting_replies SET state = $2, body = '', due_at = $3 WHERE id = $1";
        STOP = "UPDATE waiting_replies SET state = 'stopped', stopped_by = $2 WHERE id = $1";
        MOVE = "UPDATE waiting_replies SET state = 'waiting', stopped_by = NULL, undo = FALSE, \
            due_at = $2, accepted = $3 WHERE id = $1";
        /// The newest message that another wrote after number $2: of the team, and of the customer as
        /// well where $4 says so.
        CHANGED_SINCE = "SELECT p.name FROM messages m JOIN people p ON p.id = m.author_id \
            WHERE m.thread_id = $1 AND m.staff_place > $2 AND m.kind = 'message' AND m.author_id <> $3 \
            AND (m.side = 'staff' OR $4) ORDER BY m.staff_place DESC LIMIT 1";
        /// A message or note of another after number $2.
        UNREAD = "SELECT staff_place FROM messages WHERE thread_id = $1 AND staff_place > $2 \
            AND author_id <> $3 AND kind <> 'event' ORDER BY staff_place LIMIT 1";
        OF_AUTHOR = "SELECT w.thread_id, t.subject, c.name AS customer, w.body, w.due_at, \
            w.state, w.stopped_by \
            FROM waiting_replies w JOIN threads t ON t.id = w.thread_id \
            JOIN people c ON c.id = t.customer_id WHERE w.author_id = $1 \
            AND w.state IN ('waiting', 'stopped') AND t.trashed_at IS NULL \
            ORDER BY w.due_at, w.id LIMIT $2";
        FORGET_SETTLED = "DELETE FROM waiting_replies WHERE state IN ('sent', 'taken') AND due_at < $1";
    }
}
