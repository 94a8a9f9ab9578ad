//! The SQL of files. What belongs to a message is only found through it, so that a note's files are
//! as hidden as the note.

use crate::db::statements;

macro_rules! attachment_columns {
    () => {
        "SELECT a.id, a.thread_id, a.message_id, a.uploader_id, a.name, a.bytes, a.hash, \
         a.thumb_width, a.thumb_height FROM attachments a "
    };
}

macro_rules! of_messages {
    ($ids:literal) => {
        concat!(
            attachment_columns!(),
            "WHERE a.message_id IN (",
            $ids,
            ") ORDER BY a.message_id, a.place"
        )
    };
}

macro_rules! known {
    ($ids:literal) => {
        concat!("SELECT id FROM attachments WHERE id IN (", $ids, ")")
    };
}

statements! {
    shared {
        ADD = "INSERT INTO attachments (id, thread_id, message_id, uploader_id, place, name, bytes, \
            hash, thumb_width, thumb_height, created_at) \
            VALUES ($1, $2, NULL, $3, 0, $4, $5, $6, $7, $8, $9)";
        BY_ID = concat!(attachment_columns!(), "WHERE a.id = $1");
        /// A file that everybody in the thread may have: one of a message, never of a note.
        PUBLIC = concat!(attachment_columns!(), "JOIN messages m ON m.id = a.message_id \
            WHERE a.id = $1 AND m.thread_id = $2 AND m.kind = 'message' AND m.public_place IS NOT NULL");
        /// The same, of a message after a place of the public order.
        PUBLIC_SINCE = concat!(attachment_columns!(), "JOIN messages m ON m.id = a.message_id \
            WHERE a.id = $1 AND m.thread_id = $2 AND m.kind = 'message' AND m.public_place > $3");
        /// A file that the team may have.
        STAFF = concat!(attachment_columns!(), "JOIN messages m ON m.id = a.message_id \
            WHERE a.id = $1 AND m.thread_id = $2");
        CLAIM = "UPDATE attachments SET message_id = $2, place = $3 \
            WHERE id = $1 AND message_id IS NULL AND waiting_id IS NULL";
        /// A file waits with its reply: it is nobody's to sweep, and no other message's.
        HOLD = "UPDATE attachments SET waiting_id = $2, place = $3 \
            WHERE id = $1 AND message_id IS NULL AND waiting_id IS NULL";
        /// It waits for a message again, as if it had come in at $2.
        LET_GO = "UPDATE attachments SET waiting_id = NULL, created_at = $2 WHERE waiting_id = $1";
        OF_WAITING = concat!(attachment_columns!(), "WHERE a.waiting_id = $1 ORDER BY a.place");
        WAITING_OF = "SELECT COUNT(*) FROM attachments WHERE uploader_id = $1 AND message_id IS NULL \
            AND waiting_id IS NULL";
        FORGET_WAITING = "DELETE FROM attachments WHERE message_id IS NULL AND waiting_id IS NULL \
            AND created_at < $1";
    }
    sqlite {
        OF_MESSAGES = of_messages!("SELECT unhex(value) FROM json_each($1)");
        KNOWN = known!("SELECT unhex(value) FROM json_each($1)");
    }
    postgres {
        OF_MESSAGES_OF = of_messages!("SELECT CAST(value AS UUID) FROM \
            json_array_elements_text(CAST($1 AS JSON))");
        KNOWN_OF = known!("SELECT CAST(value AS UUID) FROM \
            json_array_elements_text(CAST($1 AS JSON))");
    }
}
