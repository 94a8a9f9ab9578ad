//! The SQL of proofs by mailed links.

use crate::db::statements;

statements! {
    shared {
        INSERT = "INSERT INTO proofs (id, kind, email, email_folded, person_id, language, \
            created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        /// The newest request of its kind for an address, by whoever it is about.
        NEWEST = "SELECT id, kind, email, person_id, language, expires_at FROM proofs \
            WHERE email_folded = $1 AND kind = $2 AND expires_at > $3 \
            AND (person_id = $4 OR $4 IS NULL) \
            ORDER BY created_at DESC, id DESC LIMIT 1";
        SET_HASH = "UPDATE proofs SET hash = $2, expires_at = $3, person_id = $4 WHERE id = $1";
        BY_HASH = "SELECT id, kind, email, person_id, language, expires_at FROM proofs \
            WHERE hash = $1 AND expires_at > $2";
        /// One use: of two who send the form at once, one finds the row.
        TAKE = "DELETE FROM proofs WHERE id = $1 AND hash = $2 RETURNING id";
        END_OF = "DELETE FROM proofs WHERE person_id = $1";
        END_OF_KIND = "DELETE FROM proofs WHERE person_id = $1 AND kind = $2";
        SWEEP = "DELETE FROM proofs WHERE expires_at < $1";
    }
}
