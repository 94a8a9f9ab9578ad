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
        /// What whoever manages people works with.
        BY_ID = "SELECT p.id, p.name, p.email, p.role, r.name AS role_name, r.permissions, \
            p.created_at, p.deactivated_at, p.seen_at FROM people p \
            LEFT JOIN roles r ON r.slug = p.role WHERE p.id = $1 AND p.kind = 'user'";
        /// The two patterns are the same text, once in lower case: one database's LIKE and lower
        /// know more letters than the other's.
        PEOPLE = "SELECT p.id, p.name, p.email, p.role, r.name AS role_name, r.permissions, \
            p.created_at, p.deactivated_at, p.seen_at FROM people p \
            LEFT JOIN roles r ON r.slug = p.role WHERE p.kind = 'user' \
            AND (p.name LIKE $1 ESCAPE '\\' OR lower(p.name) LIKE $2 ESCAPE '\\' \
            OR p.email_folded LIKE $2 ESCAPE '\\') \
            AND (CASE WHEN p.deactivated_at IS NULL THEN 'active' ELSE 'deactivated' END = $3 \
            OR $3 = 'all') AND (COALESCE(p.role, 'user') = $7 OR $7 IS NULL) \
            AND (p.name, p.id) > ($4, $5) ORDER BY p.name, p.id LIMIT $6";
        PEOPLE_FIRST = "SELECT p.id, p.name, p.email, p.role, r.name AS role_name, r.permissions, \
            p.created_at, p.deactivated_at, p.seen_at FROM people p \
            LEFT JOIN roles r ON r.slug = p.role WHERE p.kind = 'user' \
            AND (p.name LIKE $1 ESCAPE '\\' OR lower(p.name) LIKE $2 ESCAPE '\\' \
            OR p.email_folded LIKE $2 ESCAPE '\\') \
            AND (CASE WHEN p.deactivated_at IS NULL THEN 'active' ELSE 'deactivated' END = $3 \
            OR $3 = 'all') AND (COALESCE(p.role, 'user') = $5 OR $5 IS NULL) \
            ORDER BY p.name, p.id LIMIT $4";
        HAS_ADDRESS = "SELECT COUNT(*) FROM people WHERE email_folded = $1 AND kind = 'user'";
        OTHER_OWNERS = "SELECT COUNT(*) FROM people WHERE role = 'owner' \
            AND deactivated_at IS NULL AND id <> $1";
        OWNERS = "SELECT id FROM people WHERE role = 'owner' AND deactivated_at IS NULL \
            ORDER BY id LIMIT 500";
        /// The deactivated among them: they would come back with it.
        ALL_WITH_ROLE = "SELECT id, deactivated_at FROM people WHERE role = $1 ORDER BY id LIMIT $2";
        MOVE_ROLE = "UPDATE people SET role = $2 WHERE role = $1";
        WITH_ROLE = "SELECT id FROM people WHERE role = $1 AND deactivated_at IS NULL ORDER BY id";
        SET_ROLE = "UPDATE people SET role = $2 WHERE id = $1";
        SET_DEACTIVATED = "UPDATE people SET deactivated_at = $2 WHERE id = $1";
        /// The threads in which $2 is the customer are none of their business.
        ASSIGNED = "SELECT COUNT(*) FROM threads WHERE kind = 'support' AND assignee_id = $1 \
            AND trashed_at IS NULL AND customer_id <> $2";
        HELD = "SELECT id FROM threads WHERE kind = 'support' AND assignee_id = $1 \
            AND trashed_at IS NULL AND customer_id <> $2 ORDER BY id LIMIT $3";
        SEEN = "UPDATE people SET seen_at = $2 WHERE id = $1 AND (seen_at IS NULL OR seen_at < $2)";
        /// Whoever signs in holds the person's row: a new password or the end of the account waits
        /// for them, or they for it.
        HOLD = "UPDATE people SET seen_at = $3 WHERE id = $1 AND password_hash = $2 \
            AND deactivated_at IS NULL";
        PASSWORD = "SELECT password_hash FROM people WHERE id = $1";
        SET_PASSWORD = "UPDATE people SET password_hash = $3 WHERE id = $1 AND password_hash = $2 \
            AND deactivated_at IS NULL";
        SET_PROFILE = "UPDATE people SET name = $2, language = $3 WHERE id = $1";
    }
    postgres {
        /// Acts on people and roles take turns: each sees what the one before has left. The row is
        /// held so that people with this role can still be stored.
        TAKE_TURNS = "SELECT slug FROM roles WHERE slug = 'owner' FOR NO KEY UPDATE";
    }
}
