//! The administrative pages, and who may see which.

use leptos::prelude::*;
use pigeon_wire::permission::{Permission, Permissions};

use crate::words::admin::words;

/// A plain page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The contact form's HTML.
    Form,
    /// Searching: no administrative page, and reached from the rail.
    Search,
}

impl Section {
    /// The administrative ones, in the order in which they are listed.
    pub const ALL: [Self; 1] = [Self::Form];

    /// The page's address.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Form => "/settings/form",
            Self::Search => "/search",
        }
    }

    /// What it takes to see the page.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Form => Permission::ManageSettings,
            Self::Search => Permission::AccessInbox,
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
        .filter(|section| permissions.has(section.permission()))
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
