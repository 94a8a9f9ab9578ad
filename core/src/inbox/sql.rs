//! The SQL of the inbox's lists and counts. Each list that people look at often has a text of its
//! own, so that each can be answered from an index in its own order; what a filter leaves out beside
//! that is looked at row by row.

use crate::db::statements;
use crate::thread::sql::thread_columns;

/// What a filter and a view leave of a list's rows: `$1` who reads, `$5` a status, `$6` whether closed
/// ones are left out, `$7` and `$8` who looks after them, `$9` the source, `$10` who started them, `$11`
/// whether only unread ones, `$14` whether only those with a file, `$15` whether those at rest are
/// `any`thing, `left` out or the `only` ones, `$16` a tag, `$12` and `$13` from when until when (with a
/// plus, so that no index of that moment is preferred to the one in the list's own order).
macro_rules! filtered {
    () => {
        "t.customer_id <> $1 AND ($5 = '' OR t.status = $5) \
         AND (t.status <> 'closed' OR NOT $6) \
         AND ($7 = 'any' OR ($7 = 'none' AND t.assignee_id IS NULL) \
         OR ($7 = 'free' AND (t.assignee_id IS NULL OR t.assignee_id = $1)) \
         OR ($7 = 'one' AND t.assignee_id = $8)) \
         AND ($9 = '' OR t.source = $9) AND ($10 = '' OR c.kind = $10) \
         AND (NOT $11 OR t.latest_place > COALESCE((SELECT r.upto FROM reads r \
         WHERE r.thread_id = t.id AND r.person_id = $1), 0)) \
         AND (NOT $14 OR t.has_file) \
         AND ($15 = 'any' OR (t.snoozed_until IS NOT NULL) = ($15 = 'only')) \
         AND ($16 = '' OR t.tags LIKE '% ' || $16 || ' %') \
         AND +t.active_at >= $12 AND +t.active_at < $13"
    };
}

/// A list: `$2` and `$3` the place after which it goes on, `$4` how many rows, the others as above.
macro_rules! rows {
    ($of:literal, $after:literal, $order:literal) => {
        concat!(
            thread_columns!(),
            "WHERE t.kind = 'support' AND ",
            $of,
            " AND ",
            $after,
            " AND ",
            filtered!(),
            " ORDER BY ",
            $order,
            " LIMIT $4"
        )
    };
}

/// How many of the `$4` newest threads of some sort were looked at, and how many of them a list holds.
/// `$2` and `$3` are its beginning, as for a list.
macro_rules! counted {
    ($of:literal) => {
        concat!(
            "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN ",
            filtered!(),
            " THEN 1 ELSE 0 END), 0) AS BIGINT) FROM (SELECT t.id, t.status, t.source, t.customer_id, \
             t.assignee_id, t.latest_place, t.has_file, t.snoozed_until, t.tags, t.active_at \
             FROM threads t WHERE t.kind = 'support' AND ",
            $of,
            " AND t.active_at >= $12 AND (t.active_at, t.id) < ($2, $3) \
             ORDER BY t.active_at DESC, t.id DESC LIMIT $4) t JOIN people c ON c.id = t.customer_id"
        )
    };
}

macro_rules! by_activity {
    ($of:literal) => {
        rows!(
            $of,
            "t.active_at >= $12 AND (t.active_at, t.id) < ($2, $3)",
            "t.active_at DESC, t.id DESC"
        )
    };
}

macro_rules! by_created {
    ($of:literal) => {
        rows!(
            $of,
            "(t.created_at, t.id) < ($2, $3)",
            "t.created_at DESC, t.id DESC"
        )
    };
}

macro_rules! by_waiting {
    ($of:literal) => {
        rows!(
            $of,
            // The first part once more by itself: of a pair with an expression, SQLite uses no index.
            "COALESCE(t.waiting_since, 9223372036854775807) >= $2 \
             AND (COALESCE(t.waiting_since, 9223372036854775807), t.id) > ($2, $3)",
            "COALESCE(t.waiting_since, 9223372036854775807), t.id"
        )
    };
}

macro_rules! by_subject {
    ($of:literal) => {
        rows!(
            $of,
            "(t.subject_folded, t.id) > ($2, $3)",
            "t.subject_folded, t.id"
        )
    };
}

statements! {
    shared {
        ALL_THREADS = by_activity!("t.trashed_at IS NULL");
        OF_STATUS = by_activity!("t.trashed_at IS NULL AND t.status = $5");
        OF_ONE = by_activity!("t.trashed_at IS NULL AND t.assignee_id = $8");
        OF_ONE_UNCLOSED = by_activity!("t.trashed_at IS NULL AND t.assignee_id = $8 \
            AND t.status <> 'closed'");
        OF_NOBODY = by_activity!("t.trashed_at IS NULL AND t.assignee_id IS NULL \
            AND t.status <> 'closed'");
        SNOOZED = by_activity!("t.trashed_at IS NULL AND t.snoozed_until IS NOT NULL");
        TRASH = by_activity!("t.trashed_at IS NOT NULL AND NOT t.held");
        COUNT_ALL = counted!("t.trashed_at IS NULL");
        COUNT_OF_STATUS = counted!("t.trashed_at IS NULL AND t.status = $5");
        COUNT_OF_ONE = counted!("t.trashed_at IS NULL AND t.assignee_id = $8");
        COUNT_OF_ONE_UNCLOSED = counted!("t.trashed_at IS NULL AND t.assignee_id = $8 \
            AND t.status <> 'closed'");
        COUNT_OF_NOBODY = counted!("t.trashed_at IS NULL AND t.assignee_id IS NULL \
            AND t.status <> 'closed'");
        COUNT_SNOOZED = counted!("t.trashed_at IS NULL AND t.snoozed_until IS NOT NULL");
        COUNT_TRASH = counted!("t.trashed_at IS NOT NULL AND NOT t.held");
        BY_WAITING = by_waiting!("t.trashed_at IS NULL");
        BY_CREATED = by_created!("t.trashed_at IS NULL");
        BY_SUBJECT = by_subject!("t.trashed_at IS NULL");
        TRASH_BY_WAITING = by_waiting!("t.trashed_at IS NOT NULL AND NOT t.held");
        TRASH_BY_CREATED = by_created!("t.trashed_at IS NOT NULL AND NOT t.held");
        TRASH_BY_SUBJECT = by_subject!("t.trashed_at IS NOT NULL AND NOT t.held");
        /// What was written last, to see what of it somebody has not read.
        NEWEST = "SELECT id, customer_id, assignee_id, status, latest_place, \
            snoozed_until IS NOT NULL AS snoozed FROM threads \
            WHERE kind = 'support' AND trashed_at IS NULL \
            ORDER BY active_at DESC, id DESC LIMIT $1";
        /// Adds to the kept count of one sort of threads.
        COUNT = "INSERT INTO thread_counts (customer_id, assignee_id, status, trashed, \
            snoozed, threads) VALUES ($1, $2, $3, $4, $5, $6) \
            ON CONFLICT (customer_id, assignee_id, status, trashed, snoozed) \
            DO UPDATE SET threads = thread_counts.threads + excluded.threads";
    }
    sqlite {
        READS = "SELECT thread_id, upto FROM reads WHERE person_id = $1 \
            AND thread_id IN (SELECT unhex(value) FROM json_each($2))";
        READS_OF_PEOPLE = "SELECT person_id, thread_id, upto FROM reads \
            WHERE thread_id IN (SELECT unhex(value) FROM json_each($1)) \
            AND person_id IN (SELECT unhex(value) FROM json_each($2))";
        COUNTS = "SELECT customer_id, assignee_id, status, trashed, snoozed, threads FROM thread_counts \
            WHERE customer_id IN (SELECT unhex(value) FROM json_each($1))";
    }
    postgres {
        READS_OF = "SELECT thread_id, upto FROM reads WHERE person_id = $1 \
            AND thread_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))";
        READS_OF_PEOPLE_HERE = "SELECT person_id, thread_id, upto FROM reads \
            WHERE thread_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($1 AS JSON))) \
            AND person_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))";
        COUNTS_OF = "SELECT customer_id, assignee_id, status, trashed, snoozed, threads FROM thread_counts \
            WHERE customer_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($1 AS JSON)))";
    }
}
