//! The SQL of web hooks and their deliveries.

use crate::db::statements;

/// What is still owed. The words are those of the indexes.
macro_rules! owed {
    ($alias:literal) => {
        concat!($alias, ".state IN ('queued', 'leased', 'deferred')")
    };
}

/// What whoever manages settings sees of a hook; failures and what waits are counted up to $1.
macro_rules! views {
    () => {
        concat!(
            "SELECT w.id, w.name, w.url, w.team, w.events, w.active, w.gone_at, w.created_at, \
            p.name AS created_by, \
            (SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = w.id \
            AND d.state = 'dead' LIMIT $1) f) AS failed, \
            (SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = w.id \
            AND ",
            owed!("d"),
            " LIMIT $1) q) AS waiting \
            FROM webhooks w JOIN people p ON p.id = w.created_by WHERE w.deleted_at IS NULL "
        )
    };
}

statements! {
    shared {
        INSERT = "INSERT INTO webhooks (id, name, url, secret, team, events, active, created_by, \
            created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        COUNT = "SELECT COUNT(*) FROM webhooks WHERE deleted_at IS NULL";
        LIST = concat!(views!(), "ORDER BY w.created_at DESC, w.id DESC LIMIT 20");
        ONE = concat!(views!(), "AND w.id = $2");
        SWITCH = "UPDATE webhooks SET active = $2, gone_at = NULL \
            WHERE id = $1 AND deleted_at IS NULL AND active <> $2 RETURNING name, url";
        /// Its receiver is gone: off, and since when.
        GONE = "UPDATE webhooks SET active = $2, gone_at = $3 \
            WHERE id = $1 AND deleted_at IS NULL AND active <> $2 RETURNING name, url";
        DELETE = "UPDATE webhooks SET active = $2, deleted_at = $3, secret = '' \
            WHERE id = $1 AND deleted_at IS NULL RETURNING name, url";
        NAMED = "SELECT name, url FROM webhooks WHERE id = $1 AND deleted_at IS NULL";
        /// Whom a change is told.
        LISTENING = "SELECT id, team, events FROM webhooks WHERE active AND deleted_at IS NULL \
            ORDER BY id LIMIT 20";
        /// Not before what its thread waits for, where that is put off: else it would be looked at
        /// again and again meanwhile.
        OWE = concat!("INSERT INTO webhook_deliveries (id, webhook_id, thread_id, event, body, \
            number, step, state, due_at, attempts, since, created_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', COALESCE((SELECT MAX(d.due_at) \
            FROM webhook_deliveries d WHERE d.webhook_id = $2 AND d.thread_id = $3 \
            AND ", owed!("d"), " AND d.state <> 'leased' AND d.due_at > $8), $8), 0, $8, $8)");
        /// What is due for a hook: of each thread the first of all that is owed, longest due first.
        DUE = concat!("SELECT d.id FROM webhook_deliveries d WHERE d.webhook_id = $1 \
            AND ", owed!("d"), " AND d.due_at <= $2 AND NOT EXISTS \
            (SELECT 1 FROM webhook_deliveries e WHERE e.webhook_id = d.webhook_id \
            AND e.thread_id = d.thread_id AND ", owed!("e"), " \
            AND (e.number, e.step) < (d.number, d.step)) ORDER BY d.due_at, d.id LIMIT $3");
        NEXT_DUE = concat!("SELECT MIN(d.due_at) FROM webhook_deliveries d WHERE d.webhook_id = $1 \
            AND ", owed!("d"), " AND d.due_at > $2");
        LEASE = concat!("UPDATE webhook_deliveries SET state = 'leased', due_at = $2, \
            attempts = attempts + 1 WHERE id = $1 AND due_at <= $3 \
            AND ", owed!("webhook_deliveries"), " \
            RETURNING webhook_id, thread_id, body, attempts, since");
        /// To where a delivery goes, and whether its thread is in the trash.
        WAY = "SELECT w.url, w.secret, t.trashed_at FROM webhooks w JOIN threads t ON t.id = $2 \
            WHERE w.id = $1 AND w.active AND w.deleted_at IS NULL";
        /// The lease's end is its token: whoever lost it writes nothing.
        SETTLE = "UPDATE webhook_deliveries SET state = $2, due_at = $3, status = $4, answer = $5, \
            settled_at = $6 WHERE id = $1 AND state = 'leased' AND due_at = $7";
        /// What waits behind a delivery that is put off waits as long.
        PUT_OFF = concat!("UPDATE webhook_deliveries SET due_at = $3 WHERE webhook_id = $1 \
            AND thread_id = $2 AND ", owed!("webhook_deliveries"), " AND due_at < $3");
        /// What waited behind a delivery that is settled is due.
        HASTEN = concat!("UPDATE webhook_deliveries SET due_at = $3 WHERE webhook_id = $1 \
            AND thread_id = $2 AND ", owed!("webhook_deliveries"), " AND state <> 'leased' \
            AND due_at > $3");
        LOG = "SELECT d.id, d.event, d.state, d.attempts, d.status, d.answer, d.created_at, \
            d.due_at, d.settled_at FROM webhook_deliveries d WHERE d.webhook_id = $1 \
            AND (d.created_at, d.id) < ($2, $3) ORDER BY d.created_at DESC, d.id DESC LIMIT $4";
        /// Puts what is settled, or put off, on its way again.
        REPLAY = "UPDATE webhook_deliveries SET state = 'queued', due_at = $3, since = $3, \
            attempts = 0, settled_at = NULL WHERE id = $1 AND webhook_id = $2 \
            AND state IN ('sent', 'dead', 'dropped', 'deferred')";
        DEAD = "SELECT d.id FROM webhook_deliveries d WHERE d.webhook_id = $1 AND d.state = 'dead' \
            ORDER BY d.created_at DESC, d.id DESC LIMIT $2";
        SWEEP = "DELETE FROM webhook_deliveries WHERE id IN (SELECT d.id FROM webhook_deliveries d \
            WHERE d.created_at < $1 ORDER BY d.created_at LIMIT $2)";
        DELETED = "SELECT id FROM webhooks WHERE deleted_at IS NOT NULL ORDER BY deleted_at LIMIT 20";
        SWEEP_OF = "DELETE FROM webhook_deliveries WHERE id IN (SELECT d.id \
            FROM webhook_deliveries d WHERE d.webhook_id = $1 LIMIT $2)";
        /// Some time after it was deleted, so that no unit that began before still owes it anything.
        FORGET = "DELETE FROM webhooks WHERE id = $1 AND deleted_at < $2 AND NOT EXISTS \
            (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = $1)";
    }
}
