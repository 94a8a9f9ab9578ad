//! Every sentence of log-in and of the first start. Rendered by the server alone.

use pigeon_wire::person::Language;

use super::language;

/// Log-in and the first owner.
pub(crate) struct Door {
    pub login_title: &'static str,
    pub login_heading: fn(site: &str) -> String,
    pub log_in: &'static str,
    pub forgotten: &'static str,
    pub register: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub setup_title: &'static str,
    pub setup_heading: fn(site: &str) -> String,
    pub setup_intro: &'static str,
    pub setup_used: &'static str,
    pub name: &'static str,
    pub password_hint: &'static str,
    pub create: &'static str,
}

static ENGLISH: Door = Door {
    login_title: "Log in",
    login_heading: |site| format!("Log in to {site}"),
    log_in: "Log in",
    forgotten: "Forgotten your password?",
    register: "Make an account",
    email: "E-mail address",
    password: "Password",
    setup_title: "Create the owner",
    setup_heading: |site| format!("Welcome to {site}"),
    setup_intro: "Create the first account. It owns this Pigeon: it answers guests, and manages settings and \
                  people.",
    setup_used: "This link has been used already, or it never existed. If the owner exists, \
                 log in; if not, start Pigeon again and open the link that it prints.",
    name: "Name, as others see it",
    password_hint: "At least 10 characters. A few words in a row are easy to keep in mind.",
    create: "Create the owner",
};

static GERMAN: Door = Door {
    login_title: "Anmelden",
    login_heading: |site| format!("Bei {site} anmelden"),
    log_in: "Anmelden",
    forgotten: "Passwort vergessen?",
    register: "Konto anlegen",
    email: "E-Mail-Adresse",
    password: "Passwort",
    setup_title: "Inhaberkonto anlegen",
    setup_heading: |site| format!("Willkommen bei {site}"),
    setup_intro: "Legen Sie das erste Konto an. Ihm gehört dieses Pigeon: Es antwortet Gästen und \
                  verwaltet Einstellungen und Personen.",
    setup_used: "Dieser Link wurde bereits benutzt, oder es gab ihn nie. Gibt es das \
                 Inhaberkonto schon, melden Sie sich an; wenn nicht, starten Sie Pigeon neu \
                 und öffnen den Link, der dann ausgegeben wird.",
    name: "Name, wie andere ihn sehen",
    password_hint: "Mindestens 10 Zeichen. Einige aneinandergereihte Wörter lassen sich gut \
                    merken.",
    create: "Inhaberkonto anlegen",
};

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static Door {
    match language() {
        Language::En => &ENGLISH,
        Language::De => &GERMAN,
    }
}
