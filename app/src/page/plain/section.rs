//! The administrative pages, and who may see which.

use leptos::prelude::*;
use pigeon_wire::permission::{Permission, Permissions};

use crate::words::admin::words;

/// A plain page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The contact form's HTML.
    Form,
    /// Everybody with an account, and who is invited.
    People,
    /// What people may do.
    Roles,
    /// Who did what.
    Audit,
    /// The reader's own account: no administrative page, and reached from the menu.
    Account,
    /// Searching: no administrative page, and reached from the rail.
    Search,
}

impl Section {
    /// The administrative ones, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Form, Self::People, Self::Roles, Self::Audit];

    /// The page's address.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Form => "/settings/form",
            Self::People => "/people",
            Self::Roles => "/roles",
            Self::Audit => "/audit",
            Self::Account => "/account",
            Self::Search => "/search",
        }
    }

    /// Whether somebody with these permissions may see the page.
    pub const fn is_open_to(self, permissions: Permissions) -> bool {
        match self {
            Self::Form => permissions.has(Permission::ManageSettings),
            Self::People | Self::Roles => permissions.has(Permission::ManagePeople),
            Self::Audit => {
                permissions.has(Permission::ManagePeople)
                    || permissions.has(Permission::ManageSettings)
            }
            Self::Search => permissions.has(Permission::AccessInbox),
            Self::Account => true,
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
) -> impl IntoView {
    let ways = Section::ALL
        .into_iter()
        .filter(|section| section.is_open_to(permissions))
        .map(|section| {
            let here = (section == current).then_some("page");
            view! {
                <li>
                    <a href=section.address() aria-current=here>
                        {section.title()}
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
