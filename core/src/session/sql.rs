//! The SQL of signed-in browsers.

use crate::db::statements;

statements! {
    shared {
        INSERT = "INSERT INTO sessions (id, person_id, hash, agent, created_at, expires_at) \
            VALUES ($1, $2, $3, $4, $5, $6)";
        BY_HASH = "SELECT s.id, s.person_id FROM sessions s JOIN people p ON p.id = s.person_id \
            WHERE s.hash = $1 AND s.expires_at > $2 AND p.deactivated_at IS NULL";
        EXPIRES = "SELECT s.expires_at FROM sessions s WHERE s.id = $1";
        DELETE = "DELETE FROM sessions WHERE id = $1";
        DELETE_BY_HASH = "DELETE FROM sessions WHERE hash = $1 RETURNING id";
        SWEEP = "DELETE FROM sessions WHERE expires_at < $1";
    }
}
