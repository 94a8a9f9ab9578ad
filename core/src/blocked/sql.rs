//! The SQL of addresses and domains whose messages go to the quarantine.

use crate::db::statements;

macro_rules! block_columns {
    () => {
        "SELECT b.id, b.kind, b.what, p.name AS by, b.created_at FROM blocked b \
         JOIN people p ON p.id = b.blocked_by "
    };
}

statements! {
    shared {
        /// An address comes before domains, and a domain before those above it.
        UNDER = concat!(block_columns!(), "WHERE b.what IN ($1, $2, $3, $4, $5, $6, $7, $8) \
            ORDER BY b.kind, length(b.what) DESC");
        PAGE = concat!(block_columns!(), "WHERE (b.created_at, b.id) < ($1, $2) \
            ORDER BY b.created_at DESC, b.id DESC LIMIT $3");
        ADD = "INSERT INTO blocked (id, kind, what, blocked_by, created_at) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (what) DO NOTHING RETURNING id";
        BY_ID = "SELECT kind, what FROM blocked WHERE id = $1";
        LIFT = "DELETE FROM blocked WHERE id = $1 RETURNING id";
    }
}
