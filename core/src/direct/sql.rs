//! The SQL of direct threads: who is asked, who is blocked, what was reported and edited.

use crate::db::statements;

statements! {
    shared {
        /// Whether two people stand in a direct thread together: then they know each other.
        KNOWS = "SELECT COUNT(*) FROM participants a JOIN threads t ON t.id = a.thread_id \
            JOIN participants b ON b.thread_id = a.thread_id AND b.person_id = $2 \
            WHERE a.person_id = $1 AND a.role = 'participant' AND a.left_at IS NULL \
            AND b.left_at IS NULL AND t.kind = 'direct'";
        /// Everybody whom somebody knows by that.
        CONTACTS = "SELECT DISTINCT p.id, p.name FROM participants a \
            JOIN participants b ON b.thread_id = a.thread_id AND b.person_id <> $1 \
            JOIN people p ON p.id = b.person_id \
            WHERE a.person_id = $1 AND a.role = 'participant' AND a.left_at IS NULL \
            AND b.left_at IS NULL AND b.role = 'participant' AND p.deactivated_at IS NULL \
            ORDER BY p.name, p.id LIMIT 100";
        /// Who else is in a thread, with their ids: participants of a direct one know each other.
        PARTIES = "SELECT p.id, p.name FROM participants x JOIN people p ON p.id = x.person_id \
            WHERE x.thread_id = $1 AND x.person_id <> $2 AND x.left_at IS NULL \
            ORDER BY x.joined_at, x.person_id LIMIT 20";
        COUNT_PARTIES = "SELECT (SELECT COUNT(*) FROM participants x WHERE x.thread_id = $1 \
            AND x.left_at IS NULL) + (SELECT COUNT(*) FROM recipients r WHERE r.thread_id = $1)";
        ASK = "INSERT INTO recipients (thread_id, email_folded, typed, person_id, asked_by, asked_at) \
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (thread_id, email_folded) DO NOTHING";
        ANSWERED = "DELETE FROM recipients WHERE thread_id = $1 AND person_id = $2";
        ASKED_BY = "SELECT p.id, p.name FROM recipients r JOIN people p ON p.id = r.asked_by \
            WHERE r.thread_id = $1 AND r.person_id = $2";
        BLOCK = "INSERT INTO blocks (person_id, blocked_id, at) VALUES ($1, $2, $3) \
            ON CONFLICT (person_id, blocked_id) DO NOTHING";
        UNBLOCK = "DELETE FROM blocks WHERE person_id = $1 AND blocked_id = $2";
        HAS_BLOCKED = "SELECT COUNT(*) FROM blocks WHERE person_id = $1 AND blocked_id = $2";
        HEARERS = "SELECT b.person_id FROM mailbox b WHERE b.thread_id = $1 AND b.shelf = 'in' \
            AND b.person_id <> $2 AND NOT EXISTS (SELECT 1 FROM blocks x \
            WHERE x.person_id = b.person_id AND x.blocked_id = $2)";
        BLOCKED = "SELECT p.id, p.name FROM blocks b JOIN people p ON p.id = b.blocked_id \
            WHERE b.person_id = $1 ORDER BY p.name, p.id LIMIT 500";
        /// The threads that somebody has with one other person alone and put out of sight.
        IGNORED_WITH = "SELECT b.thread_id FROM mailbox b \
            JOIN participants x ON x.thread_id = b.thread_id AND x.person_id = $2 \
            WHERE b.person_id = $1 AND b.shelf = 'ignored' LIMIT 100";
        ADD_REPORT = "INSERT INTO reports (id, thread_id, reporter_id, reason, created_at) \
            VALUES ($1, $2, $3, $4, $5)";
        /// One picked message, if it is one that the reporter has before their eyes.
        ADD_REPORTED = "INSERT INTO reported (report_id, place, author_id, body, written_at) \
            SELECT $1, m.public_place, m.author_id, m.body, m.created_at FROM messages m \
            WHERE m.id = $2 AND m.thread_id = $3 AND m.kind = 'message' AND m.public_place > $4 \
            AND m.author_id <> $5 ON CONFLICT (report_id, place) DO NOTHING";
        REPORTS = "SELECT r.id, r.created_at, p.id AS reporter_id, p.name, r.reason, r.thread_id \
            FROM reports r JOIN people p ON p.id = r.reporter_id WHERE r.settled_at IS NULL \
            ORDER BY r.created_at, r.id LIMIT $1";
        REPORTED = "SELECT d.author_id, p.name, d.body, d.written_at FROM reported d \
            JOIN people p ON p.id = d.author_id WHERE d.report_id = $1 ORDER BY d.place";
        SETTLE = "UPDATE reports SET settled_at = $2, settled_by = $3 \
            WHERE id = $1 AND settled_at IS NULL";
        IS_IN = "SELECT COUNT(*) FROM messages WHERE id = $1 AND thread_id = $2";
        KEEP_BODY = "INSERT INTO edits (message_id, at, body) VALUES ($1, $2, $3) \
            ON CONFLICT (message_id, at) DO NOTHING";
        EDIT = "UPDATE messages SET body = $2, edited_at = $3, public_change = $4, staff_change = $5 \
            WHERE id = $1";
    }
}
