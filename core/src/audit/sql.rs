//! The SQL of the audit log.

use crate::db::statements;

statements! {
    shared {
        INSERT = "INSERT INTO audit (id, at, actor_id, act, thread_id, person_id, detail) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        PAGE = "SELECT a.id, a.at, a.actor_id, w.name AS actor_name, a.act, a.person_id, \
            p.name AS person_name, a.thread_id, a.detail FROM audit a \
            LEFT JOIN people w ON w.id = a.actor_id LEFT JOIN people p ON p.id = a.person_id \
            WHERE (a.at, a.id) < ($1, $2) AND a.at >= $3 \
            AND (a.actor_id = $4 OR a.person_id = $4 OR $4 IS NULL) \
            AND (a.act = $5 OR $5 IS NULL) AND (a.thread_id = $6 OR $6 IS NULL) \
            AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.id = a.thread_id \
            AND t.customer_id = $7) \
            ORDER BY a.at DESC, a.id DESC LIMIT $8";
        USER_NAME = "SELECT name FROM people WHERE id = $1 AND kind = 'user'";
    }
}
