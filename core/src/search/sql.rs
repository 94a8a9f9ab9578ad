//! The SQL of searching. Each statement of hits looks at a bounded number of documents, the newest
//! first, and tells of each whether the reader may see it and it fits: so that an answer is exact
//! and yet no search is slow. The words come in `$1`, the range in `$2` (below) and `$3` (from), the
//! bound in `$4`.

use crate::db::statements;

/// Threads that a staff member ($5) may read, with a status ($6) and an assignee ($7, $8) if asked.
macro_rules! staff_fits {
    ($id:literal, $list:literal) => {
        concat!(
            "(t.kind = 'support' AND t.trashed_at IS NULL AND t.customer_id <> $5 \
             AND ($6 = '' OR t.status = $6) AND ($7 = 'any' OR ($7 = 'none' AND t.assignee_id IS NULL) \
             OR ($7 = 'one' AND t.assignee_id IS NOT NULL AND t.assignee_id IN (SELECT ",
            $id,
            " FROM ",
            $list,
            ")))) AS fits "
        )
    };
}

/// Threads in which somebody ($5) takes part, on the side that sees no notes.
macro_rules! own_fits {
    () => {
        "(t.trashed_at IS NULL AND EXISTS (SELECT 1 FROM participants x WHERE x.thread_id = t.id \
         AND x.person_id = $5 AND x.role <> 'staff' AND x.left_at IS NULL)) AS fits "
    };
}

macro_rules! sqlite_hits {
    ($table:literal, $fits:expr) => {
        concat!(
            "SELECT d.number, ",
            $fits,
            "FROM (SELECT rowid AS number FROM ",
            $table,
            " WHERE ",
            $table,
            " MATCH $1 \
             AND rowid < $2 AND rowid >= $3 ORDER BY rowid DESC LIMIT $4) w \
             CROSS JOIN search_docs d ON d.number = w.number \
             CROSS JOIN threads t ON t.id = d.thread_id ORDER BY w.number DESC"
        )
    };
}

macro_rules! postgres_hits {
    ($table:literal, $fits:expr) => {
        concat!(
            // Found first and cut afterwards: with the bound inside, PostgreSQL would rather walk
            // all documents from the newest than ask the index.
            "WITH found AS MATERIALIZED (SELECT s.number FROM ",
            $table,
            " s \
             WHERE s.words @@ CAST($1 AS TSQUERY) AND s.number < $2 AND s.number >= $3), \
             w AS MATERIALIZED (SELECT number FROM found ORDER BY number DESC LIMIT $4) \
             SELECT d.number, ",
            $fits,
            "FROM w JOIN search_docs d ON d.number = w.number \
             JOIN threads t ON t.id = d.thread_id ORDER BY d.number DESC"
        )
    };
}

/// All documents from the newest on, for a search without words; `$1` tells whether only notes.
macro_rules! walk {
    ($fits:expr) => {
        concat!(
            "SELECT d.number, ",
            $fits,
            "FROM (SELECT number, thread_id, message_id FROM search_docs \
             WHERE number < $2 AND number >= $3 ORDER BY number DESC LIMIT $4) d \
             JOIN threads t ON t.id = d.thread_id \
             JOIN messages m ON m.id = d.message_id AND ($1 = '' OR m.kind = $1) \
             ORDER BY d.number DESC"
        )
    };
}

macro_rules! shown {
    ($numbers:literal) => {
        concat!(
            "SELECT d.number, m.id, m.kind, m.body, m.staff_place, m.public_place, m.created_at, \
             p.name AS author, t.id AS thread, t.subject, t.status, c.name AS customer \
             FROM search_docs d JOIN messages m ON m.id = d.message_id \
             JOIN people p ON p.id = m.author_id JOIN threads t ON t.id = d.thread_id \
             JOIN people c ON c.id = t.customer_id WHERE d.number IN (",
            $numbers,
            ")"
        )
    };
}

macro_rules! weighed {
    ($numbers:literal) => {
        concat!(
            "SELECT d.number, m.staff_place, substr(m.body, 1, 1500) AS body, p.name AS author, \
             t.subject FROM search_docs d JOIN messages m ON m.id = d.message_id \
             JOIN people p ON p.id = m.author_id JOIN threads t ON t.id = d.thread_id \
             WHERE d.number IN (",
            $numbers,
            ")"
        )
    };
}

macro_rules! sqlite_staff {
    () => {
        staff_fits!("unhex(value)", "json_each($8)")
    };
}
macro_rules! postgres_staff {
    () => {
        staff_fits!(
            "CAST(value AS UUID)",
            "json_array_elements_text(CAST($8 AS JSON))"
        )
    };
}

statements! {
    shared {
        /// The newest threads in which somebody takes part: what they may search.
        OWN_THREADS = "SELECT x.thread_id FROM participants x JOIN threads t ON t.id = x.thread_id \
            WHERE x.person_id = $1 AND x.role <> 'staff' AND x.left_at IS NULL \
            AND t.trashed_at IS NULL ORDER BY t.active_at DESC, t.id DESC LIMIT $2";
        /// Entries in the order of their ids, which is that of their making.
        ENTRIES_AFTER = "SELECT id, thread_id FROM messages WHERE id > $1 AND kind <> 'event' AND staff_place > 0 \
            ORDER BY id LIMIT $2";
        FORGET = "DELETE FROM search_docs WHERE message_id = $1";
    }
    sqlite {
        /// Under its number, or under the first free one after it.
        ADD_DOC = "INSERT INTO search_docs (number, message_id, thread_id) VALUES (CASE \
            WHEN EXISTS (SELECT 1 FROM search_docs WHERE number = $1) \
            THEN (SELECT d.number + 1 FROM search_docs d WHERE d.number >= $1 AND NOT EXISTS \
            (SELECT 1 FROM search_docs e WHERE e.number = d.number + 1) ORDER BY d.number LIMIT 1) \
            ELSE $1 END, $2, $3)";
        ADD_MESSAGE_WORDS = "INSERT INTO search_messages (rowid, words) \
            SELECT number, $2 FROM search_docs WHERE message_id = $1";
        ADD_NOTE_WORDS = "INSERT INTO search_notes (rowid, words) \
            SELECT number, $2 FROM search_docs WHERE message_id = $1";
        MESSAGES = sqlite_hits!("search_messages", sqlite_staff!());
        NOTES = sqlite_hits!("search_notes", sqlite_staff!());
        OWN = sqlite_hits!("search_messages", own_fits!());
        WALK = walk!(sqlite_staff!());
        SHOWN = shown!("SELECT value FROM json_each($1)");
        WEIGHED = weighed!("SELECT value FROM json_each($1)");
    }
    postgres {
        NEWEST = "SELECT MAX(number) FROM search_docs";
        ADD_MESSAGE = "WITH doc AS (INSERT INTO search_docs (number, message_id, thread_id) \
            VALUES ($1, $2, $3) ON CONFLICT (number) DO NOTHING RETURNING number) \
            INSERT INTO search_messages (number, words) \
            SELECT number, CAST($4 AS TSVECTOR) FROM doc";
        ADD_NOTE = "WITH doc AS (INSERT INTO search_docs (number, message_id, thread_id) \
            VALUES ($1, $2, $3) ON CONFLICT (number) DO NOTHING RETURNING number) \
            INSERT INTO search_notes (number, words) \
            SELECT number, CAST($4 AS TSVECTOR) FROM doc";
        MESSAGES_OF = postgres_hits!("search_messages", postgres_staff!());
        NOTES_OF = postgres_hits!("search_notes", postgres_staff!());
        OWN_OF = postgres_hits!("search_messages", own_fits!());
        WALK_OF = walk!(postgres_staff!());
        SHOWN_OF = shown!("SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($1 AS JSON))");
        WEIGHED_OF = weighed!("SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($1 AS JSON))");
    }
}
