//! The SQL of guests: their links, their starts, what the honeypot caught.

use crate::db::statements;

statements! {
    shared {
        ADD_LINK = "INSERT INTO links (id, thread_id, person_id, origin, hash, created_at, until) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        LINK_BY_HASH = "SELECT id, thread_id, person_id, origin, created_at, until, last_used_at, \
            revoked_at FROM links WHERE hash = $1";
        LINK_BY_ID = "SELECT id, thread_id, person_id, origin, created_at, until, last_used_at, \
            revoked_at FROM links WHERE id = $1";
        LINKS_OF = "SELECT id, thread_id, person_id, origin, created_at, until, last_used_at, \
            revoked_at FROM links WHERE thread_id = $1 AND revoked_at IS NULL AND until > $2 \
            ORDER BY created_at DESC, id DESC LIMIT 50";
        USE_LINK = "UPDATE links SET last_used_at = $2 WHERE id = $1";
        REVOKE = "UPDATE links SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
        REVOKE_ALL = "UPDATE links SET revoked_at = $2 WHERE thread_id = $1 AND revoked_at IS NULL";
        FORGET_UNKEYED = "UPDATE starts SET client_key = $2 WHERE client_key = $1 AND created_at < $3";
        ADD_START = "INSERT INTO starts (client_key, content_hash, email_folded, thread_id, created_at) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (client_key) DO NOTHING RETURNING thread_id";
        START_BY_KEY = "SELECT s.content_hash, s.thread_id, t.customer_id, t.trashed_at \
            FROM starts s JOIN threads t ON t.id = s.thread_id WHERE s.client_key = $1";
        ADD_CATCH = "INSERT INTO quarantine (id, name, email, subject, body, source, bait, address, \
            language, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        STOP_MAIL = "UPDATE participants SET wants_mail = $3 WHERE thread_id = $1 AND person_id = $2";
        /// The threads of everybody who is a guest under this address.
        THREADS_OF = "SELECT t.id FROM threads t JOIN people p ON p.id = t.customer_id \
            JOIN participants x ON x.thread_id = t.id AND x.person_id = p.id \
            WHERE p.email_folded = $1 AND p.kind = 'guest' AND t.trashed_at IS NULL AND x.wants_mail = $2 \
            ORDER BY t.active_at DESC, t.id DESC LIMIT 20";
    }
}
