//! The SQL of invitations.

use crate::db::statements;

statements! {
    shared {
        COUNT = "SELECT COUNT(*) FROM invitations";
        INSERT = "INSERT INTO invitations (id, email, email_folded, role, language, invited_by, \
            created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        LIST = "SELECT i.id, i.email, i.role, i.language, i.invited_by, i.created_at, \
            i.expires_at, p.name AS inviter FROM invitations i \
            JOIN people p ON p.id = i.invited_by ORDER BY i.created_at DESC, i.id DESC LIMIT 500";
        BY_ID = "SELECT i.id, i.email, i.role, i.language, i.invited_by, i.created_at, \
            i.expires_at, p.name AS inviter FROM invitations i \
            JOIN people p ON p.id = i.invited_by WHERE i.id = $1";
        BY_ADDRESS = "SELECT i.id, i.email, i.role, i.language, i.invited_by, i.created_at, \
            i.expires_at, p.name AS inviter FROM invitations i \
            JOIN people p ON p.id = i.invited_by WHERE i.email_folded = $1";
        BY_HASH = "SELECT i.id, i.email, i.role, i.language, i.invited_by, i.created_at, \
            i.expires_at, p.name AS inviter FROM invitations i \
            JOIN people p ON p.id = i.invited_by WHERE i.hash = $1";
        RENEW = "UPDATE invitations SET invited_by = $2, expires_at = $3 WHERE id = $1";
        SET_HASH = "UPDATE invitations SET hash = $2 WHERE id = $1";
        DELETE = "DELETE FROM invitations WHERE id = $1";
        /// One use: of two who accept at once, one finds the row.
        TAKE = "DELETE FROM invitations WHERE id = $1 AND hash = $2 RETURNING id";
    }
}
