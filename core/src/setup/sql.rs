//! The SQL of the one-time token that makes the first owner.

use crate::db::statements;

statements! {
    shared {
        CLEAR = "DELETE FROM setup_tokens";
        INSERT = "INSERT INTO setup_tokens (hash, created_at) VALUES ($1, $2)";
        IS_OPEN = "SELECT COUNT(*) FROM setup_tokens WHERE hash = $1";
        TAKE = "DELETE FROM setup_tokens WHERE hash = $1 RETURNING created_at";
    }
}
