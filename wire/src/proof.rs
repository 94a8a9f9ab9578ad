//! What a link in a mail proves about an account, as its page shows it.

use serde::{Deserialize, Serialize};

use crate::id::{Millis, PersonId};
use crate::person::Language;

choice! {
    /// What happens once it is proven.
    ProofKind {
        /// An account is made for the address.
        Register = "register",
        /// The account of the address gets a new password.
        Reset = "reset",
        /// An account moves to the address.
        NewAddress = "new_address",
        /// An account that was moved away comes back to the address.
        OldAddress = "old_address",
    }
}

/// What a working link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofView {
    /// What happens once its form is sent.
    pub kind: ProofKind,
    /// The address that the link went to.
    pub email: String,
    /// Whose account it is about, where there is one.
    pub person: Option<PersonId>,
    /// The language of the mail.
    pub language: Language,
    /// When the link ends.
    pub expires_at: Millis,
}
