//! The words of the guests' pages.

mod de;

mod en;

use pigeon_wire::person::Language;
use pigeon_wire::thread::Status;

use crate::start::{GuestPage, GuestView};

/// The guests' words in one language.
pub struct GuestWords {
    /// Heading of the contact form.
    pub contact_title: &'static str,
    /// What happens to what is written there.
    pub contact_lead: &'static str,
    /// Label of the name.
    pub name: &'static str,
    /// Label of the address.
    pub email: &'static str,
    /// What the address is for.
    pub email_hint: &'static str,
    /// Label of the subject.
    pub subject: &'static str,
    /// Label of the message.
    pub message: &'static str,
    /// Beside the label of a field that may stay empty.
    pub optional: &'static str,
    /// Label of the field that only robots fill in.
    pub leave_empty: &'static str,
    /// Sends a form.
    pub send: &'static str,
    /// Heading over a list of what is wrong.
    pub please_check: &'static str,
    /// Heading after a form was taken in.
    pub sent_title: &'static str,
    /// What to do now.
    pub sent_text: &'static str,
    /// The name of a thread that has no subject.
    pub no_subject: &'static str,
    /// The state of a thread that awaits the team.
    pub state_pending: &'static str,
    /// The state of a thread that awaits the guest.
    pub state_open: &'static str,
    /// The state of a closed thread.
    pub state_closed: &'static str,
    /// The guest, as an author.
    pub you: &'static str,
    /// A staff member closed the thread.
    pub event_closed: fn(&str) -> String,
    /// What was said here goes on in another thread.
    pub event_moved: &'static str,
    /// The guest opened the thread again.
    pub event_reopened_you: &'static str,
    /// A staff member opened the thread again.
    pub event_reopened: fn(&str) -> String,
    /// Name of the list of entries, for those who hear it.
    pub entries: &'static str,
    /// Brings older entries.
    pub older: &'static str,
    /// They could not be brought.
    pub older_failed: &'static str,
    /// Label of the composer.
    pub write: &'static str,
    /// What stands in the empty composer.
    pub placeholder: &'static str,
    /// Which keys send.
    pub keys: &'static str,
    /// A reply is on its way.
    pub sending: &'static str,
    /// A reply is stored.
    pub sent: &'static str,
    /// The team has seen it; a moment follows.
    pub seen: &'static str,
    /// Somebody of the team types.
    pub typing: fn(&str) -> String,
    /// A reply could not be sent.
    pub failed: &'static str,
    /// Sends it again.
    pub retry: &'static str,
    /// Takes it back into the composer.
    pub edit: &'static str,
    /// The live line is broken.
    pub reconnecting: &'static str,
    /// This browser may no longer see the thread.
    pub ended: &'static str,
    /// Where answers go besides this page.
    pub answers_go_to: fn(&str) -> String,
    /// What to do while the address is not verified.
    pub look_into_mail: fn(&str) -> String,
    /// Name of the menu.
    pub menu: &'static str,
    /// Asks for a fresh link.
    pub fresh_link: &'static str,
    /// Forgets the thread in this browser.
    pub sign_out: &'static str,
    /// Says that the thread is somebody else's.
    pub not_me: &'static str,
    /// What that does.
    pub not_me_hint: &'static str,
    /// Name of the language switch.
    pub language: &'static str,
    /// Heading of a link that works no longer.
    pub expired_title: &'static str,
    /// What to do about it when the address is known.
    pub expired_known: fn(&str) -> String,
    /// What to do about it when it is not.
    pub expired_unknown: &'static str,
    /// Over a reply that could not be posted.
    pub kept: &'static str,
    /// Heading of the form that asks for a link.
    pub link_title: &'static str,
    /// What the form does.
    pub link_lead: &'static str,
    /// Heading after a link was asked for.
    pub link_sent_title: &'static str,
    /// What to do now.
    pub link_sent_text: &'static str,
    /// Heading after signing out.
    pub signed_out_title: &'static str,
    /// How to come back.
    pub signed_out_text: &'static str,
    /// Heading after "not me".
    pub not_me_title: &'static str,
    /// What was done.
    pub not_me_text: &'static str,
    /// Heading of a page that is not there.
    pub not_found_title: &'static str,
    /// What to do now.
    pub not_found_text: &'static str,
    /// Heading of a page that could not be made.
    pub trouble_title: &'static str,
    /// Leads to the contact form.
    pub to_contact: &'static str,
    /// Leads to the form that asks for a link.
    pub to_link: &'static str,
}

impl GuestWords {
    /// The words of one language.
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }

    /// A thread's state as a calm sentence.
    pub const fn state(&self, status: Status) -> &'static str {
        match status {
            Status::Pending => self.state_pending,
            Status::Open => self.state_open,
            Status::Closed => self.state_closed,
        }
    }
}

/// The words in the reader's language, inside a component.
pub fn words() -> &'static GuestWords {
    GuestWords::of(super::language())
}

/// The document's title: the page, then the site.
pub fn title(view: &GuestView) -> String {
    let words = GuestWords::of(view.frame.language);
    let page = match &view.page {
        GuestPage::Contact { .. } => words.contact_title,
        GuestPage::Sent => words.sent_title,
        GuestPage::Thread { thread, .. } => {
            thread.head.subject.as_deref().unwrap_or(words.no_subject)
        }
        GuestPage::Expired { .. } => words.expired_title,
        GuestPage::LinkForm { .. } => words.link_title,
        GuestPage::LinkSent => words.link_sent_title,
        GuestPage::SignedOut => words.signed_out_title,
        GuestPage::NotMe => words.not_me_title,
        GuestPage::NotFound => words.not_found_title,
        GuestPage::Trouble { .. } => words.trouble_title,
    };
    [page, " · ", &view.frame.site_name].concat()
}
