//! The SQL of mailboxes.

use crate::db::statements;

macro_rules! box_columns {
    () => {
        "SELECT b.person_id, b.thread_id, b.shelf, b.since, b.active_at, b.unread, b.closed, b.late, \
         b.counts, COALESCE(x.wants_mail, TRUE) AS wants_mail, f.notices FROM mailbox b \
         LEFT JOIN profiles f ON f.person_id = b.person_id \
         LEFT JOIN participants x ON x.thread_id = b.thread_id AND x.person_id = b.person_id "
    };
}

/// A page of a list: `$1` whose, `$2` and `$3` the place after which it goes on, `$4` how many rows.
macro_rules! listed {
    ($of:literal) => {
        concat!(
            "SELECT b.thread_id, b.since, b.active_at, b.unread, \
             COALESCE(x.wants_mail, TRUE) AS wants_mail, t.kind, t.status, t.subject, t.preview, \
             t.latest_place FROM mailbox b JOIN threads t ON t.id = b.thread_id \
             LEFT JOIN participants x ON x.thread_id = b.thread_id AND x.person_id = b.person_id \
             WHERE b.person_id = $1 AND ",
            $of,
            " AND (b.active_at, b.thread_id) < ($2, $3) \
             ORDER BY b.active_at DESC, b.thread_id DESC LIMIT $4"
        )
    };
}

/// The same for several threads at once.
macro_rules! with_each {
    ($ids:literal) => {
        concat!(
            "SELECT x.thread_id, p.name FROM participants x JOIN people p ON p.id = x.person_id \
             WHERE x.thread_id IN (",
            $ids,
            ") AND x.person_id <> $2 AND x.left_at IS NULL \
             ORDER BY x.thread_id, x.joined_at, x.person_id"
        )
    };
}
macro_rules! typed_each {
    ($ids:literal) => {
        concat!(
            "SELECT r.thread_id, r.typed FROM recipients r WHERE r.thread_id IN (",
            $ids,
            ") AND (r.person_id IS NULL OR r.person_id <> $2) \
             ORDER BY r.thread_id, r.asked_at, r.email_folded"
        )
    };
}

statements! {
    shared {
        OF_THREAD = concat!(box_columns!(), "WHERE b.thread_id = $1 ORDER BY b.person_id");
        /// Who else is in a thread, by their own word.
        OTHERS = "SELECT person_id FROM mailbox WHERE thread_id = $1 AND shelf = 'in' \
            AND person_id <> $2";
        OF_ONE = concat!(box_columns!(), "WHERE b.person_id = $1 AND b.thread_id = $2");
        PUT = "INSERT INTO mailbox (person_id, thread_id, shelf, since, active_at, unread, closed, \
            late, counts) VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $7) \
            ON CONFLICT (person_id, thread_id) DO UPDATE SET since = excluded.since, \
            unread = 0, late = excluded.late";
        SAVE = "UPDATE mailbox SET shelf = $3, active_at = $4, unread = $5, closed = $6, late = $7, \
            counts = $8 WHERE person_id = $1 AND thread_id = $2";
        /// What others have written after a place that a user has read up to.
        UNREAD = "SELECT COUNT(*) FROM messages WHERE thread_id = $1 AND public_place > $2 \
            AND kind = 'message' AND author_id <> $3";
        COUNT = "INSERT INTO mailbox_counts (person_id, unread, asked) VALUES ($1, $2, $3) \
            ON CONFLICT (person_id) DO UPDATE SET unread = mailbox_counts.unread + excluded.unread, \
            asked = mailbox_counts.asked + excluded.asked RETURNING unread, asked";
        /// Whether the unread threads of one sort count for somebody's badge.
        SET_COUNTS = "UPDATE mailbox SET counts = $3 WHERE person_id = $1 AND shelf = 'in' \
            AND unread > 0 AND (late OR NOT closed) AND thread_id IN \
            (SELECT t.id FROM threads t WHERE t.id = mailbox.thread_id AND t.kind = $2) \
            AND COALESCE((SELECT x.wants_mail FROM participants x \
            WHERE x.thread_id = mailbox.thread_id AND x.person_id = $1), TRUE)";
        RECOUNT = "UPDATE mailbox_counts SET unread = (SELECT COUNT(*) FROM mailbox b \
            WHERE b.person_id = $1 AND b.shelf = 'in' AND b.unread > 0 AND b.counts) \
            WHERE person_id = $1 RETURNING unread, asked";
        COUNTS = "SELECT unread, asked FROM mailbox_counts WHERE person_id = $1";
        ALL_ROWS = listed!("b.shelf = 'in'");
        UNREAD_ROWS = listed!("b.shelf = 'in' AND b.unread > 0");
        DIRECT_ROWS = listed!("b.shelf = 'in' AND t.kind = 'direct'");
        CLOSED_ROWS = listed!("b.shelf = 'in' AND b.closed");
        ASKED_ROWS = listed!("b.shelf = 'asked'");
        /// Who else is in a thread: those who are in it by name, then those who have not answered by
        /// what was typed for them.
        WITH = "SELECT x.thread_id, p.name FROM participants x JOIN people p ON p.id = x.person_id \
            WHERE x.thread_id = $1 AND x.person_id <> $2 AND x.left_at IS NULL \
            ORDER BY x.joined_at, x.person_id LIMIT 20";
        TYPED = "SELECT thread_id, typed FROM recipients WHERE thread_id = $1 \
            AND (person_id IS NULL OR person_id <> $2) ORDER BY asked_at, email_folded LIMIT 20";
    }
    sqlite {
        WITH_EACH = with_each!("SELECT unhex(value) FROM json_each($1)");
        TYPED_EACH = typed_each!("SELECT unhex(value) FROM json_each($1)");
    }
    postgres {
        /// Whoever counts for this person waits, and what they have counted is seen by the next
        /// statement.
        HOLD_COUNTS = "SELECT person_id FROM mailbox_counts WHERE person_id = $1 FOR UPDATE";
        WITH_EACH_OF = with_each!("SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($1 AS JSON))");
        TYPED_EACH_OF = typed_each!("SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($1 AS JSON))");
    }
}
