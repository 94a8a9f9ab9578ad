//! The SQL of a thread's entries.

use crate::db::statements;

macro_rules! entry_columns {
    () => {
        "SELECT m.id, m.kind, m.author_id, p.name AS author_name, m.side, m.body, m.event, \
         m.public_place, m.public_change, m.staff_place, m.staff_change, m.known_by, m.delivery, \
         m.client_key, m.created_at, m.edited_at FROM messages m JOIN people p ON p.id = m.author_id "
    };
}

statements! {
    shared {
        INSERT = "INSERT INTO messages (id, thread_id, kind, author_id, side, body, event, \
            public_place, public_change, staff_place, staff_change, known_by, delivery, \
            client_key, content_hash, created_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
        /// What somebody used a key for: a message, or a reply that waits to become one.
        BY_KEY = "SELECT id, content_hash, public_place, staff_place, created_at, \
            CAST(NULL AS TEXT) AS state, created_at AS due_at \
            FROM messages WHERE author_id = $1 AND client_key = $2 \
            UNION ALL SELECT id, content_hash, CAST(NULL AS BIGINT), CAST(0 AS BIGINT), created_at, state, due_at \
            FROM waiting_replies WHERE author_id = $1 AND client_key = $2 AND state <> 'sent'";
        PUBLIC_BEFORE = concat!(entry_columns!(), "WHERE m.thread_id = $1 AND m.kind <> 'note' \
            AND m.public_place < $2 ORDER BY m.public_place DESC LIMIT $3");
        PUBLIC_AFTER = concat!(entry_columns!(), "WHERE m.thread_id = $1 AND m.kind <> 'note' \
            AND m.public_place > $2 ORDER BY m.public_place LIMIT $3");
        /// What is held stands at negative places: see `thread/held.rs`.
        STAFF_BEFORE = concat!(entry_columns!(), "WHERE m.thread_id = $1 \
            AND m.staff_place < $2 AND m.staff_place > 0 ORDER BY m.staff_place DESC LIMIT $3");
        STAFF_AFTER = concat!(entry_columns!(), "WHERE m.thread_id = $1 \
            AND m.staff_place > $2 AND m.staff_place > 0 ORDER BY m.staff_place LIMIT $3");
        /// The same after the place at which a user's history begins.
        PUBLIC_BEFORE_SINCE = concat!(entry_columns!(), "WHERE m.thread_id = $1 AND m.kind <> 'note' \
            AND m.public_place < $2 AND m.public_place > $4 ORDER BY m.public_place DESC LIMIT $3");
        PUBLIC_CHANGED = concat!(entry_columns!(), "WHERE m.thread_id = $1 AND m.kind <> 'note' \
            AND m.public_change > $2 AND m.public_change <= $3 ORDER BY m.public_change LIMIT $4");
        STAFF_CHANGED = concat!(entry_columns!(), "WHERE m.thread_id = $1 \
            AND m.staff_change > $2 AND m.staff_change > 0 AND m.staff_change <= $3 ORDER BY m.staff_change LIMIT $4");
        /// The newest act of another staff member that somebody has not seen (rule 8).
        OTHERS_ACT = "SELECT p.name, m.created_at FROM messages m JOIN people p ON p.id = m.author_id \
            WHERE m.thread_id = $1 AND m.staff_place > $2 AND m.side = 'staff' AND m.author_id <> $3 \
            AND (m.event IS NULL OR m.event NOT LIKE '%snooze_ended%') ORDER BY m.staff_place DESC LIMIT 1";
        /// The newest message of the customer that somebody has not been shown.
        CUSTOMERS_ACT = "SELECT p.name, m.created_at FROM messages m JOIN people p ON p.id = m.author_id \
            WHERE m.thread_id = $1 AND m.staff_place > $2 AND m.side = 'customer' AND m.kind = 'message' \
            ORDER BY m.staff_place DESC LIMIT 1";
        SET_DELIVERY = "UPDATE messages SET delivery = $2, staff_change = $3 \
            WHERE id = $1 AND delivery <> $2 RETURNING id";
        ADMIT = "UPDATE messages SET staff_place = $2, staff_change = $2 \
            WHERE id = $1 AND staff_place < 0";
        DISCARD = "DELETE FROM messages WHERE id = $1 AND staff_place < 0";
        BY_ID = concat!(entry_columns!(), "WHERE m.id = $1");
    }
}
