//! The SQL of what was kept from the team.

use crate::db::statements;

statements! {
    shared {
        ADD = "INSERT INTO quarantine (id, name, email, subject, body, source, bait, address, \
            language, created_at, reason, thread_id, message_id) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
        /// The thread is told where the team sees it.
        PAGE = "SELECT q.id, q.name, q.email, q.subject, q.body, q.source, q.reason, q.bait, \
            CASE WHEN t.held THEN NULL ELSE q.thread_id END AS thread_id, q.created_at \
            FROM quarantine q LEFT JOIN threads t ON t.id = q.thread_id \
            WHERE (q.created_at, q.id) < ($1, $2) ORDER BY q.created_at DESC, q.id DESC LIMIT $3";
        COUNT = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM quarantine WHERE reason = $1 \
            LIMIT $2) AS caught";
        WHERE_IT_IS = "SELECT thread_id, message_id FROM quarantine WHERE id = $1";
        TAKE = "DELETE FROM quarantine WHERE id = $1 \
            RETURNING name, email, subject, body, source, address, language";
        TAKE_THREAD = "DELETE FROM quarantine WHERE thread_id = $1";
        /// Old ones that became nothing yet.
        SWEEP = "DELETE FROM quarantine WHERE created_at < $1 AND thread_id IS NULL";
        /// Old ones in threads in which nothing younger is caught.
        OLD = "SELECT q.id FROM quarantine q WHERE q.created_at < $1 AND q.thread_id IS NOT NULL \
            AND NOT EXISTS (SELECT 1 FROM quarantine n WHERE n.thread_id = q.thread_id \
            AND n.created_at >= $1) ORDER BY q.created_at, q.id LIMIT $2";
    }
}
