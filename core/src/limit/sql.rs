//! The SQL of the counters.

use crate::db::statements;

statements! {
    shared {
        COUNT = "INSERT INTO tries (bucket, window_start, count) VALUES ($1, $2, 1) \
            ON CONFLICT (bucket, window_start) DO UPDATE SET count = tries.count + 1 \
            RETURNING count";
        SWEEP = "DELETE FROM tries WHERE window_start < $1";
    }
}
