//! The administrative pages, and who may see which.

use leptos::prelude::*;
use pigeon_wire::permission::{Permission, Permissions};

use crate::words::admin::words;

/// A plain page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What the owner may choose.
    Settings,
    /// The mails that are owed.
    Mail,
    /// Addresses elsewhere that are told what happens here.
    Webhooks,
    /// The contact form's HTML.
    Form,
    /// Conversations in the pages of other sites.
    Embed,
    /// Everybody with an account, and who is invited.
    People,
    /// What people may do.
    Roles,
    /// Who did what.
    Audit,
    /// The reader's own account: no administrative page, and reached from the menu.
    Account,
    /// What participants of direct threads have reported.
    Reports,
    /// The reader's API tokens, reached from their account.
    Tokens,
    /// What the team's work comes to: no administrative page, and reached from the rail.
    Figures,
    /// Texts that the team puts into what it writes.
    Canned,
    /// What became of one message's mail: no administrative page, and reached from the message.
    Fate,
    /// Giving a conversation to somebody: no administrative page, and reached from the conversation.
    HandOver,
    /// Merging a conversation: no administrative page, and reached from the conversation.
    Merge,
    /// Saved views of the inbox.
    Saved,
    /// The reader's replies that are sent later: no administrative page, and reached from the composer.
    Scheduled,
    /// What was kept from the team.
    Quarantine,
    /// Whose messages are kept from it.
    Blocked,
    /// What the team knows of a customer: no administrative page, and reached from their threads.
    Contact,
    /// The reader's own threads: no administrative page, and reached from the rail.
    Threads,
    /// Searching: no administrative page, and reached from the rail.
    Search,
}

/// What waits for somebody's eye, as far as the reader may know of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Mails that have failed.
    pub failed_mails: i64,
    /// What was kept from the team.
    pub caught: i64,
}

impl Section {
    /// The administrative ones, in the order in which they are listed.
    pub const ALL: [Self; 13] = [
        Self::Settings,
        Self::Mail,
        Self::Webhooks,
        Self::Form,
        Self::Embed,
        Self::Canned,
        Self::Saved,
        Self::Quarantine,
        Self::Blocked,
        Self::Reports,
        Self::People,
        Self::Roles,
        Self::Audit,
    ];

    /// The page's address.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Settings => "/settings",
            Self::Mail => "/mail",
            Self::Webhooks => "/settings/webhooks",
            Self::Form => "/settings/form",
            Self::Embed => "/settings/embed",
            Self::People => "/people",
            Self::Roles => "/roles",
            Self::Audit => "/audit",
            Self::Account => "/account",
            Self::Tokens => "/account/tokens",
            Self::Canned => "/canned",
            Self::Saved => "/views",
            Self::Scheduled => "/scheduled",
            Self::Fate | Self::HandOver | Self::Merge => "/inbox",
            Self::Figures => "/figures",
            Self::Quarantine => "/quarantine",
            Self::Blocked => "/blocked",
            Self::Contact => "/contacts",
            Self::Reports => "/reports",
            Self::Search => "/search",
            Self::Threads => "/threads",
        }
    }

    /// Whether somebody with these permissions may see the page.
    pub const fn is_open_to(self, permissions: Permissions) -> bool {
        match self {
            Self::Settings | Self::Mail | Self::Webhooks | Self::Form | Self::Embed => {
                permissions.has(Permission::ManageSettings)
            }
            Self::Canned
            | Self::HandOver
            | Self::Merge
            | Self::Scheduled
            | Self::Quarantine
            | Self::Blocked => permissions.has(Permission::ManageThreads),
            Self::People | Self::Roles | Self::Reports => permissions.has(Permission::ManagePeople),
            Self::Audit => {
                permissions.has(Permission::ManagePeople)
                    || permissions.has(Permission::ManageSettings)
            }
            Self::Search | Self::Saved | Self::Figures | Self::Contact | Self::Fate => {
                permissions.has(Permission::AccessInbox)
            }
            Self::Account | Self::Threads | Self::Tokens => true,
        }
    }

    /// How much in it waits for somebody's eye.
    const fn count(self, counts: Counts) -> i64 {
        match self {
            Self::Mail => counts.failed_mails,
            Self::Quarantine => counts.caught,
            _ => 0,
        }
    }

    /// What the page is called.
    pub fn title(self) -> &'static str {
        (words().section)(self)
    }
}

/// The ways between the administrative pages that the reader may see.
#[component]
pub fn SectionNav(
    /// The page that is shown.
    current: Section,
    /// What the reader may do.
    permissions: Permissions,
    /// What waits for somebody's eye.
    counts: Counts,
) -> impl IntoView {
    let ways = Section::ALL
        .into_iter()
        .filter(|section| section.is_open_to(permissions))
        .map(|section| {
            let here = (section == current).then_some("page");
            let count = Some(section.count(counts)).filter(|count| *count > 0);
            let count = count.map(|count| {
                view! { <span class="section-count">{(words().count)(section, count)}</span> }
            });
            view! {
                <li>
                    <a href=section.address() aria-current=here>
                        {section.title()}
                        " "
                        {count}
                    </a>
                </li>
            }
        });
    view! {
        <nav class="sections" aria-label=words().label>
            <ul>{ways.collect_view()}</ul>
        </nav>
    }
}
