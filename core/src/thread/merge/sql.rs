//! The SQL of merging threads.

use crate::db::statements;

/// A thread as it is offered or named, with how many messages it has.
macro_rules! line {
    ($from:literal) => {
        concat!(
            "SELECT t.id, t.subject, t.status, \
             (p.kind = 'user' OR t.customer_verified_at IS NOT NULL) AS verified, t.active_at, \
             (SELECT COUNT(*) FROM messages m WHERE m.thread_id = t.id AND m.kind = 'message' \
             AND m.staff_place > 0) AS messages ",
            $from
        )
    };
}

statements! {
    shared {
        ADD = "INSERT INTO merges (id, source_id, target_id, merged_by, merged_at, was) \
            VALUES ($1, $2, $3, $4, $5, $6)";
        STANDING = "SELECT g.id, g.target_id, g.merged_at, g.was, p.name AS by FROM merges g \
            JOIN people p ON p.id = g.merged_by WHERE g.source_id = $1 AND g.undone_at IS NULL";
        UNDO = "UPDATE merges SET undone_at = $2 WHERE id = $1";
        /// Threads that `$1` was ever merged with: under their names a post may have been made that is
        /// sent once more.
        KIN = "SELECT source_id AS id FROM merges WHERE target_id = $1 \
            UNION SELECT target_id FROM merges WHERE source_id = $1";
        /// Whether a page of `$2` may have come from a link of `$1`.
        WERE_ONE = "SELECT COUNT(*) FROM merges WHERE source_id = $1 AND target_id = $2";
        SOURCES = "SELECT id FROM threads WHERE merged_into = $1";
        LINE = line!("FROM threads t JOIN people p ON p.id = t.customer_id WHERE t.id = $1");
        /// Threads of the customer with the address `$1` and of the sort `$2` that `$3` can go on in, but
        /// for those in which `$4` is the customer. The address comes first, whatever the order.
        CHOICES = line!("FROM people p CROSS JOIN threads t WHERE t.customer_id = p.id \
            AND p.email_folded = $1 AND p.kind = $2 AND t.kind <> 'direct' AND t.trashed_at IS NULL \
            AND t.merged_into IS NULL AND t.id <> $3 AND t.customer_id <> $4 \
            ORDER BY t.active_at DESC, t.id DESC LIMIT $5");
        /// What waits in the quarantine stands at negative places.
        CAUGHT = "SELECT COUNT(*) FROM messages WHERE thread_id = $1 AND staff_place < 0";
        MOVABLE = "SELECT m.id, m.content_hash FROM messages m WHERE m.thread_id = $1 \
            AND m.kind <> 'event' AND m.staff_place > 0 ORDER BY m.staff_place LIMIT $2";
        MOVED = "SELECT e.source_id, e.copy_id, m.content_hash FROM moved e \
            JOIN messages m ON m.id = e.copy_id WHERE e.merge_id = $1 ORDER BY m.staff_place";
        /// What an entry has become that a standing merge moved, and where.
        COPY_OF = "SELECT e.copy_id FROM moved e JOIN merges g ON g.id = e.merge_id \
            WHERE e.source_id = $1 AND g.undone_at IS NULL";
        ADD_MOVED = "INSERT INTO moved (copy_id, source_id, merge_id) VALUES ($1, $2, $3)";
        MARK_COPY = "UPDATE messages SET moved_in = $2, edited_at = $3 WHERE id = $1";
        KEY_TAKEN = "SELECT COUNT(*) FROM messages WHERE author_id = $1 AND client_key = $2";
        /// What stands for an entry that has left: its text and key go with it.
        LEAVE = "UPDATE messages SET kind = 'event', body = '', event = $2, delivery = NULL, \
            client_key = NULL, content_hash = NULL, edited_at = NULL, public_change = $3, \
            staff_change = $4 WHERE id = $1";
        COME_BACK = "UPDATE messages SET kind = $2, body = $3, event = NULL, delivery = $4, \
            client_key = $5, content_hash = $6, edited_at = $7, public_change = $8, \
            staff_change = $9 WHERE id = $1";
        /// The files of an entry: `$4` has become `$5`.
        FILES = "UPDATE attachments SET thread_id = $2, message_id = $3, \
            uploader_id = CASE WHEN uploader_id = $4 THEN $5 ELSE uploader_id END \
            WHERE message_id = $1";
        /// What the customer has sent and not posted yet.
        STAGED = "UPDATE attachments SET thread_id = $2, uploader_id = $4 \
            WHERE thread_id = $1 AND uploader_id = $3 AND message_id IS NULL";
        /// Mails that nobody waits for: about what they have read, or switched off.
        UNWANTED = "UPDATE outbox SET state = 'dropped', answer = $2, due_at = $3 \
            WHERE message_id = $1 AND state IN ('queued', 'deferred') AND (EXISTS \
            (SELECT 1 FROM messages m JOIN reads r ON r.thread_id = m.thread_id \
            WHERE m.id = outbox.message_id AND r.person_id = outbox.person_id \
            AND r.upto >= CASE r.side WHEN 'staff' THEN m.staff_place ELSE m.public_place END) \
            OR EXISTS (SELECT 1 FROM participants x WHERE x.thread_id = outbox.thread_id \
            AND x.person_id = outbox.person_id AND NOT x.wants_mail)) RETURNING person_id";
        /// The mails about an entry: of thread `$6` they become those of `$7`, of `$8` those of `$9`.
        MAILS = "UPDATE outbox SET thread_id = $2, message_id = $3, \
            person_id = CASE WHEN person_id = $4 THEN $5 ELSE person_id END, \
            bundle = REPLACE(REPLACE(bundle, $6, $7), $8, $9) WHERE message_id = $1";
        READERS = "SELECT person_id, side, upto, at FROM reads WHERE thread_id = $1";
        TEAM_READ_UPTO = "SELECT upto, at FROM team_reads WHERE thread_id = $1 \
            ORDER BY upto DESC LIMIT 1";
        ADD_TEAM_READ = "INSERT INTO team_reads (thread_id, upto, at) VALUES ($1, $2, $3) \
            ON CONFLICT (thread_id, upto) DO NOTHING";
        LAST_PUBLIC = "SELECT MAX(m.public_place) FROM messages m WHERE m.thread_id = $1 \
            AND m.kind = 'message' AND m.public_place IS NOT NULL";
        LAST_OF_CUSTOMER = "SELECT MAX(m.public_place) FROM messages m WHERE m.thread_id = $1 \
            AND m.kind = 'message' AND m.side = 'customer'";
        /// Who of the team takes part in `$1` and not in `$2`.
        TEAM_OF = "SELECT x.person_id, x.wants_mail FROM participants x WHERE x.thread_id = $1 \
            AND x.role = 'staff' AND x.left_at IS NULL AND NOT EXISTS (SELECT 1 FROM participants y \
            WHERE y.thread_id = $2 AND y.person_id = x.person_id)";
        /// Whoever has written nothing there since.
        UNJOIN = "DELETE FROM participants WHERE thread_id = $1 AND person_id = $2 \
            AND role = 'staff' AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.thread_id = $1 \
            AND m.author_id = $2 AND m.kind <> 'event' AND NOT m.moved_in)";
        /// When a thread was written in last, its newest message or note, and whether it has a file.
        STANDS = "SELECT (SELECT MAX(m.created_at) FROM messages m WHERE m.thread_id = $1 \
            AND m.kind = 'message' AND m.staff_place > 0) AS active_at, \
            (SELECT MAX(n.staff_place) FROM messages n WHERE n.thread_id = $1 \
            AND n.kind <> 'event') AS latest_place, \
            (SELECT COUNT(*) FROM attachments a WHERE a.thread_id = $1 \
            AND a.message_id IS NOT NULL) AS files";
        NEWEST = "SELECT m.id FROM messages m WHERE m.thread_id = $1 AND m.kind = 'message' \
            AND m.staff_place > 0 ORDER BY m.created_at DESC, m.staff_place DESC LIMIT 1";
        WRITTEN_SINCE = "SELECT COUNT(*) FROM messages WHERE thread_id = $1 AND staff_place > $2 \
            AND kind = 'message' AND NOT moved_in";
        /// The sessions of browsers that began a thread: they have proven no address.
        END_BROWSERS = "UPDATE links SET revoked_at = $2 WHERE thread_id = $1 \
            AND origin = 'browser' AND revoked_at IS NULL RETURNING id";
        LINKS = "SELECT id FROM links WHERE thread_id = $1 AND revoked_at IS NULL";
    }
}
