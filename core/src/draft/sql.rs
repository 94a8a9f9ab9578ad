//! The SQL of drafts.

use crate::db::statements;

statements! {
    shared {
        KEEP = "INSERT INTO drafts (person_id, thread_id, kind, text, began, at) \
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person_id, thread_id, kind) \
            DO UPDATE SET text = excluded.text, began = excluded.began, at = excluded.at";
        FORGET = "DELETE FROM drafts WHERE person_id = $1 AND thread_id = $2 AND kind = $3";
        TEXT = "SELECT text FROM drafts WHERE person_id = $1 AND thread_id = $2 AND kind = $3";
        OF_THREAD = "SELECT kind, text, began FROM drafts WHERE person_id = $1 AND thread_id = $2 \
            ORDER BY kind";
        /// The beginnings of what somebody replies, wherever that is; what was written last comes first.
        BEGINNINGS = "SELECT thread_id, substr(text, 1, $2) FROM drafts WHERE person_id = $1 \
            AND kind = 'reply' ORDER BY at DESC LIMIT $3";
    }
}
