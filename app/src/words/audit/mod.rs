//! Every sentence of the audit log, worded from typed acts. Rendered by the server alone.

mod de;
mod en;

use pigeon_wire::audit::Act;
use pigeon_wire::person::Language;
use pigeon_wire::thread::Status;

use super::language;

/// The words of the log in one language.
pub(crate) struct AuditWords {
    /// What an act is called, to choose it.
    pub act: fn(Act) -> &'static str,
    /// What was done, as a sentence.
    pub told: fn(Act, &Told) -> String,
    /// The same for a word that this version does not know.
    pub other: fn(word: &str, &Told) -> String,
    /// Whoever did it without an account, or from the command line.
    pub somebody: &'static str,
    pub person: &'static str,
    pub everybody: &'static str,
    pub what: &'static str,
    pub everything: &'static str,
    pub from: &'static str,
    pub until: &'static str,
    pub day_hint: &'static str,
    pub look: &'static str,
    pub none: &'static str,
    pub older: &'static str,
    pub newest: &'static str,
    pub list: &'static str,
    pub lead: &'static str,
    pub in_thread: &'static str,
    pub no_subject: &'static str,
}

/// What a sentence of the log is made of.
pub(crate) struct Told {
    /// Who did it.
    pub who: String,
    /// With whom, if not with themselves.
    pub whom: Option<String>,
    /// Whether it was done with themselves.
    pub own: bool,
    facts: Vec<(String, String)>,
}

impl Told {
    /// What `who` did with `whom`.
    pub fn new(
        who: Option<&str>,
        whom: Option<&str>,
        own: bool,
        words: &AuditWords,
        facts: Vec<(String, String)>,
    ) -> Self {
        Self {
            who: who.unwrap_or(words.somebody).to_owned(),
            whom: whom.map(str::to_owned),
            own,
            facts,
        }
    }

    /// The fact of this name; nothing where there is none.
    pub fn fact(&self, name: &str) -> &str {
        let found = self.facts.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The status that a fact names.
    pub fn status(&self, name: &str) -> Option<Status> {
        self.fact(name).parse().ok()
    }

    /// A role that a fact names: a built-in one is named by its word.
    pub fn role(&self, language: Language, name: &str) -> String {
        let words = super::people::PeopleWords::of(language);
        match self.fact(name) {
            "" => words.no_role.to_owned(),
            role => match role.parse() {
                Ok(builtin) => (words.role)(builtin).to_owned(),
                Err(_) => role.to_owned(),
            },
        }
    }

    /// What a setting that a fact names is called; its word, where this version does not know it.
    pub fn setting(&self, language: Language) -> String {
        let word = self.fact("setting");
        let about = super::admin::AdminWords::of(language).settings.about;
        word.parse()
            .map_or_else(|_| word.to_owned(), |known| about(known).0.to_owned())
    }

    /// The value of a fact, quoted; a dash where it is empty.
    pub fn value(&self, name: &str) -> String {
        match self.fact(name) {
            "" => "–".to_owned(),
            value => format!("“{value}”"),
        }
    }

    /// The permissions that a role was given, in words.
    pub fn permissions(&self, language: Language) -> String {
        let words = super::people::PeopleWords::of(language);
        let list = self.fact("permissions");
        let list = list.trim_matches(['[', ']']).split(',');
        let list = list.filter_map(|word| word.trim().trim_matches('"').parse().ok());
        list.map(words.permission).collect::<Vec<_>>().join(", ")
    }
}

impl AuditWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static AuditWords {
    AuditWords::of(language())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(who: Option<&str>, whom: Option<&str>, facts: &[(&str, &str)]) -> Told {
        let facts = facts.iter();
        let facts = facts.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let own = who.is_some() && whom.is_none();
        Told::new(
            who,
            whom,
            own,
            AuditWords::of(Language::En),
            facts.collect(),
        )
    }

    #[test]
    fn every_act_is_a_sentence_in_both_languages() {
        let names = [
            "address",
            "from",
            "invited_by",
            "name",
            "old_name",
            "role",
            "to",
        ];
        let facts = names.map(|name| (name, "Kim"));
        for language in Language::ALL {
            let words = AuditWords::of(*language);
            for act in Act::ALL {
                assert_ne!((words.act)(*act), "");
                for whom in [None, Some("Nora")] {
                    let sentence = (words.told)(*act, &told(Some("Olga"), whom, &facts));
                    assert!(sentence.len() > 8, "{act}: {sentence}");
                    assert!(!sentence.contains("  "), "{act}: {sentence}");
                }
            }
        }
    }

    #[test]
    fn acts_are_worded_with_their_facts() {
        let en = AuditWords::of(Language::En);
        let role = [("from", "agent"), ("to", "Night desk")];
        assert_eq!(
            (en.told)(Act::RoleChanged, &told(Some("Olga"), Some("Nora"), &role)),
            "Olga changed Nora’s role from Agent to Night desk"
        );
        let list = [
            ("name", "Desk"),
            ("permissions", r#"["access_inbox","manage_people"]"#),
        ];
        assert_eq!(
            (en.told)(Act::RoleMade, &told(Some("Olga"), None, &list)),
            "Olga made the role Desk: Read the inbox, Manage people and roles"
        );
        let failed = [("from", "192.0.2.1")];
        assert_eq!(
            (en.told)(Act::SignInFailed, &told(None, Some("Nora"), &failed)),
            "A log-in as Nora failed, from 192.0.2.1"
        );
        assert_eq!(
            (en.told)(Act::Assigned, &told(Some("Nora"), None, &[])),
            "Nora took a conversation"
        );
        let dropped = Told {
            own: false,
            ..told(Some("Nora"), None, &[])
        };
        assert_eq!(
            (en.told)(Act::Assigned, &dropped),
            "Nora removed an assignment"
        );
    }
}
