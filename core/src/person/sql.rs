//! The SQL of people and their rights.

use crate::db::statements;

/// Whether the person `p` may log in at all: the one condition of every way in, and of all that is
/// open already.
macro_rules! may_log_in {
    () => {
        "p.kind = 'user' AND p.deactivated_at IS NULL"
    };
}

/// What somebody is and may do.
macro_rules! rights {
    () => {
        "p.id, p.name, p.email, p.role, p.language, f.time_zone, f.notices, r.permissions"
    };
}

/// What whoever manages people works with, of those who have an account.
macro_rules! targets {
    () => {
        "SELECT p.id, p.name, p.email, p.role, r.name AS role_name, r.permissions, p.created_at, \
        p.deactivated_at, p.seen_at, f.picture_at FROM people p \
        LEFT JOIN roles r ON r.slug = p.role LEFT JOIN profiles f ON f.person_id = p.id \
        WHERE p.kind = 'user' AND "
    };
}

pub(crate) use may_log_in;

statements! {
    shared {
        INSERT = "INSERT INTO people (id, kind, name, email, email_folded, role, password_hash, \
            language, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        /// The rights of a signed-in user, asked at the moment of use.
        RIGHTS = concat!("SELECT ", rights!(), " FROM sessions s \
            JOIN people p ON p.id = s.person_id LEFT JOIN profiles f ON f.person_id = p.id \
            LEFT JOIN roles r ON r.slug = p.role \
            WHERE s.id = $1 AND s.person_id = $2 AND s.expires_at > $3 AND ", may_log_in!());
        /// The same of a program in somebody's name, with the scopes that bound it.
        RIGHTS_BY_TOKEN = concat!("SELECT k.scopes, ", rights!(), " FROM tokens k \
            JOIN people p ON p.id = k.person_id LEFT JOIN profiles f ON f.person_id = p.id \
            LEFT JOIN roles r ON r.slug = p.role \
            WHERE k.id = $1 AND k.person_id = $2 AND k.expires_at > $3 AND ", may_log_in!());
        /// The same of somebody for whom another site vouches: whether the key still stands.
        RIGHTS_BY_KEY = concat!("SELECT ", rights!(), " FROM vouched v \
            JOIN embed_keys k ON k.id = v.key_id \
            JOIN people p ON p.id = v.person_id LEFT JOIN profiles f ON f.person_id = p.id \
            LEFT JOIN roles r ON r.slug = p.role \
            WHERE v.person_id = $2 AND v.key_id = $1 AND k.secret_at = $3 AND k.revoked_at IS NULL AND ", may_log_in!());
        /// The rights of somebody who is not asking just now.
        RIGHTS_OF = concat!("SELECT ", rights!(), " FROM people p \
            LEFT JOIN profiles f ON f.person_id = p.id LEFT JOIN roles r ON r.slug = p.role \
            WHERE p.id = $1 AND ", may_log_in!());
        STAFF = concat!("SELECT ", rights!(), " FROM people p JOIN roles r ON r.slug = p.role \
            LEFT JOIN profiles f ON f.person_id = p.id \
            WHERE ", may_log_in!(), " ORDER BY p.name, p.id LIMIT 500");
        BY_EMAIL = concat!("SELECT p.id, p.password_hash FROM people p \
            WHERE p.email_folded = $1 AND ", may_log_in!());
        HAS_OWNER = "SELECT COUNT(*) FROM people WHERE role = 'owner' AND deactivated_at IS NULL";
        /// What whoever manages people works with.
        BY_ID = concat!(targets!(), "p.id = $1");
        /// The two patterns are the same text, once in lower case: one database's LIKE and lower
        /// know more letters than the other's.
        PEOPLE = concat!(targets!(), "(p.name LIKE $1 ESCAPE '\\' OR lower(p.name) LIKE $2 ESCAPE '\\' \
            OR p.email_folded LIKE $2 ESCAPE '\\') \
            AND (CASE WHEN p.deactivated_at IS NULL THEN 'active' ELSE 'deactivated' END = $3 \
            OR $3 = 'all') AND (COALESCE(p.role, 'user') = $7 OR $7 IS NULL) \
            AND (p.name, p.id) > ($4, $5) ORDER BY p.name, p.id LIMIT $6");
        PEOPLE_FIRST = concat!(targets!(), "(p.name LIKE $1 ESCAPE '\\' OR lower(p.name) LIKE $2 ESCAPE '\\' \
            OR p.email_folded LIKE $2 ESCAPE '\\') \
            AND (CASE WHEN p.deactivated_at IS NULL THEN 'active' ELSE 'deactivated' END = $3 \
            OR $3 = 'all') AND (COALESCE(p.role, 'user') = $5 OR $5 IS NULL) \
            ORDER BY p.name, p.id LIMIT $4");
        HAS_ADDRESS = "SELECT COUNT(*) FROM people WHERE email_folded = $1 AND kind = 'user'";
        HAS_ADDRESS_BUT = "SELECT COUNT(*) FROM people WHERE email_folded = $1 AND kind = 'user' \
            AND id <> $2";
        SET_ADDRESS = "UPDATE people SET email = $2, email_folded = $3 WHERE id = $1";
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
        HOLD = concat!("UPDATE people AS p SET seen_at = $2 WHERE p.id = $1 AND ", may_log_in!());
        HOLD_WITH_PASSWORD = concat!("UPDATE people AS p SET seen_at = $2 WHERE p.id = $1 \
            AND p.password_hash = $3 AND ", may_log_in!());
        PASSWORD = "SELECT password_hash FROM people WHERE id = $1";
        SET_PASSWORD = "UPDATE people SET password_hash = $3 WHERE id = $1 AND password_hash = $2 \
            AND deactivated_at IS NULL";
        RESET_PASSWORD = "UPDATE people SET password_hash = $2 WHERE id = $1 AND kind = 'user'";
        SET_PROFILE = "UPDATE people SET name = $2, language = $3 WHERE id = $1";
        PROFILE = "SELECT time_zone, picture_at FROM profiles WHERE person_id = $1";
        SET_TIME_ZONE = "INSERT INTO profiles (person_id, time_zone) VALUES ($1, $2) \
            ON CONFLICT (person_id) DO UPDATE SET time_zone = excluded.time_zone";
        SET_NOTICES = "INSERT INTO profiles (person_id, notices) VALUES ($1, $2) \
            ON CONFLICT (person_id) DO UPDATE SET notices = excluded.notices";
        SET_PICTURE = "INSERT INTO profiles (person_id, picture, picture_at) VALUES ($1, $2, $3) \
            ON CONFLICT (person_id) DO UPDATE SET picture = excluded.picture, \
            picture_at = excluded.picture_at";
        PICTURE = "SELECT f.picture FROM profiles f JOIN people p ON p.id = f.person_id \
            WHERE f.person_id = $1 AND p.kind = 'user'";
        /// The threads of somebody's own side, and those in which they wrote for the team.
        EXPORTED_THREADS = "SELECT t.id, t.kind, t.status, t.subject, t.created_at, \
            x.left_at, x.role = 'staff' AS as_staff FROM participants x JOIN threads t ON t.id = x.thread_id \
            WHERE x.person_id = $1 AND x.thread_id > $2 AND t.trashed_at IS NULL \
            ORDER BY x.thread_id LIMIT $3";
        EXPORTED_SESSIONS = "SELECT agent, created_at, seen_at, expires_at FROM sessions \
            WHERE person_id = $1 ORDER BY created_at, id LIMIT 1000";
    }
    postgres {
        /// Acts on people and roles take turns: each sees what the one before has left. The row is
        /// held so that people with this role can still be stored.
        TAKE_TURNS = "SELECT slug FROM roles WHERE slug = 'owner' FOR NO KEY UPDATE";
    }
}
