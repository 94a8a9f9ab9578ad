//! The words about API tokens in English.

use pigeon_wire::token::Scope;

use super::TokenWords;

pub(super) static WORDS: TokenWords = TokenWords {
    lead: "A token lets a program act in your name, within its scopes and never beyond what you may \
           do yourself at that moment.",
    docs: "What the API can do",
    made: "Your new token",
    made_hint: "Copy it now: it is not shown again. Whoever has it acts in your name, so keep it like \
                a password.",
    list: "Your tokens",
    none: "You have no token.",
    made_at: "Made",
    until: "valid until",
    used: "last used",
    never_used: "never used",
    revoke: "Revoke",
    revoke_of: |name| format!("Revoke {name}"),
    new: "New token",
    name: "Name",
    name_hint: "For which program it is.",
    scopes: "What it allows",
    scope: |scope| match scope {
        Scope::Read => "Read",
        Scope::Write => "Write",
        Scope::Assign => "Assign",
        Scope::People => "List people",
        Scope::Administer => "Look after the house",
        Scope::Own => "Own conversations",
    },
    scope_hint: |scope| match scope {
        Scope::Read => "The inbox, its conversations with their notes, and searching them.",
        Scope::Write => {
            "Reply, write notes, set the status, trash and restore, take what nobody has. Includes \
             reading."
        }
        Scope::Assign => "Give any conversation to anybody. Includes writing.",
        Scope::People => "Names, addresses and roles of everybody with an account.",
        Scope::Administer => {
            "Settings, mails, web hooks, people and their roles, reports and the audit log, as far as you may."
        }
        Scope::Own => {
            "Your own conversations with the team and with other people: reading and writing."
        }
    },
    days: "It ends after",
    so_many_days: |days| format!("{days} days"),
    make: "Make the token",
    api: "The API",
    api_lead: "A program shows its token in the header Authorization: Bearer. What it posts carries an \
               Idempotency-Key, so that a repetition is stored once. Refusals are problem details \
               (RFC 9457).",
    api_file: "The same for programs: OpenAPI 3.1",
    api_needs: "Needs",
    api_parameters: "Parameters",
    api_answers: "Answers",
};
