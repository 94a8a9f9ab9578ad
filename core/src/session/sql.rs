//! The SQL of signed-in browsers.

use crate::db::statements;
use crate::person::sql::may_log_in;

statements! {
    shared {
        INSERT = "INSERT INTO sessions (id, person_id, hash, agent, created_at, seen_at, \
            expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        BY_HASH = concat!("SELECT s.id, s.person_id, s.seen_at FROM sessions s JOIN people p ON p.id = s.person_id \
            WHERE s.hash = $1 AND s.expires_at > $2 AND ", may_log_in!());
        EXPIRES = "SELECT s.expires_at FROM sessions s WHERE s.id = $1";
        DELETE = "DELETE FROM sessions WHERE id = $1";
        DELETE_BY_HASH = "DELETE FROM sessions WHERE hash = $1 RETURNING id";
        DELETE_OF = "DELETE FROM sessions WHERE id = $1 AND person_id = $2 RETURNING id";
        DELETE_OTHERS = "DELETE FROM sessions WHERE person_id = $1 AND id <> $2 RETURNING id";
        DELETE_ALL = "DELETE FROM sessions WHERE person_id = $1";
        LIST = "SELECT id, agent, created_at, seen_at FROM sessions \
            WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, created_at DESC, id \
            LIMIT $3";
        SEEN = "UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
        SWEEP = "DELETE FROM sessions WHERE expires_at < $1";
    }
}
