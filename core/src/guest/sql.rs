//! The SQL of guests: their links and their starts.

use crate::db::statements;

/// Threads of guests under the address `$1` that `$2` may take over: nothing of the team's is theirs.
/// The address comes first, whatever the order: so SQLite reads a crossed join.
macro_rules! claimable {
    ($end:literal) => {
        concat!(
            "SELECT t.id FROM people p CROSS JOIN threads t \
             WHERE t.customer_id = p.id AND p.email_folded = $1 AND p.kind = 'guest' AND t.kind = 'support' \
             AND t.trashed_at IS NULL AND t.merged_into IS NULL AND (t.assignee_id IS NULL OR t.assignee_id <> $2) \
             AND NOT EXISTS (SELECT 1 FROM participants x WHERE x.thread_id = t.id \
             AND x.person_id = $2) ",
            $end
        )
    };
}

statements! {
    shared {
        ADD_LINK = "INSERT INTO links (id, thread_id, person_id, origin, hash, created_at, until) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        LINK_BY_HASH = "SELECT id, thread_id, person_id, origin, created_at, until, last_used_at, \
            revoked_at FROM links WHERE hash = $1";
        LINK_BY_ID = "SELECT id, thread_id, person_id, origin, created_at, until, last_used_at, \
            revoked_at FROM links WHERE id = $1";
        LINKS_OF = "SELECT id, thread_id, person_id, origin, created_at, until, last_used_at, \
            revoked_at FROM links WHERE thread_id = $1 AND revoked_at IS NULL AND until > $2 \
            ORDER BY created_at DESC, id DESC LIMIT 50";
        USE_LINK = "UPDATE links SET last_used_at = $2 WHERE id = $1";
        REVOKE = "UPDATE links SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
        REVOKE_ALL = "UPDATE links SET revoked_at = $2 WHERE thread_id = $1 AND revoked_at IS NULL";
        FORGET_UNKEYED = "UPDATE starts SET client_key = $2 WHERE client_key = $1 AND created_at < $3";
        ADD_START = "INSERT INTO starts (client_key, content_hash, email_folded, thread_id, created_at) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (client_key) DO NOTHING RETURNING thread_id";
        /// One that is held has not ended for whoever started it.
        START_BY_KEY = "SELECT s.content_hash, s.thread_id, t.customer_id, \
            CASE WHEN t.held THEN NULL ELSE t.trashed_at END AS trashed_at, p.kind AS customer_kind FROM starts s JOIN threads t ON t.id = s.thread_id \
            JOIN people p ON p.id = t.customer_id WHERE s.client_key = $1";
        CLAIMABLE = claimable!("ORDER BY t.active_at DESC, t.id DESC LIMIT $3");
        STILL_CLAIMABLE = claimable!("AND t.id = $3");
        /// What makes a guest's part of a thread somebody's own: `$1` which thread, `$2` the guest, `$3`
        /// whose it is from now on. First what `$3` has read on the team's side is forgotten.
        DROP_RECEIPTS = "DELETE FROM receipts WHERE thread_id = $1 AND person_id = $3 \
            AND person_id <> $2";
        DROP_READS = "DELETE FROM reads WHERE thread_id = $1 AND person_id = $3 AND person_id <> $2";
        GIVE_RECEIPTS = "UPDATE receipts SET person_id = $3 WHERE thread_id = $1 AND person_id = $2";
        GIVE_READS = "UPDATE reads SET person_id = $3 WHERE thread_id = $1 AND person_id = $2";
        GIVE_SEAT = "UPDATE participants SET person_id = $3, role = 'owner' \
            WHERE thread_id = $1 AND person_id = $2";
        /// Their keys go: they are one for each author.
        GIVE_MESSAGES = "UPDATE messages SET author_id = $3, client_key = NULL, content_hash = NULL \
            WHERE thread_id = $1 AND author_id = $2";
        GIVE_FILES = "UPDATE attachments SET uploader_id = $3 WHERE thread_id = $1 \
            AND uploader_id = $2";
        GIVE_STOPS = "UPDATE stops SET person_id = $3 WHERE thread_id = $1 AND person_id = $2";
        GIVE_THREAD = "UPDATE threads SET customer_id = $3 WHERE id = $1 AND customer_id = $2";
        /// The mails that wait for a guest become those of whoever has taken the thread over.
        GIVE_MAILS = "UPDATE outbox SET person_id = $3, bundle = $4 WHERE thread_id = $1 \
            AND person_id = $2 AND kind = 'new_message' AND state IN ('queued', 'deferred')";
        STOP_MAIL = "UPDATE participants SET wants_mail = $3 WHERE thread_id = $1 AND person_id = $2";
        /// The threads of everybody who is a guest under this address.
        THREADS_OF = "SELECT t.id FROM threads t JOIN people p ON p.id = t.customer_id \
            JOIN participants x ON x.thread_id = t.id AND x.person_id = p.id \
            WHERE p.email_folded = $1 AND p.kind = 'guest' AND t.trashed_at IS NULL AND t.merged_into IS NULL \
            AND x.wants_mail = $2 \
            ORDER BY t.active_at DESC, t.id DESC LIMIT 20";
    }
}
