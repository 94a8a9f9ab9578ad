//! The SQL of canned replies.

use crate::db::statements;

statements! {
    shared {
        COUNT_SHARED = "SELECT COUNT(*) FROM canned WHERE shared";
        COUNT_OWN = "SELECT COUNT(*) FROM canned WHERE NOT shared AND person_id = $1";
        INSERT = "INSERT INTO canned (id, person_id, shared, name, name_folded, text, created_at, \
            updated_at, acts) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)";
        UPDATE = "UPDATE canned SET shared = $2, name = $3, name_folded = $4, text = $5, \
            updated_at = $6, acts = $7 WHERE id = $1";
        DELETE = "DELETE FROM canned WHERE id = $1";
        BY_ID = "SELECT c.id, c.person_id, c.shared, c.name, c.text, c.acts, p.name AS author FROM canned c \
            JOIN people p ON p.id = c.person_id WHERE c.id = $1";
        SHARED = "SELECT c.id, c.person_id, c.shared, c.name, c.text, c.acts, p.name AS author FROM canned c \
            JOIN people p ON p.id = c.person_id WHERE c.shared ORDER BY c.name_folded LIMIT $1";
        OWN = "SELECT c.id, c.person_id, c.shared, c.name, c.text, c.acts, p.name AS author FROM canned c \
            JOIN people p ON p.id = c.person_id WHERE NOT c.shared AND c.person_id = $1 \
            ORDER BY c.name_folded LIMIT $2";
    }
}
