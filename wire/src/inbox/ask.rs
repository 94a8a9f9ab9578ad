//! What a list shows: a view, filters over it and an order, as they stand in the address.

use serde::{Deserialize, Serialize};

use super::{InboxRow, Sort, View};
use crate::day::Day;
use crate::id::PersonId;
use crate::tag::Tag;
use crate::thread::{Source, Status};

choice! {
    /// Who started a thread.
    Starter {
        /// Somebody without an account.
        Guest = "guest",
        /// Somebody with one.
        User = "user",
    }
}

/// Who looks after a thread, as a filter asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// Nobody.
    Nobody,
    /// The reader.
    Me,
    /// This person.
    Person(PersonId),
}

/// What is left of a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Whose turn it is.
    pub status: Option<Status>,
    /// Where it came from.
    pub source: Option<Source>,
    /// Who looks after it.
    pub assignee: Option<Holder>,
    /// Who started it.
    pub starter: Option<Starter>,
    /// Only what the reader has not read.
    pub unread: bool,
    /// Only what has a file.
    pub has_file: bool,
    /// Only what has this tag.
    pub tag: Option<Tag>,
    /// The first day (of UTC) of the newest message …
    pub from: Option<Day>,
    /// … and the last.
    pub until: Option<Day>,
}

/// What a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Which view.
    pub view: View,
    /// What is left of it.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
}

impl Default for Ask {
    fn default() -> Self {
        Self::of(View::All)
    }
}

impl From<View> for Ask {
    fn from(view: View) -> Self {
        Self::of(view)
    }
}

impl Ask {
    /// A whole view, newest activity first.
    pub const fn of(view: View) -> Self {
        Self {
            view,
            filter: Filter {
                status: None,
                source: None,
                assignee: None,
                starter: None,
                unread: false,
                has_file: false,
                tag: None,
                from: None,
                until: None,
            },
            sort: Sort::Activity,
        }
    }

    /// Reads an address's query. A word that is none of ours asks for nothing.
    pub fn read(word: impl Fn(&str) -> Option<String>) -> Self {
        let filter = Filter {
            status: parsed(word("status")),
            source: parsed(word("source")),
            assignee: parsed(word("assignee")),
            starter: parsed(word("by")),
            unread: word("unread").is_some(),
            has_file: word("file").is_some(),
            tag: parsed(word("tag")),
            from: parsed(word("from")),
            until: parsed(word("until")),
        };
        Self {
            view: parsed(word("view")).unwrap_or(View::All),
            filter,
            sort: parsed(word("sort")).unwrap_or(Sort::Activity),
        }
    }

    /// What [`Ask::query`] worded.
    pub fn of_query(query: &str) -> Self {
        let value = |name: &str| {
            let of = |pair: &str| Some(pair.strip_prefix(name)?.strip_prefix('=')?.to_owned());
            query.split('&').find_map(of)
        };
        Self::read(value)
    }

    /// The query that reads back as this, with what is usual left out; empty if all is.
    pub fn query(&self) -> String {
        let Filter {
            status,
            source,
            assignee,
            starter,
            unread,
            has_file,
            tag,
            from,
            until,
        } = self.filter;
        let view = (self.view != View::All).then(|| self.view.to_string());
        let sort = (self.sort != Sort::Activity).then(|| self.sort.to_string());
        let words = [
            ("view", view),
            ("status", status.map(|one| one.to_string())),
            ("source", source.map(|one| one.to_string())),
            ("assignee", assignee.map(|one| one.to_string())),
            ("by", starter.map(|one| one.to_string())),
            ("unread", unread.then(|| "1".to_owned())),
            ("file", has_file.then(|| "1".to_owned())),
            ("tag", tag.map(|tag| tag.to_string())),
            ("from", from.map(|day| day.to_string())),
            ("until", until.map(|day| day.to_string())),
            ("sort", sort),
        ];
        let mut query = String::new();
        for (name, value) in words {
            if let Some(value) = value {
                query.push_str(if query.is_empty() { "" } else { "&" });
                query.push_str(name);
                query.push('=');
                query.push_str(&value);
            }
        }
        query
    }

    /// Whether `row` belongs into this list of `me`, who has read up to `read`.
    pub fn admits(&self, row: &InboxRow, me: PersonId, read: i64) -> bool {
        self.view.admits(row, me) && self.filter.admits(row, me, read)
    }
}

impl Filter {
    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn admits(&self, row: &InboxRow, me: PersonId, read: i64) -> bool {
        let starter = if row.guest {
            Starter::Guest
        } else {
            Starter::User
        };
        let holder = row.assignee.as_ref().map(|assignee| assignee.id);
        self.status.is_none_or(|status| status == row.status)
            && self.source.is_none_or(|source| source == row.source)
            && self.starter.is_none_or(|one| one == starter)
            && self.assignee.is_none_or(|asked| asked.person(me) == holder)
            && (!self.unread || row.is_unread(read))
            && (!self.has_file || row.has_file)
            && self.tag.is_none_or(|tag| row.tags.contains(&tag))
            && self.from.is_none_or(|day| day.begins() <= row.active_at)
            && self.until.is_none_or(|day| row.active_at < day.ends())
    }
}

impl Holder {
    /// The person, as `me` asks.
    pub const fn person(self, me: PersonId) -> Option<PersonId> {
        match self {
            Self::Nobody => None,
            Self::Me => Some(me),
            Self::Person(person) => Some(person),
        }
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nobody => f.write_str("nobody"),
            Self::Me => f.write_str("me"),
            Self::Person(person) => person.fmt(f),
        }
    }
}

impl std::str::FromStr for Holder {
    type Err = uuid::Error;
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "nobody" => Ok(Self::Nobody),
            "me" => Ok(Self::Me),
            word => word.parse().map(Self::Person),
        }
    }
}

fn parsed<T: std::str::FromStr>(word: Option<String>) -> Option<T> {
    word?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Millis;
    use crate::inbox::tests::{NORA, row};
    use crate::person::PersonRef;

    fn read(query: &str) -> Ask {
        let pairs: Vec<_> = query.split('&').filter_map(|p| p.split_once('=')).collect();
        Ask::read(|name| {
            let value = pairs.iter().find(|(key, _)| *key == name);
            value.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn what_a_list_shows_survives_its_address() {
        let all = Ask {
            view: View::Mine,
            sort: Sort::Waiting,
            filter: Filter {
                status: Some(Status::Open),
                source: Some(Source::Widget),
                assignee: Some(Holder::Person(NORA)),
                starter: Some(Starter::Guest),
                unread: true,
                has_file: true,
                tag: "late".parse().ok(),
                from: "2026-11-01".parse().ok(),
                until: "2026-11-30".parse().ok(),
            },
        };
        assert_eq!(read(&all.query()), all);
        for view in View::ALL {
            let ask = Ask::of(*view);
            assert_eq!(read(&ask.query()), ask);
        }
        assert_eq!(Ask::default().query(), "");
        for holder in [Holder::Nobody, Holder::Me] {
            assert_eq!(holder.to_string().parse(), Ok(holder));
        }
        assert_eq!(
            read("view=none&sort=no&status=gone&from=today"),
            Ask::default()
        );
    }

    #[test]
    fn each_filter_leaves_out_what_it_says() {
        let me = PersonId(uuid::Uuid::from_u128(1));
        let nora = PersonRef {
            id: NORA,
            name: "Nora".into(),
        };
        let mine = InboxRow {
            assignee: Some(nora),
            active_at: Millis(86_400_000),
            tags: vec!["vip".parse().unwrap()],
            ..row(1)
        };
        let kept = |query: &str, read_upto: i64| read(query).admits(&mine, me, read_upto);
        for good in [
            "status=pending",
            "source=form",
            "by=guest",
            "unread=1",
            "tag=vip",
            "from=1970-01-02",
            "until=1970-01-02",
        ] {
            assert!(kept(good, 0), "{good}");
        }
        assert!(kept(&format!("assignee={NORA}"), 0));
        for bad in [
            "status=open",
            "source=user",
            "by=user",
            "assignee=me",
            "assignee=nobody",
            "from=1970-01-03",
            "until=1970-01-01",
            "view=trash",
            "file=1",
            "tag=late",
        ] {
            assert!(!kept(bad, 0), "{bad}");
        }
        assert!(!kept("unread=1", mine.latest));
        assert!(Ask::default().filter.is_empty() && !read("unread=1").filter.is_empty());
    }
}
