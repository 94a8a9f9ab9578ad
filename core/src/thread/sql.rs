//! The SQL of threads, their parties, their reads and their links' expiry.

use crate::db::statements;

macro_rules! thread_columns {
    () => {
        "SELECT t.id, t.kind, t.status, t.source, t.subject, t.customer_id, \
         t.customer_verified_at, t.assignee_id, t.public_change, t.staff_change, t.latest_place, \
         t.preview, t.preview_side, t.waiting_since, t.created_at, t.active_at, t.trashed_at, \
         t.has_file, t.snoozed_until, t.snoozed_by, t.tags, t.held, t.replies_waiting, t.merged_into, \
         c.name AS customer_name, c.email AS customer_email, c.kind AS customer_kind, \
         c.language AS customer_language, a.name AS assignee_name \
         FROM threads t JOIN people c ON c.id = t.customer_id \
         LEFT JOIN people a ON a.id = t.assignee_id "
    };
}
pub(crate) use thread_columns;

/// Who wrote a thread's newest entry of some sort.
macro_rules! who {
    ($what:literal) => {
        concat!(
            "SELECT p.name FROM messages m JOIN people p ON p.id = m.author_id \
             WHERE m.thread_id = $1 AND ",
            $what,
            " ORDER BY m.staff_place DESC LIMIT 1"
        )
    };
}

statements! {
    shared {
        BY_ID = concat!(thread_columns!(), "WHERE t.id = $1");
        INSERT = "INSERT INTO threads (id, kind, status, source, subject, customer_id, \
            public_change, staff_change, latest_place, preview, preview_side, created_at, active_at, \
            subject_folded) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, '', 'customer', $7, $7, $8)";
        SAVE = "UPDATE threads SET status = $2, customer_verified_at = $3, assignee_id = $4, \
            public_change = $5, staff_change = $6, latest_place = $7, preview = $8, \
            preview_side = $9, waiting_since = $10, active_at = $11, trashed_at = $12, \
            has_file = $13, snoozed_until = $14, snoozed_by = $15, tags = $16, held = $17, \
            replies_waiting = $18, merged_into = $19 WHERE id = $1";
        /// Counts a thread more or fewer under a tag.
        TAG = "INSERT INTO tags (name, threads) VALUES ($1, $2) ON CONFLICT (name) \
            DO UPDATE SET threads = tags.threads + excluded.threads";
        UNTAG = "DELETE FROM tags WHERE name = $1 AND threads <= 0";
        TAGS = "SELECT name FROM tags ORDER BY threads DESC, name LIMIT $1";
        TAGS_COUNT = "SELECT COUNT(*) FROM tags WHERE name <> $1";
        /// Since when the customer's oldest message waits that nobody of the team has answered.
        UNANSWERED_SINCE = "SELECT MIN(m.created_at) FROM messages m WHERE m.thread_id = $1 \
            AND m.kind = 'message' AND m.side = 'customer' AND m.staff_place > COALESCE(( \
            SELECT MAX(n.staff_place) FROM messages n WHERE n.thread_id = $1 \
            AND n.kind = 'message' AND n.side = 'staff'), 0)";
        WHO_ASSIGNED = who!("m.event LIKE '{\"event\":\"assigned\"%'");
        WHO_SET_STATUS = who!("(m.kind = 'message' OR m.event LIKE '{\"event\":\"public\"%' \
            OR m.event LIKE '{\"event\":\"status_set\"%')");
        WHO_SNOOZED = who!("m.event LIKE '{\"event\":\"snooze%'");
        /// What has rested long enough by $1, longest first.
        DUE = "SELECT id FROM threads WHERE snoozed_until IS NOT NULL AND snoozed_until <= $1 \
            AND trashed_at IS NULL ORDER BY snoozed_until, id LIMIT $2";
        NAME = "SELECT id, name FROM people WHERE id = $1";
        WHO_MERGED = who!("m.event LIKE '{\"event\":\"merged\"%'");
        WHO_TRASHED = who!("m.event LIKE '{\"event\":\"trashed\"%'");
        UNSENT = "SELECT id FROM messages WHERE thread_id = $1 AND delivery IN ('queued', 'deferred') \
            ORDER BY staff_place";
        /// What has been in the trash since before $1, longest first.
        PURGEABLE = "SELECT id FROM threads WHERE trashed_at IS NOT NULL AND trashed_at <= $1 \
            AND NOT held \
            ORDER BY trashed_at, id LIMIT $2";
        PURGE = "DELETE FROM threads WHERE id = $1";
        /// What is left of a guest whose one thread was purged: the log may still name their acts.
        FORGET_GUEST = "UPDATE people SET name = '', email = '', email_folded = '' \
            WHERE id = $1 AND kind = 'guest'";
        UNFOLDED = "SELECT id, subject FROM threads WHERE subject_folded IS NULL ORDER BY id LIMIT $1";
        FOLD = "UPDATE threads SET subject_folded = $2 WHERE id = $1";
        PARTICIPANTS = "SELECT x.person_id, x.role, x.wants_mail, p.name, p.email, \
            p.deactivated_at, f.notices, f.time_zone \
            FROM participants x JOIN people p ON p.id = x.person_id \
            LEFT JOIN profiles f ON f.person_id = x.person_id \
            WHERE x.thread_id = $1 AND x.left_at IS NULL ORDER BY x.joined_at, x.person_id LIMIT 200";
        JOIN = "INSERT INTO participants (thread_id, person_id, role, wants_mail, joined_at) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (thread_id, person_id) DO NOTHING";
        SET_WANTS_MAIL = "UPDATE participants SET wants_mail = $3 \
            WHERE thread_id = $1 AND person_id = $2";
        NEWEST_MESSAGE = "SELECT m.id FROM messages m WHERE m.thread_id = $1 \
            AND m.public_place IS NOT NULL AND m.kind = 'message' \
            ORDER BY m.public_place DESC LIMIT 1";
        COME_BACK = "UPDATE participants SET left_at = NULL, joined_at = $3 \
            WHERE thread_id = $1 AND person_id = $2 AND left_at IS NOT NULL";
        LEAVE = "UPDATE participants SET left_at = $3 \
            WHERE thread_id = $1 AND person_id = $2 AND left_at IS NULL";
        READ_UPTO = "SELECT upto FROM reads WHERE thread_id = $1 AND person_id = $2";
        MARK = "INSERT INTO reads (thread_id, person_id, side, upto, at) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (thread_id, person_id) DO UPDATE \
            SET upto = excluded.upto, at = excluded.at WHERE reads.upto < excluded.upto \
            RETURNING upto";
        /// Who has read up to $3, as the team sees it: a customer's place becomes one of the staff
        /// order.
        RECEIPT_VIEW = "SELECT t.kind, t.customer_id, p.name, (SELECT m.staff_place FROM messages m \
            WHERE m.thread_id = t.id AND m.public_place <= $3 AND m.staff_place > 0 \
            ORDER BY m.public_place DESC LIMIT 1) AS staff_place \
            FROM threads t JOIN people p ON p.id = $2 WHERE t.id = $1";
        RECEIPTS = "SELECT r.person_id, p.name, d.side, CASE d.side WHEN 'staff' THEN r.upto \
            ELSE (SELECT m.staff_place FROM messages m WHERE m.thread_id = r.thread_id \
            AND m.public_place <= r.upto AND m.staff_place > 0 ORDER BY m.public_place DESC LIMIT 1) END AS upto, r.at \
            FROM receipts r JOIN reads d ON d.thread_id = r.thread_id AND d.person_id = r.person_id \
            JOIN people p ON p.id = r.person_id \
            WHERE r.thread_id = $1 ORDER BY r.at DESC, r.upto DESC LIMIT $2";
        /// Read positions of those who are still in a direct thread.
        OTHERS_RECEIPTS = "SELECT p.name, r.upto, r.at FROM receipts r \
            JOIN participants x ON x.thread_id = r.thread_id AND x.person_id = r.person_id \
            AND x.left_at IS NULL JOIN people p ON p.id = r.person_id \
            WHERE r.thread_id = $1 AND r.person_id <> $2 ORDER BY r.at DESC, r.upto DESC LIMIT $3";
        /// The team has read up to $2 of its own order: up to the customer's last message before.
        /// Nothing when somebody of the team had read so far already.
        TEAM_READ = "INSERT INTO team_reads (thread_id, upto, at) \
            SELECT m.thread_id, m.public_place, CAST($3 AS BIGINT) FROM messages m \
            WHERE m.thread_id = $1 AND m.public_place = (SELECT n.public_place FROM messages n \
            WHERE n.thread_id = $1 AND n.staff_place <= $2 AND n.staff_place > 0 AND n.side = 'customer' \
            AND n.kind = 'message' ORDER BY n.staff_place DESC LIMIT 1) \
            AND NOT EXISTS (SELECT 1 FROM team_reads x WHERE x.thread_id = $1 \
            AND x.upto >= m.public_place) ON CONFLICT (thread_id, upto) DO NOTHING RETURNING upto";
        TEAM_READS = "SELECT upto, at FROM team_reads WHERE thread_id = $1 \
            ORDER BY upto DESC LIMIT $2";
        RECEIPT = "INSERT INTO receipts (thread_id, person_id, upto, at) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (thread_id, person_id, upto) DO NOTHING";
    }
    postgres {
        /// Without the columns of others: after waiting, PostgreSQL would join the thread's new values
        /// with the rows that it found before.
        LOCK_ROW = "SELECT id FROM threads WHERE id = $1 FOR NO KEY UPDATE";
    }
}
