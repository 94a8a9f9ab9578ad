//! The SQL of the inbox's lists and counts. Each view has a text of its own, so that each can be
//! answered from an index.

use crate::db::statements;
use crate::thread::sql::thread_columns;

macro_rules! rows {
    ($filter:literal) => {
        concat!(
            thread_columns!(),
            "WHERE t.kind = 'support' AND t.trashed_at IS NULL AND t.customer_id <> $1 ",
            $filter,
            " AND (t.active_at, t.id) < ($2, $3) ORDER BY t.active_at DESC, t.id DESC LIMIT $4"
        )
    };
}

statements! {
    shared {
        ALL_THREADS = rows!("");
        NEEDS_REPLY = rows!("AND t.status = 'pending' \
            AND (t.assignee_id IS NULL OR t.assignee_id = $1)");
        MINE = rows!("AND t.assignee_id = $1 AND t.status <> 'closed'");
        UNASSIGNED = rows!("AND t.assignee_id IS NULL AND t.status <> 'closed'");
        OPEN = rows!("AND t.status = 'open'");
        CLOSED = rows!("AND t.status = 'closed'");
        /// How many pending threads each assignee has, and nobody; whose question each is matters to
        /// a staff member who is a customer too.
        BADGES = "SELECT assignee_id, COUNT(*) FROM threads WHERE kind = 'support' \
            AND status = 'pending' AND trashed_at IS NULL GROUP BY assignee_id";
        /// Pending threads in which somebody is the customer, mine or nobody's: not on their badge.
        OWN_QUESTIONS = "SELECT COUNT(*) FROM threads WHERE kind = 'support' \
            AND status = 'pending' AND trashed_at IS NULL AND customer_id = $1 \
            AND (assignee_id IS NULL OR assignee_id = $1)";
    }
    sqlite {
        READS = "SELECT thread_id, upto FROM reads WHERE person_id = $1 \
            AND thread_id IN (SELECT unhex(value) FROM json_each($2))";
    }
    postgres {
        READS_OF = "SELECT thread_id, upto FROM reads WHERE person_id = $1 \
            AND thread_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))";
    }
}
