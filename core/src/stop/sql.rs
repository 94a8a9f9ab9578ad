//! The SQL of keys that end mails.

use crate::db::statements;

statements! {
    shared {
        ADD = "INSERT INTO stops (hash, thread_id, person_id, created_at) VALUES ($1, $2, $3, $4)";
        FIND = "SELECT s.thread_id, s.person_id, x.wants_mail FROM stops s \
            JOIN participants x ON x.thread_id = s.thread_id AND x.person_id = s.person_id \
            WHERE s.hash = $1 AND s.created_at > $2 AND x.left_at IS NULL";
        SWEEP = "DELETE FROM stops WHERE created_at <= $1";
    }
}
