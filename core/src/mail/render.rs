//! How each mail is worded. A mail is two templates for each language: `<language>/<name>.txt` with
//! the subject line and the plain text, and `<language>/<name>.html` with the same as a page.
//!
//! What a mail may tell is settled by its data's type: the guests' have no place for a note, and
//! [`GuestStarted`], which goes to addresses that a stranger may have typed, has none for anything
//! that was typed with them.

use askama::Template;
use pigeon_wire::Millis;
use pigeon_wire::person::Language;
use pigeon_wire::prose::{Piece, Tag};

use super::when::InWords as _;
use crate::zone::When;

/// Most messages whose text stands in one mail; of the rest it tells the number.
const MESSAGES_MAX: usize = 20;

/// A worded mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as an HTML page.
    pub html: String,
}

/// To a guest who has just started a thread: here is your private link.
pub struct GuestStarted {
    /// What this house is called.
    pub site_name: String,
    /// The private link.
    pub link: String,
    /// For how many days after the newest message the link works.
    pub link_days: i64,
}

/// To a guest who asked for a fresh link: links to all of their threads.
pub struct GuestLinkList {
    /// What this house is called.
    pub site_name: String,
    /// The threads, in the order in which they are listed.
    pub threads: Vec<LinkedThread>,
    /// For how many days after its thread's newest message a link works.
    pub link_days: i64,
}

/// One of a guest's threads with a private link.
pub struct LinkedThread {
    /// The subject; `None` also while the guest's address is not verified, since the guest typed it.
    pub subject: Option<String>,
    /// When it was started.
    pub opened_at: Millis,
    /// The private link.
    pub link: String,
}

/// To a guest who is away: what the team has written.
pub struct GuestNewMessages {
    /// What this house is called.
    pub site_name: String,
    /// The subject; `None` also while the guest's address is not verified, since the guest typed it.
    pub subject: Option<String>,
    /// The team's messages, oldest first.
    pub messages: Vec<TeamMessage>,
    /// The private link.
    pub link: String,
    /// For how many days after the newest message the link works.
    pub link_days: i64,
}

/// To a user who is away: what is new in a thread of theirs.
pub struct UserNewMessages {
    /// What this house is called.
    pub site_name: String,
    /// The subject, if the thread has one.
    pub subject: Option<String>,
    /// The others' messages, oldest first.
    pub messages: Vec<TeamMessage>,
    /// The thread's page.
    pub link: String,
}

/// To a user: a stranger wants to write to them. It has no place for what the stranger has typed.
pub struct UserRequest {
    /// What this house is called.
    pub site_name: String,
    /// The stranger's display name.
    pub by: String,
    /// The page of requests.
    pub link: String,
}

/// A message of the team's or of another user, as everybody in the thread may see it.
pub struct TeamMessage {
    /// The author's display name.
    pub author: String,
    /// When it was written.
    pub at: Millis,
    /// Its whole text.
    pub body: String,
    /// The names of its files.
    pub files: Vec<String>,
}

/// To a staff member who is away: what is new in a thread.
pub struct StaffNewMessages {
    /// What this house is called.
    pub site_name: String,
    /// The customer's name as typed.
    pub customer: String,
    /// Whether the customer's address is verified.
    pub verified: bool,
    /// The subject, if the thread has one.
    pub subject: Option<String>,
    /// Messages and notes, oldest first.
    pub entries: Vec<StaffEntry>,
    /// The thread's page in the inbox.
    pub link: String,
}

/// A message or note, as the team sees it.
pub struct StaffEntry {
    /// Whether it is an internal note, which the customer never sees.
    pub note: bool,
    /// The author's display name.
    pub author: String,
    /// When it was written.
    pub at: When,
    /// Its whole text.
    pub body: String,
    /// The names of its files.
    pub files: Vec<String>,
}

/// To an invited address: make your account.
pub struct Invitation {
    /// What this house is called.
    pub site_name: String,
    /// The display name of whoever invites.
    pub inviter: String,
    /// The link, which works once.
    pub link: String,
    /// Until when it works.
    pub until: Millis,
}

/// To an owner: somebody may read others' direct threads now.
pub struct ReadDirect {
    /// What this house is called.
    pub site_name: String,
    /// When it was allowed.
    pub at: When,
    /// The audit log.
    pub link: String,
}

/// To an address that somebody wants an account for, or wants to move theirs to: prove it. Nothing
/// that was typed with it stands in it, for it may be a stranger's.
pub struct ConfirmAddress {
    /// What this house is called.
    pub site_name: String,
    /// Whether an account moves to it; else one is made.
    pub moves: bool,
    /// The link, which works once.
    pub link: String,
    /// Until when it works.
    pub until: When,
}

/// The same, where the address has an account already.
pub struct AddressTaken {
    /// What this house is called.
    pub site_name: String,
    /// Where one logs in.
    pub link: String,
    /// Where one asks for a new password.
    pub reset: String,
}

/// To whoever has forgotten their password.
pub struct ResetPassword {
    /// What this house is called.
    pub site_name: String,
    /// The link, which works once.
    pub link: String,
    /// Until when it works.
    pub until: When,
}

/// To an address that an account has just left.
pub struct AddressChanged {
    /// What this house is called.
    pub site_name: String,
    /// The new address, with most of it hidden.
    pub to: String,
    /// When it moved.
    pub at: When,
    /// The link that takes it back.
    pub link: String,
    /// Until when it works.
    pub until: When,
}

/// To whoever asked for a test.
pub struct Test {
    /// What this house is called.
    pub site_name: String,
    /// When it was sent.
    pub at: When,
    /// The house's own address.
    pub link: String,
}

/// To staff: a thread was given to them.
pub struct Assigned {
    /// What this house is called.
    pub site_name: String,
    /// Who gave it.
    pub by: String,
    /// The customer's display name.
    pub customer: String,
    /// The thread's subject.
    pub subject: Option<String>,
    /// Where it is.
    pub link: String,
}

/// To whoever wants one mail a day: where something is new.
pub struct Digest {
    /// What this house is called.
    pub site_name: String,
    /// The threads with something unread.
    pub threads: Vec<DigestThread>,
    /// Where one chooses what is mailed.
    pub choices: String,
}

/// A thread with something unread.
pub struct DigestThread {
    /// Whether a stranger asks to write: then nothing that they have typed is told.
    pub asks: bool,
    /// The subject, if it has one.
    pub subject: Option<String>,
    /// Who wrote what is unread, each once.
    pub authors: Vec<String>,
    /// How many entries are unread.
    pub count: usize,
    /// Where it is.
    pub link: String,
}

impl DigestThread {
    fn who(&self) -> String {
        self.authors.join(", ")
    }
}

/// The entries whose text stands in the mail, and how many are left out.
trait Joined<T> {
    fn shown(&self) -> &[T];
    fn left_out(&self) -> usize;
}

impl<T> Joined<T> for Vec<T> {
    fn shown(&self) -> &[T] {
        self.get(..MESSAGES_MAX).unwrap_or(self)
    }

    fn left_out(&self) -> usize {
        self.len().saturating_sub(MESSAGES_MAX)
    }
}

/// Declares the function that words one mail: from its two templates in each language.
macro_rules! mails {
    ($($(#[$doc:meta])* $name:ident($data:ty) {
        $($language:ident: $text:tt, $html:tt;)*
    })*) => {$(
        $(#[$doc])*
        pub fn $name(language: Language, data: &$data) -> Rendered {
            match language {$(
                Language::$language => {
                    #[derive(Template)]
                    #[template(path = $text, block = "subject")]
                    struct Subject<'a> {
                        data: &'a $data,
                    }

                    #[derive(Template)]
                    #[template(path = $text, block = "text")]
                    struct Text<'a> {
                        data: &'a $data,
                    }

                    #[derive(Template)]
                    #[template(path = $html)]
                    struct Html<'a> {
                        data: &'a $data,
                        subject: &'a str,
                    }

                    let subject = one_line(&Subject { data }.to_string());
                    let text = Text { data }.to_string();
                    let html = Html { data, subject: &subject }.to_string();
                    Rendered { subject, text, html }
                }
            )*}
        }
    )*};
}

mails! {
    /// Words the mail with the private link of a new thread.
    guest_started(GuestStarted) {
        En: "en/guest_started.txt", "en/guest_started.html";
        De: "de/guest_started.txt", "de/guest_started.html";
    }
    /// Words the answer to a request for a fresh link.
    guest_link_list(GuestLinkList) {
        En: "en/guest_link_list.txt", "en/guest_link_list.html";
        De: "de/guest_link_list.txt", "de/guest_link_list.html";
    }
    /// Words the mail about the team's new messages.
    guest_new_messages(GuestNewMessages) {
        En: "en/guest_new_messages.txt", "en/guest_new_messages.html";
        De: "de/guest_new_messages.txt", "de/guest_new_messages.html";
    }
    /// Words the mail to a user about what is new in a thread of theirs.
    user_new_messages(UserNewMessages) {
        En: "en/user_new_messages.txt", "en/user_new_messages.html";
        De: "de/user_new_messages.txt", "de/user_new_messages.html";
    }
    /// Words the mail about a stranger's request.
    user_request(UserRequest) {
        En: "en/user_request.txt", "en/user_request.html";
        De: "de/user_request.txt", "de/user_request.html";
    }
    /// Words the mail to staff about what is new in a thread.
    staff_new_messages(StaffNewMessages) {
        En: "en/staff_new_messages.txt", "en/staff_new_messages.html";
        De: "de/staff_new_messages.txt", "de/staff_new_messages.html";
    }
    /// Words an invitation.
    invitation(Invitation) {
        En: "en/invitation.txt", "en/invitation.html";
        De: "de/invitation.txt", "de/invitation.html";
    }
    /// Words the mail that proves an address.
    confirm_address(ConfirmAddress) {
        En: "en/confirm_address.txt", "en/confirm_address.html";
        De: "de/confirm_address.txt", "de/confirm_address.html";
    }
    /// Words the mail to an address that has an account already.
    address_taken(AddressTaken) {
        En: "en/address_taken.txt", "en/address_taken.html";
        De: "de/address_taken.txt", "de/address_taken.html";
    }
    /// Words the mail with the link to a new password.
    reset_password(ResetPassword) {
        En: "en/reset_password.txt", "en/reset_password.html";
        De: "de/reset_password.txt", "de/reset_password.html";
    }
    /// Words the notice to an address that an account has left.
    address_changed(AddressChanged) {
        En: "en/address_changed.txt", "en/address_changed.html";
        De: "de/address_changed.txt", "de/address_changed.html";
    }
    /// Words a test mail.
    test(Test) {
        En: "en/test.txt", "en/test.html";
        De: "de/test.txt", "de/test.html";
    }
    /// Words the notice to owners that direct threads may be read.
    read_direct(ReadDirect) {
        En: "en/read_direct.txt", "en/read_direct.html";
        De: "de/read_direct.txt", "de/read_direct.html";
    }
    /// Words the mail of the day.
    digest(Digest) {
        En: "en/digest.txt", "en/digest.html";
        De: "de/digest.txt", "de/digest.html";
    }
    /// Words the notice that a thread was given to somebody.
    assigned(Assigned) {
        En: "en/assigned.txt", "en/assigned.html";
        De: "de/assigned.txt", "de/assigned.html";
    }
}

/// A subject line is one line, whatever stood in a name.
fn one_line(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
