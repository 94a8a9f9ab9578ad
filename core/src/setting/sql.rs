//! The SQL of the settings.

use crate::db::statements;

statements! {
    shared {
        ALL_ROWS = "SELECT name, value FROM settings";
        SET = "INSERT INTO settings (name, value, changed_at, changed_by) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, \
            changed_at = excluded.changed_at, changed_by = excluded.changed_by";
        FORGET_LOGO = "DELETE FROM logos WHERE version = $1";
        KEEP_LOGO = "INSERT INTO logos (version, png) VALUES ($1, $2)";
        LOGO = "SELECT png FROM logos WHERE version = $1";
        CHANGED = "SELECT s.changed_at, p.name FROM settings s \
            LEFT JOIN people p ON p.id = s.changed_by WHERE s.name = $1";
    }
}
