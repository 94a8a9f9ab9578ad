//! The SQL of the settings.

use crate::db::statements;

statements! {
    shared {
        ALL_ROWS = "SELECT name, value FROM settings";
        SET = "INSERT INTO settings (name, value, changed_at) VALUES ($1, $2, $3) \
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at";
    }
}
