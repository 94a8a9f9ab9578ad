//! The SQL of roles.

use crate::db::statements;

statements! {
    shared {
        ADD_BUILTIN = "INSERT INTO roles (slug, name, name_folded, permissions, builtin) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (slug) DO NOTHING";
        INSERT = "INSERT INTO roles (slug, name, name_folded, permissions, builtin) \
            VALUES ($1, $2, $3, $4, $5)";
        BY_SLUG = "SELECT slug, name, permissions, builtin, CAST(0 AS BIGINT) AS used FROM roles WHERE slug = $1";
        LIST = "SELECT r.slug, r.name, r.permissions, r.builtin, \
            (SELECT COUNT(*) FROM people p WHERE p.role = r.slug) \
            + (SELECT COUNT(*) FROM invitations i WHERE i.role = r.slug) AS used \
            FROM roles r ORDER BY r.builtin DESC, r.name_folded LIMIT 200";
        COUNT = "SELECT COUNT(*) FROM roles";
        USED = "SELECT (SELECT COUNT(*) FROM people WHERE role = $1) \
            + (SELECT COUNT(*) FROM invitations WHERE role = $1)";
        MOVE_INVITATIONS = "UPDATE invitations SET role = $2 WHERE role = $1";
        UPDATE = "UPDATE roles SET name = $2, name_folded = $3, permissions = $4 WHERE slug = $1";
        DELETE = "DELETE FROM roles WHERE slug = $1";
    }
}
