//! The SQL of the keys of other sites, and of whom they vouch for.

use crate::db::statements;

statements! {
    shared {
        ADD_KEY = "INSERT INTO embed_keys (id, name, secret, secret_at, made_by, created_at) \
            VALUES ($1, $2, $3, $4, $5, $4)";
        COUNT = "SELECT COUNT(*) FROM embed_keys WHERE revoked_at IS NULL";
        LIST = "SELECT k.id, k.name, k.secret_at, k.created_at, k.used_at, k.revoked_at FROM embed_keys k \
            ORDER BY k.created_at DESC, k.id DESC LIMIT 50";
        /// A key that stands, with what it signs.
        KEY = "SELECT k.secret, k.secret_at, k.used_at FROM embed_keys k \
            WHERE k.id = $1 AND k.revoked_at IS NULL";
        RENEW = "UPDATE embed_keys SET secret = $2, secret_at = $3 \
            WHERE id = $1 AND revoked_at IS NULL RETURNING name";
        REVOKE = "UPDATE embed_keys SET revoked_at = $2, secret = '' \
            WHERE id = $1 AND revoked_at IS NULL RETURNING name";
        USED = "UPDATE embed_keys SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at < $2)";
        KNOWN = "SELECT v.person_id, v.email, p.name, p.deactivated_at FROM vouched v \
            JOIN people p ON p.id = v.person_id WHERE v.key_id = $1 AND v.subject = $2";
        ADD = "INSERT INTO vouched (key_id, subject, person_id, email, created_at) \
            VALUES ($1, $2, $3, $4, $5)";
        SET_EMAIL = "UPDATE vouched SET email = $3 WHERE key_id = $1 AND subject = $2";
        SET_NAME = "UPDATE people SET name = $2 WHERE id = $1";
        /// By which key somebody is vouched for, and under which name of the site's own.
        OF = "SELECT k.name AS key_name, v.subject, v.email FROM vouched v \
            JOIN embed_keys k ON k.id = v.key_id WHERE v.person_id = $1";
    }
    postgres {
        /// Two answers for the same visitor take turns, so that the second finds whom the first made.
        HOLD_KEY = "SELECT id FROM embed_keys WHERE id = $1 FOR NO KEY UPDATE";
    }
}
