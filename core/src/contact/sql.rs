//! The SQL of what the team knows of a customer.

use crate::db::statements;

/// The support threads of everybody who writes under the address `$1`. The address comes first, whatever
/// the order: so SQLite reads a crossed join. No thread is found by its kind, which tells it so little.
macro_rules! threads_of {
    ($columns:literal, $end:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM people p CROSS JOIN threads t WHERE t.customer_id = p.id \
             AND p.email_folded = $1 AND t.kind <> 'direct' AND t.trashed_at IS NULL ",
            $end
        )
    };
}

statements! {
    shared {
        /// Whoever is a customer in a thread that the team may see.
        PERSON = "SELECT p.id, p.name, p.email, p.email_folded, p.kind, p.language, \
            (p.kind = 'user' OR EXISTS (SELECT 1 FROM threads v WHERE v.customer_id = p.id \
            AND v.customer_verified_at IS NOT NULL)) AS verified FROM people p \
            WHERE p.id = $1 AND p.email_folded <> '' AND EXISTS (SELECT 1 FROM threads t \
            WHERE t.customer_id = p.id AND t.kind = 'support' AND NOT t.held)";
        THREADS = threads_of!("t.id, t.subject, t.status, \
            (p.kind = 'user' OR t.customer_verified_at IS NOT NULL) AS verified, t.active_at",
            "AND (t.active_at, t.id) < ($2, $3) ORDER BY t.active_at DESC, t.id DESC LIMIT $4");
        COUNT = concat!("SELECT COUNT(*), COUNT(CASE WHEN status <> 'closed' THEN 1 END) FROM (",
            threads_of!("t.status", "LIMIT $2"), ") AS theirs");
        NOTE = "SELECT n.text, n.version, p.name AS by, n.changed_at FROM contact_notes n \
            JOIN people p ON p.id = n.changed_by WHERE n.email_folded = $1";
        /// Only over what its author has seen.
        WRITE_NOTE = "INSERT INTO contact_notes (email_folded, text, version, changed_by, changed_at) \
            VALUES ($1, $2, 1, $3, $4) ON CONFLICT (email_folded) DO UPDATE SET text = excluded.text, \
            version = contact_notes.version + 1, changed_by = excluded.changed_by, \
            changed_at = excluded.changed_at WHERE contact_notes.version = $5 RETURNING version";
        MOVE_NOTE = "UPDATE contact_notes SET email_folded = $2 WHERE email_folded = $1 \
            AND NOT EXISTS (SELECT 1 FROM contact_notes x WHERE x.email_folded = $2)";
        /// With the last guest who wrote under the address.
        FORGET_NOTE = "DELETE FROM contact_notes WHERE email_folded = (SELECT g.email_folded \
            FROM people g WHERE g.id = $1 AND g.kind = 'guest') AND NOT EXISTS (SELECT 1 \
            FROM people x WHERE x.email_folded = contact_notes.email_folded AND x.id <> $1)";
    }
}
