//! The SQL of the audit log.

use crate::db::statements;

statements! {
    shared {
        INSERT = "INSERT INTO audit (id, at, actor_id, act, thread_id, person_id, detail) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
    }
}
