//! The SQL of what the honeypot caught; the form itself writes it, see `guest/sql.rs`.

use crate::db::statements;

statements! {
    shared {
        PAGE = "SELECT id, name, email, subject, body, source, bait, created_at FROM quarantine \
            WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT $3";
        COUNT = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM quarantine LIMIT $1) AS caught";
        TAKE = "DELETE FROM quarantine WHERE id = $1 \
            RETURNING name, email, subject, body, source, address, language";
        DELETE = "DELETE FROM quarantine WHERE id = $1";
        SWEEP = "DELETE FROM quarantine WHERE created_at < $1";
    }
}
