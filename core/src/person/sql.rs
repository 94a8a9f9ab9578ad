//! The SQL of people and their rights.

use crate::db::statements;

statements! {
    shared {
        INSERT = "INSERT INTO people (id, kind, name, email, email_folded, role, password_hash, \
            language, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        /// The rights of a signed-in user, asked at the moment of use.
        RIGHTS = "SELECT p.id, p.name, p.email, p.role, p.language, r.permissions, s.expires_at \
            FROM sessions s JOIN people p ON p.id = s.person_id \
            LEFT JOIN roles r ON r.slug = p.role \
            WHERE s.id = $1 AND s.person_id = $2 AND s.expires_at > $3 \
            AND p.deactivated_at IS NULL";
        /// The rights of somebody who is not asking just now.
        RIGHTS_OF = "SELECT p.id, p.name, p.email, p.role, p.language, r.permissions \
            FROM people p LEFT JOIN roles r ON r.slug = p.role \
            WHERE p.id = $1 AND p.kind = 'user' AND p.deactivated_at IS NULL";
        STAFF = "SELECT p.id, p.name, p.email, p.role, p.language, r.permissions \
            FROM people p JOIN roles r ON r.slug = p.role \
            WHERE p.kind = 'user' AND p.deactivated_at IS NULL ORDER BY p.name, p.id LIMIT 500";
        BY_EMAIL = "SELECT id, password_hash FROM people \
            WHERE email_folded = $1 AND kind = 'user' AND deactivated_at IS NULL";
        HAS_OWNER = "SELECT COUNT(*) FROM people WHERE role = 'owner' AND deactivated_at IS NULL";
        ROLE_EXISTS = "SELECT COUNT(*) FROM roles WHERE slug = $1";
        ADD_ROLE = "INSERT INTO roles (slug, name, permissions, builtin) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (slug) DO NOTHING";
    }
}
