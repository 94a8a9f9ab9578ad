//! The SQL of the ledger of mails.

use crate::db::statements;

/// What the list tells of a mail.
macro_rules! lines {
    () => {
        "SELECT o.id, o.kind, o.state, COALESCE(o.sent_to, o.address, p.email) AS address, p.name, \
        t.id AS thread_id, o.answer, o.attempts, o.created_at, o.due_at, o.sent_at FROM outbox o \
        LEFT JOIN people p ON p.id = o.person_id \
        LEFT JOIN threads t ON t.id = o.thread_id AND t.kind = 'support' AND t.trashed_at IS NULL \
        WHERE "
    };
}

/// Not about a thread in which whoever looks is the customer, and about nobody's direct thread.
macro_rules! not_mine {
    () => {
        "NOT EXISTS (SELECT 1 FROM threads m WHERE m.id = o.thread_id AND m.customer_id = $1) \
        AND NOT EXISTS (SELECT 1 FROM threads d WHERE d.id = o.thread_id \
        AND d.kind = CASE WHEN $1 IS NULL THEN '' ELSE 'direct' END)"
    };
}

/// Given up. The words are those of the index.
macro_rules! failed {
    () => {
        "o.state IN ('dead', 'deferred') AND o.state = 'dead' AND o.joined_to IS NULL"
    };
}

/// Waiting or on its way, and the first of what leaves as one mail.
macro_rules! waiting {
    () => {
        "o.state IN ('queued', 'leased', 'deferred') AND o.state <> 'deferred' AND NOT EXISTS \
        (SELECT 1 FROM outbox e WHERE e.bundle = o.bundle \
        AND e.state IN ('queued', 'leased', 'deferred') \
        AND (e.created_at, e.id) < (o.created_at, o.id))"
    };
}

/// By state, and the newest first.
macro_rules! on_from {
    () => {
        " AND (o.state > $2 OR (o.state = $2 AND (o.created_at, o.id) < ($3, $4))) \
        ORDER BY o.state, o.created_at DESC, o.id DESC LIMIT $5"
    };
}

statements! {
    shared {
        OWE = "INSERT INTO outbox (id, kind, channel, thread_id, message_id, person_id, address, \
            bundle, state, due_at, attempts, created_at) \
            VALUES ($1, $2, 'mail', $3, $4, $5, $6, $7, 'queued', $8, 0, $9) \
            ON CONFLICT (message_id, channel, bundle) DO NOTHING";
        /// Bundles with something due, longest due first.
        DUE = "SELECT bundle FROM outbox WHERE state IN ('queued', 'leased', 'deferred') \
            AND due_at <= $1 AND (state <> 'leased' OR leased_until <= $1) \
            GROUP BY bundle ORDER BY MIN(due_at), bundle LIMIT $2";
        /// Takes every row of a bundle that nobody else holds, due or not: they leave as one mail.
        /// Here and below, the three states are named once more where SQLite would not see otherwise
        /// that the index of what is owed holds the rows.
        LEASE = "UPDATE outbox SET state = 'leased', leased_until = $2, attempts = attempts + 1, \
            sent_to = NULL, sent_unverified = NULL \
            WHERE bundle = $1 AND state IN ('queued', 'leased', 'deferred') \
            AND (state IN ('queued', 'deferred') \
            OR (state = 'leased' AND leased_until <= $3)) \
            RETURNING id, kind, thread_id, message_id, person_id, address, attempts, created_at";
        /// The lease's end is its token: whoever lost it writes nothing.
        SETTLE = "UPDATE outbox SET state = $2, leased_until = NULL, answer = $3, due_at = $4, \
            sent_to = $5, sent_unverified = $6, sent_at = $7, joined_to = $8 \
            WHERE id = $1 AND state = 'leased' AND leased_until = $9";
        NEXT_DUE = "SELECT MIN(CASE WHEN state = 'leased' THEN leased_until ELSE due_at END) \
            FROM outbox WHERE state IN ('queued', 'leased', 'deferred')";
        /// Counts a mail that is about to leave among those that have left.
        RESERVE = "UPDATE outbox SET sent_to = $2, sent_unverified = $3 \
            WHERE id = $1 AND state = 'leased' AND leased_until = $4";
        /// Those that have left since, and those that are on their way just now.
        SENT_TO = "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'sent' AND joined_to IS NULL \
            AND sent_to = $1 AND sent_at > $2 AND sent_unverified = $3) \
            + (SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'leased', 'deferred') \
            AND state = 'leased' AND leased_until > $4 \
            AND sent_to = $1 AND sent_unverified = $3)";
        SENT_BY_ALL = "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'sent' \
            AND joined_to IS NULL AND sent_at > $1 AND sent_unverified = $2) \
            + (SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'leased', 'deferred') \
            AND state = 'leased' AND leased_until > $3 \
            AND sent_unverified = $2)";
        LINKS_SENT_TO = "SELECT COUNT(*) FROM outbox WHERE state = 'sent' AND kind = 'guest_links' \
            AND joined_to IS NULL AND sent_to = $1 AND sent_at > $2";
        /// Mails of a kind that went to an address since, and one that is on its way.
        KIND_SENT_TO = "SELECT COUNT(*) FROM outbox WHERE state = 'sent' AND kind = $1 \
            AND joined_to IS NULL AND sent_to = $2 AND sent_at > $3";
        DROP_FOR = "UPDATE outbox SET state = 'dropped', answer = $2, due_at = $3 \
            WHERE person_id = $1 AND state IN ('queued', 'leased', 'deferred') \
            AND state <> 'leased' AND NOT EXISTS \
            (SELECT 1 FROM threads t WHERE t.id = outbox.thread_id AND t.customer_id = $1)";
        HASTEN_FOR = "UPDATE outbox SET due_at = $2 \
            WHERE person_id = $1 AND state IN ('queued', 'leased', 'deferred') \
            AND state <> 'leased' AND due_at > $2";
        /// Through the index over message, channel and bundle, which an invitation's rows begin
        /// without a message.
        INVITATION = "SELECT state, answer FROM outbox WHERE message_id IS NULL AND channel = 'mail' \
            AND bundle = $1 ORDER BY created_at DESC, id DESC LIMIT 1";
        /// The newest mail about a message to one person.
        OF_MESSAGE = "SELECT id, joined_to, state, answer, attempts, due_at FROM outbox \
            WHERE message_id = $1 AND channel = 'mail' AND thread_id = $2 AND person_id = $3 \
            ORDER BY created_at DESC, id DESC LIMIT 1";
        /// Whether a row that was taken is about another entry by now.
        MOVED = "SELECT COUNT(*) FROM outbox WHERE id = $1 AND message_id <> $2";
        CANCEL_THREAD = "UPDATE outbox SET state = 'dropped', answer = $2, due_at = $3 \
            WHERE thread_id = $1 AND state IN ('queued', 'deferred')";
        OWED = "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'leased', 'deferred')";
        /// By the moment of settling, which the rows of a bundle share: some refer to the first.
        SWEEP = "DELETE FROM outbox \
            WHERE kind IN ('guest_links', 'confirm_address', 'reset_password') AND due_at < $1 \
            AND state IN ('sent', 'dropped', 'dead')";
        TROUBLE = concat!(lines!(), "o.state IN ('dead', 'deferred') AND o.joined_to IS NULL AND ",
            not_mine!(), on_from!());
        WAITING = concat!(lines!(), waiting!(), " AND ", not_mine!(), on_from!());
        SENT = concat!(lines!(), "o.state = 'sent' AND o.joined_to IS NULL AND ", not_mine!(),
            " AND o.state = $2 AND (o.sent_at, o.id) < ($3, $4) \
            ORDER BY o.sent_at DESC, o.id DESC LIMIT $5");
        DROPPED = concat!(lines!(), "o.state = 'dropped' AND o.joined_to IS NULL AND ", not_mine!(),
            on_from!());
        COUNTS = concat!("SELECT (SELECT COUNT(*) FROM outbox o WHERE ", failed!(), " AND ",
            not_mine!(), ") AS failed, \
            (SELECT COUNT(*) FROM outbox o WHERE o.state IN ('dead', 'deferred') \
            AND o.state = 'deferred' AND o.joined_to IS NULL AND ", not_mine!(), ") AS deferred, \
            (SELECT COUNT(*) FROM outbox o WHERE ", waiting!(), " AND ", not_mine!(), ") AS waiting, \
            (SELECT COUNT(*) FROM outbox o WHERE o.state = 'sent' AND o.joined_to IS NULL \
            AND o.sent_at > $2 AND ", not_mine!(), ") AS sent_today");
        FAILED = concat!("SELECT COUNT(*) FROM outbox o WHERE ", failed!(), " AND ", not_mine!());
        ALL_FAILED = concat!("SELECT o.id FROM outbox o WHERE ", failed!(), " AND ", not_mine!(),
            " ORDER BY o.created_at DESC, o.id DESC LIMIT $2");
        RETRY = "UPDATE outbox SET state = 'queued', due_at = $3 \
            WHERE state IN ('dead', 'deferred') AND (id = $1 OR joined_to = $1) AND NOT EXISTS \
            (SELECT 1 FROM threads m WHERE m.id = outbox.thread_id AND m.customer_id = $2) \
            AND NOT EXISTS (SELECT 1 FROM threads d WHERE d.id = outbox.thread_id \
            AND d.kind = CASE WHEN $2 IS NULL THEN '' ELSE 'direct' END) \
            RETURNING thread_id, person_id, message_id";
        PUT_ASIDE = "UPDATE outbox SET state = 'dropped', due_at = $3 \
            WHERE state = 'dead' AND (id = $1 OR joined_to = $1) AND NOT EXISTS \
            (SELECT 1 FROM threads m WHERE m.id = outbox.thread_id AND m.customer_id = $2) \
            AND NOT EXISTS (SELECT 1 FROM threads d WHERE d.id = outbox.thread_id \
            AND d.kind = CASE WHEN $2 IS NULL THEN '' ELSE 'direct' END) \
            RETURNING thread_id, person_id, message_id";
        /// The whole bundle; nothing if its first row has left or is on its way.
        CANCEL = "UPDATE outbox SET state = 'dropped', due_at = $3, answer = $4 \
            WHERE state IN ('queued', 'leased', 'deferred') AND state <> 'leased' \
            AND bundle = (SELECT b.bundle FROM outbox b \
            WHERE b.id = $1 AND b.state IN ('queued', 'deferred')) AND NOT EXISTS \
            (SELECT 1 FROM threads m WHERE m.id = outbox.thread_id AND m.customer_id = $2) \
            AND NOT EXISTS (SELECT 1 FROM threads d WHERE d.id = outbox.thread_id \
            AND d.kind = CASE WHEN $2 IS NULL THEN '' ELSE 'direct' END) \
            RETURNING thread_id, person_id, message_id";
    }
}
