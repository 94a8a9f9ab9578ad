//! The SQL of the audit log.

use crate::db::statements;

statements! {
    shared {
        INSERT = "INSERT INTO audit (id, at, actor_id, act, thread_id, person_id, detail) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        /// Threads are named, and guests too, to whoever reads the inbox ($9).
        PAGE = "SELECT a.id, a.at, a.actor_id, w.name AS actor_name, a.act, a.person_id, \
            p.name AS person_name, s.id AS thread_id, s.subject, a.detail FROM audit a \
            LEFT JOIN people w ON w.id = a.actor_id AND (w.kind = 'user' OR $9) \
            LEFT JOIN people p ON p.id = a.person_id AND (p.kind = 'user' OR $9) \
            LEFT JOIN threads s ON s.id = a.thread_id AND s.kind = 'support' \
            AND s.trashed_at IS NULL AND $9 \
            WHERE (a.at, a.id) < ($1, $2) AND a.at >= $3 \
            AND (a.actor_id = $4 OR a.person_id = $4 OR $4 IS NULL) \
            AND (a.act = $5 OR $5 IS NULL) AND (a.thread_id = $6 OR $6 IS NULL) \
            AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.id = a.thread_id \
            AND t.customer_id = $7) \
            ORDER BY a.at DESC, a.id DESC LIMIT $8";
        USERS = "SELECT id, name FROM people WHERE kind = 'user' ORDER BY name, id LIMIT 500";
        USER_NAME = "SELECT name FROM people WHERE id = $1 AND kind = 'user'";
    }
}
