//! The SQL of saved views.

use crate::db::statements;

macro_rules! columns {
    () => {
        "SELECT v.id, v.person_id, v.shared, v.name, v.query, p.name AS author FROM saved_views v \
         JOIN people p ON p.id = v.person_id "
    };
}

statements! {
    shared {
        COUNT_SHARED = "SELECT COUNT(*) FROM saved_views WHERE shared";
        COUNT_OWN = "SELECT COUNT(*) FROM saved_views WHERE NOT shared AND person_id = $1";
        INSERT = "INSERT INTO saved_views (id, person_id, shared, name, name_folded, query, created_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        DELETE = "DELETE FROM saved_views WHERE id = $1";
        BY_ID = concat!(columns!(), "WHERE v.id = $1");
        SHARED = concat!(columns!(), "WHERE v.shared ORDER BY v.name_folded LIMIT $1");
        OWN = concat!(columns!(), "WHERE NOT v.shared AND v.person_id = $1 \
            ORDER BY v.name_folded LIMIT $2");
    }
}
