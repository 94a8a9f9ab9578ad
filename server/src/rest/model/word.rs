//! The API's words, each with the one that it stands for.

use pigeon_wire::{message, note, thread};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Words of the API, with those that they stand for.
macro_rules! words {
    ($($(#[$about:meta])* $name:ident of $wire:ty { $($(#[$doc:meta])* $variant:ident,)+ })+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl From<$wire> for $name {
            fn from(word: $wire) -> Self {
                match word { $(<$wire>::$variant => Self::$variant,)+ }
            }
        }

        impl From<$name> for $wire {
            fn from(word: $name) -> Self {
                match word { $($name::$variant => Self::$variant,)+ }
            }
        }
    )+};
}

words! {
    /// Whose turn it is.
    Status of thread::Status {
        /// The team's.
        Pending,
        /// The customer's.
        Open,
        /// Nobody's: it is done.
        Closed,
    }
    /// What sort of thread it is.
    Kind of thread::ThreadKind {
        /// With the team.
        Support,
        /// Among users.
        Direct,
    }
    /// Where a thread came from.
    Source of thread::Source {
        /// The contact form.
        Form,
        /// The embedded widget.
        Widget,
        /// A user with an account.
        User,
    }
    /// On which side of the thread somebody stands.
    Side of thread::Side {
        /// The customer's.
        Customer,
        /// The team's.
        Staff,
    }
    /// How a sender was known.
    KnownBy of message::KnownBy {
        /// By nothing but the browser that typed it.
        Browser,
        /// By a link that came by mail.
        MailedLink,
        /// By an account.
        Account,
    }
    /// What became of the mail to the customer.
    Delivery of note::Delivery {
        /// It waits.
        Queued,
        /// The mail server has taken it.
        Sent,
        /// It is tried again.
        Deferred,
        /// It could not be delivered.
        Failed,
        /// It was not needed.
        Unneeded,
    }
}
