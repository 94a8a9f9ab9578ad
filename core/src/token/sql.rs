//! The SQL of API tokens.

use crate::db::statements;
use crate::person::sql::may_log_in;

statements! {
    shared {
        INSERT = "INSERT INTO tokens (id, person_id, name, scopes, hash, created_at, expires_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        COUNT = "SELECT COUNT(*) FROM tokens WHERE person_id = $1";
        LIST = "SELECT id, name, scopes, created_at, expires_at, used_at FROM tokens \
            WHERE person_id = $1 ORDER BY created_at DESC, id DESC LIMIT 50";
        BY_HASH = concat!("SELECT k.id, k.person_id, k.scopes, k.used_at FROM tokens k \
            JOIN people p ON p.id = k.person_id \
            WHERE k.hash = $1 AND k.expires_at > $2 AND ", may_log_in!());
        SEEN = "UPDATE tokens SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at < $2)";
        DELETE_OF = "DELETE FROM tokens WHERE id = $1 AND person_id = $2 RETURNING name";
        DELETE_ALL = "DELETE FROM tokens WHERE person_id = $1 RETURNING id";
        EXPIRES = "SELECT expires_at FROM tokens WHERE id = $1";
        SWEEP = "DELETE FROM tokens WHERE expires_at < $1";
    }
}
