//! Every call there is, each as its page or program makes it when all is well.

use pigeon_wire::permission::Permission;
use serde_json::{Value, json};

use super::world::{State, Subject};
use crate::harness::{Answer, Browser};

/// What a call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// No thread.
    Whole,
    /// One thread, from the guest's side: its trash looks like an end.
    Guests,
    /// One thread, from the team's side.
    Teams,
}

impl Scope {
    pub const ALL: [Self; 3] = [Self::Whole, Self::Guests, Self::Teams];

    pub const fn states(self) -> &'static [State] {
        match self {
            Self::Whole => &[State::None],
            Self::Guests | Self::Teams => &[
                State::Own,
                State::Others,
                State::Missing,
                State::Closed,
                State::Trashed,
                State::Direct,
            ],
        }
    }
}

/// A call.
pub struct Call {
    /// The door or function, as it is listed.
    pub door: &'static str,
    /// What tells it apart from another call of the same door.
    pub with: &'static str,
    pub scope: Scope,
    /// The permission that opens it, and without which nobody gets in.
    pub needs: Option<Permission>,
    what: What,
}

/// What is sent.
enum What {
    Nothing,
    /// Fields of a form; `$key` stands for an idempotency key.
    Form(&'static [(&'static str, &'static str)]),
    /// The arguments of a server function; `$thread` stands for the thread as well.
    Arguments(fn() -> Value),
    Socket,
    /// A file as the whole body.
    File,
}

impl Call {
    /// The call's name in the table.
    pub fn name(&self) -> String {
        format!("{}{}", self.door, self.with)
    }

    /// Whether it asks for a part of the site that is built apart from the server.
    pub fn is_built(&self) -> bool {
        self.door == "GET /favicon.svg"
    }

    /// Makes the call.
    pub async fn make(&self, browser: &Browser, subject: &Subject) -> Answer {
        let (method, path) = self.door.split_once(' ').unwrap();
        let thread = subject.thread.to_string();
        let path = format!("{path}{}", self.with)
            .replace("{id}", &thread)
            .replace("{invitation}", &thread)
            .replace("{canned}", &thread)
            .replace("{saved}", &thread)
            .replace("{reply}", &thread)
            .replace("{message}", "019b00000000700080000000000000aa")
            .replace("{thread}", &thread)
            .replace("{webhook}", &thread)
            .replace("{delivery}", &thread)
            .replace("{customer}", &subject.customer.to_string())
            .replace("{person}", &subject.person.to_string())
            .replace("{role}", "custom-none")
            .replace("{name}", "link_days")
            .replace("{entry}", &thread)
            .replace("{token}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            .replace("{file}?note", &subject.note_file.to_string())
            .replace("{file}", &subject.file.to_string())
            .replace("{key}", &thread)
            .replace("{*name}", "missing.js");
        let method = match method {
            "GET" => "GET",
            "PUT" => "PUT",
            _ => "POST",
        };
        let ask = browser
            .ask(method, &path)
            .header("x-forwarded-for", &subject.from);
        let key = "k".repeat(22);
        match &self.what {
            What::Nothing => ask.send().await,
            What::Form(fields) => {
                let fields = fields.iter();
                let filled = fields.map(|(name, value)| match *value {
                    "$key" => (*name, key.as_str()),
                    value => (*name, value),
                });
                ask.form(&filled.collect::<Vec<_>>()).send().await
            }
            What::Arguments(arguments) => {
                let text = arguments().to_string().replace("$thread", &thread);
                ask.header("content-type", "application/json")
                    .body(text.replace("$key", &key))
                    .send()
                    .await
            }
            What::File => ask.body("A file.").send().await,
            What::Socket => {
                ask.header("connection", "upgrade")
                    .header("upgrade", "websocket")
                    .header("sec-websocket-version", "13")
                    .header("sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA==")
                    .header("origin", &format!("http://{}", browser.address()))
                    .send()
                    .await
            }
        }
    }
}

/// A page or form that everybody may ask for: what they get is in the table.
const fn open(door: &'static str, scope: Scope, what: What) -> Call {
    Call {
        door,
        with: "",
        scope,
        needs: None,
        what,
    }
}

/// One of several calls of the same door.
const fn of(
    door: &'static str,
    with: &'static str,
    scope: Scope,
    needs: Option<Permission>,
    what: What,
) -> Call {
    Call {
        door,
        with,
        scope,
        needs,
        what,
    }
}

const fn page(door: &'static str, scope: Scope, needs: Permission) -> Call {
    Call {
        door,
        with: "",
        scope,
        needs: Some(needs),
        what: What::Nothing,
    }
}

const fn function(
    door: &'static str,
    scope: Scope,
    needs: Option<Permission>,
    arguments: fn() -> Value,
) -> Call {
    Call {
        door,
        with: "",
        scope,
        needs,
        what: What::Arguments(arguments),
    }
}

fn a_reply() -> Value {
    json!({ "thread": "$thread", "form": { "body": "An answer.", "key": "$key" } })
}

fn some_text() -> Value {
    json!({ "text": "An answer." })
}

fn the_thread() -> Value {
    json!({ "thread": "$thread" })
}

const READ: Option<Permission> = Some(Permission::AccessInbox);
const MANAGE: Option<Permission> = Some(Permission::ManageThreads);

use Scope::{Guests, Teams, Whole};

/// All of them.
pub const CALLS: &[Call] = &[
    // As nobody in particular.
    open("GET /favicon.svg", Whole, What::Nothing),
    open("GET /brand.css", Whole, What::Nothing),
    open("GET /logo.png", Whole, What::Nothing),
    open("GET /stop/{token}", Whole, What::Nothing),
    open(
        "POST /stop/{token}",
        Whole,
        What::Form(&[("List-Unsubscribe", "One-Click")]),
    ),
    open("GET /healthz", Whole, What::Nothing),
    open("GET /pkg/{*name}", Whole, What::Nothing),
    open("POST /lang", Whole, What::Form(&[("language", "de")])),
    open("POST /theme", Whole, What::Form(&[("theme", "dark")])),
    // What other sites' pages load.
    open("GET /embed.js", Whole, What::Nothing),
    open("GET /embed/frame", Whole, What::Nothing),
    open("GET /embed/frame.js", Whole, What::Nothing),
    open("GET /embed/frame.css", Whole, What::Nothing),
    // As a guest.
    open("GET /contact", Whole, What::Nothing),
    open(
        "POST /contact",
        Whole,
        What::Form(&[("email", "new@example.org"), ("body", "Hello?")]),
    ),
    open("GET /contact/sent", Whole, What::Nothing),
    open("GET /link", Whole, What::Nothing),
    open(
        "POST /link",
        Whole,
        What::Form(&[("email", "x@example.org")]),
    ),
    open("GET /link/sent", Whole, What::Nothing),
    open("GET /t/{token}", Whole, What::Nothing),
    open("GET /c/{id}", Guests, What::Nothing),
    open(
        "POST /c/{id}",
        Guests,
        What::Form(&[("body", "An answer."), ("key", "$key")]),
    ),
    of("POST /c/{id}/file", "?name=a.txt", Guests, None, What::File),
    of("GET /c/{id}/file/{file}", "", Guests, None, What::Nothing),
    of(
        "GET /c/{id}/file/{file}",
        "?note",
        Guests,
        None,
        What::Nothing,
    ),
    of(
        "GET /c/{id}/file/{file}/small",
        "",
        Guests,
        None,
        What::Nothing,
    ),
    open("POST /c/{id}/read", Guests, What::Form(&[("seen", "1")])),
    open("GET /c/{id}/sign-out", Guests, What::Nothing),
    open("POST /c/{id}/sign-out", Guests, What::Form(&[])),
    open("GET /c/{id}/not-me", Guests, What::Nothing),
    open("POST /c/{id}/not-me", Guests, What::Form(&[])),
    open("POST /c/{id}/link", Guests, What::Form(&[])),
    function("POST /ui/guest/reply", Guests, None, a_reply),
    function(
        "POST /ui/guest/seen",
        Guests,
        None,
        || json!({ "thread": "$thread", "upto": 1 }),
    ),
    function(
        "POST /ui/guest/before",
        Guests,
        None,
        || json!({ "thread": "$thread", "place": 1 }),
    ),
    // With an account.
    open("GET /", Whole, What::Nothing),
    open("GET /login", Whole, What::Nothing),
    open(
        "POST /login",
        Whole,
        What::Form(&[("email", "x@example.org"), ("password", "wrong password")]),
    ),
    open("POST /logout", Whole, What::Form(&[])),
    open("GET /setup/{token}", Whole, What::Nothing),
    open(
        "POST /setup/{token}",
        Whole,
        What::Form(&[
            ("name", "Mallory"),
            ("email", "mallory@example.org"),
            ("password", "correct horse battery"),
        ]),
    ),
    page("GET /inbox", Whole, Permission::AccessInbox),
    page("GET /inbox/{id}", Teams, Permission::AccessInbox),
    of(
        "POST /inbox/{id}/file",
        "?name=a.txt",
        Teams,
        MANAGE,
        What::File,
    ),
    of(
        "GET /inbox/{id}/file/{file}",
        "",
        Teams,
        READ,
        What::Nothing,
    ),
    of(
        "GET /inbox/{id}/file/{file}",
        "?note",
        Teams,
        READ,
        What::Nothing,
    ),
    of(
        "GET /inbox/{id}/file/{file}/small",
        "",
        Teams,
        None,
        What::Nothing,
    ),
    page("GET /dashboard", Whole, Permission::AccessInbox),
    page("GET /search", Whole, Permission::AccessInbox),
    page("GET /settings", Whole, Permission::ManageSettings),
    open(
        "POST /settings",
        Whole,
        What::Form(&[("link_days", "30"), ("was.link_days", "30")]),
    ),
    page("GET /settings/form", Whole, Permission::ManageSettings),
    open("POST /settings/logo", Whole, What::Form(&[])),
    open("POST /settings/logo/remove", Whole, What::Form(&[])),
    page("GET /settings/webhooks", Whole, Permission::ManageSettings),
    // Without a name, and so refused for everybody.
    open(
        "POST /settings/webhooks",
        Whole,
        What::Form(&[
            ("url", "https://hooks.example.org/"),
            ("message_created", "on"),
        ]),
    ),
    open("GET /settings/webhooks/{webhook}", Whole, What::Nothing),
    open(
        "POST /settings/webhooks/{webhook}/switch",
        Whole,
        What::Form(&[("to", "off")]),
    ),
    open(
        "POST /settings/webhooks/{webhook}/delete",
        Whole,
        What::Form(&[]),
    ),
    open(
        "POST /settings/webhooks/{webhook}/replay",
        Whole,
        What::Form(&[]),
    ),
    open(
        "POST /settings/webhooks/{webhook}/{delivery}/replay",
        Whole,
        What::Form(&[]),
    ),
    page("GET /settings/embed", Whole, Permission::ManageSettings),
    open(
        "POST /settings/embed/keys",
        Whole,
        What::Form(&[("name", "")]),
    ),
    open(
        "POST /settings/embed/keys/{key}/renew",
        Whole,
        What::Form(&[]),
    ),
    open(
        "POST /settings/embed/keys/{key}/revoke",
        Whole,
        What::Form(&[]),
    ),
    open("GET /invite", Whole, What::Nothing),
    open("GET /invite/{token}", Whole, What::Nothing),
    open(
        "POST /invite",
        Whole,
        What::Form(&[("name", "Mallory"), ("password", "correct horse battery")]),
    ),
    page("GET /people", Whole, Permission::ManagePeople),
    open(
        "POST /people",
        Whole,
        What::Form(&[("email", "nils@example.com"), ("role", "user")]),
    ),
    open(
        "POST /people/invitations/{invitation}/again",
        Whole,
        What::Form(&[]),
    ),
    open(
        "POST /people/invitations/{invitation}/revoke",
        Whole,
        What::Form(&[]),
    ),
    page("GET /people/{person}", Whole, Permission::ManagePeople),
    open(
        "POST /people/{person}/role",
        Whole,
        What::Form(&[("role", "viewer")]),
    ),
    open(
        "POST /people/{person}/deactivate",
        Whole,
        What::Form(&[("release", "on")]),
    ),
    open("POST /people/{person}/reactivate", Whole, What::Form(&[])),
    open("POST /people/{person}/release", Whole, What::Form(&[])),
    open(
        "POST /people/{person}/sessions",
        Whole,
        What::Form(&[("session", "all")]),
    ),
    page("GET /roles", Whole, Permission::ManagePeople),
    open(
        "POST /roles",
        Whole,
        What::Form(&[("name", "Owner"), ("access_inbox", "on")]),
    ),
    open("GET /roles/{role}", Whole, What::Nothing),
    open(
        "POST /roles/{role}",
        Whole,
        What::Form(&[("name", "Mallory"), ("access_inbox", "on")]),
    ),
    open("POST /roles/{role}/delete", Whole, What::Form(&[])),
    page("GET /audit", Whole, Permission::ManagePeople),
    open("GET /account", Whole, What::Nothing),
    open("POST /account", Whole, What::Form(&[("name", "")])),
    open(
        "POST /account/password",
        Whole,
        What::Form(&[
            ("old_password", "wrong password"),
            ("password", "correct horse battery"),
        ]),
    ),
    open(
        "POST /account/address",
        Whole,
        What::Form(&[
            ("email", "mallory@example.org"),
            ("own_password", "wrong password"),
        ]),
    ),
    open("POST /account/picture", Whole, What::Form(&[])),
    open("POST /account/picture/remove", Whole, What::Form(&[])),
    open("GET /account/export", Whole, What::Nothing),
    open("GET /picture/{person}", Whole, What::Nothing),
    open("GET /register", Whole, What::Nothing),
    open(
        "POST /register",
        Whole,
        What::Form(&[("email", "x@example.org")]),
    ),
    open("GET /reset", Whole, What::Nothing),
    open(
        "POST /reset",
        Whole,
        What::Form(&[("email", "x@example.org")]),
    ),
    open("GET /confirm", Whole, What::Nothing),
    open("GET /confirm/{token}", Whole, What::Nothing),
    open(
        "POST /confirm",
        Whole,
        What::Form(&[("name", "Mallory"), ("password", "correct horse battery")]),
    ),
    open("GET /keys", Whole, What::Nothing),
    open("GET /tags", Whole, What::Nothing),
    open("GET /inbox/{thread}/mail/{message}", Teams, What::Nothing),
    open(
        "POST /inbox/{thread}/mail/{message}",
        Teams,
        What::Form(&[]),
    ),
    open("GET /inbox/{thread}/hand-over", Teams, What::Nothing),
    open(
        "POST /inbox/{thread}/hand-over",
        Teams,
        What::Form(&[("to", ""), ("note", "Read this."), ("key", "$key")]),
    ),
    page(
        "GET /inbox/{thread}/merge",
        Teams,
        Permission::ManageThreads,
    ),
    open(
        "POST /inbox/{thread}/merge",
        Teams,
        What::Form(&[("into", "019b00000000700080000000000000ab")]),
    ),
    open("POST /inbox/{thread}/merge/undo", Teams, What::Form(&[])),
    page("GET /views", Whole, Permission::AccessInbox),
    page("GET /views/counts", Whole, Permission::AccessInbox),
    open(
        "POST /views",
        Whole,
        What::Form(&[("name", ""), ("query", "view=mine")]),
    ),
    open("POST /views/{saved}/delete", Whole, What::Form(&[])),
    page("GET /figures", Whole, Permission::AccessInbox),
    page("GET /figures.csv", Whole, Permission::AccessInbox),
    page("GET /canned", Whole, Permission::ManageThreads),
    open("POST /canned", Whole, What::Form(&[("name", "")])),
    open("GET /canned/for/{thread}", Teams, What::Nothing),
    open("GET /mentions/for/{thread}", Teams, What::Nothing),
    open("GET /inbox/{id}/waiting", Teams, What::Nothing),
    open("GET /later", Whole, What::Nothing),
    open("GET /scheduled", Whole, What::Nothing),
    open("GET /canned/{canned}", Whole, What::Nothing),
    open(
        "POST /canned/{canned}",
        Whole,
        What::Form(&[("name", "x"), ("body", "y")]),
    ),
    open("POST /canned/{canned}/delete", Whole, What::Form(&[])),
    page("GET /contacts/{customer}", Teams, Permission::AccessInbox),
    page(
        "GET /contacts/{customer}/beside",
        Teams,
        Permission::AccessInbox,
    ),
    open("POST /contacts/{customer}/links", Teams, What::Form(&[])),
    open(
        "POST /contacts/{customer}/note",
        Teams,
        What::Form(&[("body", "Calls weekly."), ("seen", "0")]),
    ),
    page("GET /blocked", Whole, Permission::ManageThreads),
    of(
        "POST /blocked",
        "?what=address",
        Whole,
        None,
        What::Form(&[("email", "blocked@example.org")]),
    ),
    of(
        "POST /blocked",
        "?what=domain",
        Whole,
        None,
        What::Form(&[("email", "blocked.example")]),
    ),
    open("POST /blocked/{id}/lift", Whole, What::Form(&[])),
    open("POST /account/notices", Whole, What::Form(&[])),
    open(
        "POST /account/sessions",
        Whole,
        What::Form(&[("session", "019b00000000700080000000000000aa")]),
    ),
    page("GET /mail", Whole, Permission::ManageSettings),
    Call {
        needs: Some(Permission::ManageSettings),
        ..open("POST /mail/test", Whole, What::Form(&[]))
    },
    open("POST /mail/retry", Whole, What::Form(&[])),
    open("POST /mail/{id}/retry", Whole, What::Form(&[])),
    open("POST /mail/{id}/cancel", Whole, What::Form(&[])),
    // Their own threads, whatever their role: others' are not found, and the team's rights open none.
    open("GET /threads", Whole, What::Nothing),
    open("GET /threads/new", Whole, What::Nothing),
    open(
        "POST /threads/new",
        Whole,
        What::Form(&[("body", "A question."), ("key", "$key")]),
    ),
    open("GET /threads/{id}", Teams, What::Nothing),
    open(
        "POST /threads/{id}",
        Teams,
        What::Form(&[("body", "An answer."), ("key", "$key")]),
    ),
    open(
        "POST /threads/{id}/read",
        Teams,
        What::Form(&[("seen", "1")]),
    ),
    open("POST /threads/{id}/unread", Teams, What::Form(&[])),
    open(
        "POST /threads/{id}/mute",
        Teams,
        What::Form(&[("muted", "on")]),
    ),
    of(
        "GET /threads/{id}/file/{file}",
        "",
        Teams,
        None,
        What::Nothing,
    ),
    of(
        "GET /threads/{id}/file/{file}",
        "?note",
        Teams,
        None,
        What::Nothing,
    ),
    of(
        "GET /threads/{id}/file/{file}/small",
        "",
        Teams,
        None,
        What::Nothing,
    ),
    open("GET /threads/search", Whole, What::Nothing),
    open("GET /threads/write", Whole, What::Nothing),
    open(
        "POST /threads/write",
        Whole,
        What::Form(&[
            ("to", "nobody@example.org"),
            ("body", "Hello."),
            ("key", "$key"),
        ]),
    ),
    open("GET /threads/requests", Whole, What::Nothing),
    open("GET /threads/requests/{id}", Teams, What::Nothing),
    open("POST /threads/requests/{id}/accept", Teams, What::Form(&[])),
    open("POST /threads/requests/{id}/ignore", Teams, What::Form(&[])),
    open("POST /threads/claim", Whole, What::Form(&[])),
    open(
        "POST /threads/unblock",
        Whole,
        What::Form(&[("person", "019b00000000700080000000000000aa")]),
    ),
    open(
        "POST /threads/{id}/block",
        Teams,
        What::Form(&[("person", "019b00000000700080000000000000aa")]),
    ),
    open("POST /threads/{id}/leave", Teams, What::Form(&[])),
    open(
        "POST /threads/{id}/add",
        Teams,
        What::Form(&[("to", "nobody@example.org")]),
    ),
    open(
        "POST /threads/{id}/status",
        Teams,
        What::Form(&[("closed", "on")]),
    ),
    open(
        "POST /threads/{id}/edit",
        Teams,
        What::Form(&[
            ("message", "019b00000000700080000000000000aa"),
            ("body", "Better."),
        ]),
    ),
    open(
        "POST /threads/{id}/report",
        Teams,
        What::Form(&[("message", "019b00000000700080000000000000aa")]),
    ),
    page("GET /reports", Whole, Permission::ManagePeople),
    open("POST /reports/{id}/settle", Whole, What::Form(&[])),
    page("GET /quarantine", Whole, Permission::ManageThreads),
    open("POST /quarantine/delete", Whole, What::Form(&[])),
    open("POST /quarantine/{id}/accept", Whole, What::Form(&[])),
    open("POST /quarantine/{id}/delete", Whole, What::Form(&[])),
    function("POST /ui/session/me", Whole, None, || json!({})),
    function("POST /ui/dashboard", Whole, READ, || json!({})),
    function("POST /ui/inbox/badge", Whole, READ, || json!({})),
    function(
        "POST /ui/inbox/page",
        Whole,
        READ,
        || json!({ "ask": { "view": "all", "filter": {}, "sort": "activity" }, "after": null }),
    ),
    function("POST /ui/inbox/counts", Whole, READ, || json!({})),
    function("POST /ui/thread/open", Teams, READ, the_thread),
    function(
        "POST /ui/thread/before",
        Teams,
        READ,
        || json!({ "thread": "$thread", "place": 1 }),
    ),
    function(
        "POST /ui/thread/after",
        Teams,
        READ,
        || json!({ "thread": "$thread", "place": 1 }),
    ),
    function(
        "POST /ui/thread/seen",
        Teams,
        READ,
        || json!({ "thread": "$thread", "upto": 1 }),
    ),
    function(
        "POST /ui/thread/status",
        Teams,
        MANAGE,
        || json!({ "thread": "$thread", "from": null, "status": "open" }),
    ),
    // Whether it may be changed from whom to whom is decided by the assignee: see the table.
    function(
        "POST /ui/thread/assign",
        Teams,
        None,
        || json!({ "thread": "$thread", "from": null, "to": null }),
    ),
    function("POST /ui/thread/assignees", Whole, MANAGE, || json!({})),
    function("POST /ui/thread/trash", Teams, MANAGE, the_thread),
    function("POST /ui/thread/restore", Teams, MANAGE, the_thread),
    // What became of each stands in the answer, whatever it is.
    function(
        "POST /ui/thread/all",
        Teams,
        MANAGE,
        || json!({ "tasks": [{ "thread": "$thread", "act": "trash" }] }),
    ),
    function("POST /ui/thread/links/revoke", Teams, MANAGE, the_thread),
    open("GET /direct/{id}", Teams, What::Nothing),
    open(
        "POST /direct/{id}",
        Teams,
        What::Form(&[("reason", "A report.")]),
    ),
    function("POST /ui/mine/reply", Teams, None, a_reply),
    function(
        "POST /ui/mine/seen",
        Teams,
        None,
        || json!({ "thread": "$thread", "upto": 1 }),
    ),
    function(
        "POST /ui/mine/before",
        Teams,
        None,
        || json!({ "thread": "$thread", "place": 9 }),
    ),
    function("POST /ui/message/reply", Teams, MANAGE, a_reply),
    function("POST /ui/note/add", Teams, MANAGE, a_reply),
    function(
        "POST /ui/draft/keep",
        Teams,
        MANAGE,
        || json!({ "draft": { "thread": "$thread", "kind": "reply", "text": "Dear", "began": 1, "tab": 1 } }),
    ),
    open("GET /account/tokens", Whole, What::Nothing),
    open("POST /account/tokens", Whole, What::Form(&[("name", "")])),
    open(
        "POST /account/tokens/{token}/revoke",
        Whole,
        What::Form(&[]),
    ),
    // The API for programs: no cookie opens it, whoever it belongs to.
    open("GET /api/v1/openapi.json", Whole, What::Nothing),
    open("GET /api/v1/docs", Whole, What::Nothing),
    open("GET /api/v1/me", Whole, What::Nothing),
    open("GET /api/v1/threads", Whole, What::Nothing),
    open("GET /api/v1/threads/{id}", Whole, What::Nothing),
    open("GET /api/v1/threads/{id}/entries", Whole, What::Nothing),
    open("GET /api/v1/search", Whole, What::Nothing),
    open("GET /api/v1/people", Whole, What::Nothing),
    open("POST /api/v1/threads/{id}/trash", Whole, What::Nothing),
    open("POST /api/v1/threads/{id}/restore", Whole, What::Nothing),
    function("POST /api/v1/threads/{id}/replies", Whole, None, some_text),
    function("POST /api/v1/threads/{id}/notes", Whole, None, some_text),
    function(
        "PUT /api/v1/threads/{id}/status",
        Whole,
        None,
        || json!({ "status": "closed" }),
    ),
    function(
        "PUT /api/v1/threads/{id}/tags",
        Whole,
        None,
        || json!({ "tag": "vip", "on": true }),
    ),
    function(
        "POST /api/v1/threads/{id}/merge",
        Whole,
        None,
        || json!({ "into": "019b00000000700080000000000000ab" }),
    ),
    open("POST /api/v1/threads/{id}/merge/undo", Whole, What::Nothing),
    function(
        "PUT /api/v1/threads/{id}/following",
        Whole,
        None,
        || json!({ "follows": true }),
    ),
    open("GET /api/v1/threads/{id}/waiting", Whole, What::Nothing),
    function(
        "PUT /api/v1/threads/{id}/waiting/{reply}",
        Whole,
        None,
        || json!({ "send_at": null }),
    ),
    function(
        "POST /api/v1/threads/{id}/waiting/{reply}/cancel",
        Whole,
        None,
        || json!({}),
    ),
    function(
        "PUT /api/v1/threads/{id}/snooze",
        Whole,
        None,
        || json!({ "until": "2026-11-24T10:00:00Z" }),
    ),
    function(
        "PUT /api/v1/threads/{id}/assignee",
        Whole,
        None,
        || json!({ "assignee": null }),
    ),
    function(
        "PUT /api/v1/threads/{id}/read",
        Whole,
        None,
        || json!({ "upto": 1 }),
    ),
    open("GET /api/v1/own/counts", Whole, What::Nothing),
    open("GET /api/v1/own/threads", Whole, What::Nothing),
    function("POST /api/v1/own/threads", Whole, None, some_text),
    function("POST /api/v1/own/direct", Whole, None, some_text),
    open("GET /api/v1/own/threads/{id}", Whole, What::Nothing),
    open("GET /api/v1/own/threads/{id}/entries", Whole, What::Nothing),
    function(
        "POST /api/v1/own/threads/{id}/replies",
        Whole,
        None,
        some_text,
    ),
    function(
        "PUT /api/v1/own/threads/{id}/read",
        Whole,
        None,
        || json!({ "upto": 1 }),
    ),
    open("PUT /api/v1/own/threads/{id}/unread", Whole, What::Nothing),
    function(
        "PUT /api/v1/own/threads/{id}/muted",
        Whole,
        None,
        || json!({ "muted": true }),
    ),
    function(
        "POST /api/v1/own/threads/{id}/people",
        Whole,
        None,
        || json!({ "to": ["nobody@example.org"] }),
    ),
    open("POST /api/v1/own/threads/{id}/leave", Whole, What::Nothing),
    function(
        "PUT /api/v1/own/threads/{id}/closed",
        Whole,
        None,
        || json!({ "closed": true }),
    ),
    function(
        "PUT /api/v1/own/threads/{id}/entries/{entry}",
        Whole,
        None,
        some_text,
    ),
    function(
        "POST /api/v1/own/threads/{id}/reports",
        Whole,
        None,
        || json!({ "entries": [], "reason": "Why not." }),
    ),
    open(
        "POST /api/v1/own/threads/{id}/block/{person}",
        Whole,
        What::Nothing,
    ),
    of(
        "POST /api/v1/own/threads/{id}/files",
        "?name=a.txt",
        Whole,
        None,
        What::Nothing,
    ),
    open(
        "GET /api/v1/own/threads/{id}/files/{file}",
        Whole,
        What::Nothing,
    ),
    open("GET /api/v1/own/requests", Whole, What::Nothing),
    open(
        "POST /api/v1/own/requests/{id}/accept",
        Whole,
        What::Nothing,
    ),
    open(
        "POST /api/v1/own/requests/{id}/ignore",
        Whole,
        What::Nothing,
    ),
    open("GET /api/v1/own/blocked", Whole, What::Nothing),
    open(
        "POST /api/v1/own/blocked/{person}/unblock",
        Whole,
        What::Nothing,
    ),
    of(
        "POST /api/v1/threads/{id}/files",
        "?name=a.txt",
        Whole,
        None,
        What::Nothing,
    ),
    open(
        "GET /api/v1/threads/{id}/files/{file}",
        Whole,
        What::Nothing,
    ),
    of(
        "POST /api/v1/guest/files",
        "?name=a.txt",
        Whole,
        None,
        What::Nothing,
    ),
    open("GET /api/v1/guest/files/{file}", Whole, What::Nothing),
    open("GET /api/v1/contacts/{id}", Whole, What::Nothing),
    open("GET /api/v1/contacts/{id}/threads", Whole, What::Nothing),
    function("PUT /api/v1/contacts/{id}/note", Whole, None, some_text),
    open("POST /api/v1/contacts/{id}/links", Whole, What::Nothing),
    open("GET /api/v1/blocked", Whole, What::Nothing),
    function("POST /api/v1/blocked", Whole, None, some_text),
    open("POST /api/v1/blocked/{id}/lift", Whole, What::Nothing),
    open("GET /api/v1/quarantine", Whole, What::Nothing),
    open("POST /api/v1/quarantine/{id}/accept", Whole, What::Nothing),
    open("POST /api/v1/quarantine/{id}/delete", Whole, What::Nothing),
    open("GET /api/v1/reports", Whole, What::Nothing),
    open("POST /api/v1/reports/{id}/settle", Whole, What::Nothing),
    open("GET /api/v1/settings", Whole, What::Nothing),
    function(
        "PUT /api/v1/settings/{name}",
        Whole,
        None,
        || json!({ "value": "x" }),
    ),
    open("GET /api/v1/mails", Whole, What::Nothing),
    open("POST /api/v1/mails/{id}/retry", Whole, What::Nothing),
    open("POST /api/v1/mails/retry", Whole, What::Nothing),
    open("POST /api/v1/mails/{id}/cancel", Whole, What::Nothing),
    open("POST /api/v1/mails/test", Whole, What::Nothing),
    open("GET /api/v1/audit", Whole, What::Nothing),
    open("GET /api/v1/invitations", Whole, What::Nothing),
    function(
        "POST /api/v1/invitations",
        Whole,
        None,
        || json!({ "email": "x@example.org" }),
    ),
    open("POST /api/v1/invitations/{id}/send", Whole, What::Nothing),
    open("POST /api/v1/invitations/{id}/revoke", Whole, What::Nothing),
    function(
        "PUT /api/v1/people/{id}/role",
        Whole,
        None,
        || json!({ "role": null }),
    ),
    function("POST /api/v1/people/{id}/deactivate", Whole, None, || {
        json!({})
    }),
    open("POST /api/v1/people/{id}/reactivate", Whole, What::Nothing),
    open("GET /api/v1/roles", Whole, What::Nothing),
    function(
        "POST /api/v1/roles",
        Whole,
        None,
        || json!({ "name": "x", "permissions": [] }),
    ),
    function(
        "PUT /api/v1/roles/{role}",
        Whole,
        None,
        || json!({ "name": "x", "permissions": [] }),
    ),
    function(
        "POST /api/v1/roles/{role}/delete",
        Whole,
        None,
        || json!({}),
    ),
    open("GET /api/v1/webhooks", Whole, What::Nothing),
    function(
        "POST /api/v1/webhooks",
        Whole,
        None,
        || json!({ "name": "x", "url": "https://x.example", "events": [] }),
    ),
    function(
        "PUT /api/v1/webhooks/{id}/active",
        Whole,
        None,
        || json!({ "active": true }),
    ),
    open("POST /api/v1/webhooks/{id}/delete", Whole, What::Nothing),
    open("GET /api/v1/webhooks/{id}/deliveries", Whole, What::Nothing),
    open(
        "POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay",
        Whole,
        What::Nothing,
    ),
    open("POST /api/v1/webhooks/{id}/replay", Whole, What::Nothing),
    open("GET /api/v1/counts", Whole, What::Nothing),
    open("GET /api/v1/figures", Whole, What::Nothing),
    open(
        "POST /api/v1/threads/{id}/links/revoke",
        Whole,
        What::Nothing,
    ),
    open("GET /api/v1/guest/thread", Whole, What::Nothing),
    open("GET /api/v1/guest/entries", Whole, What::Nothing),
    function("POST /api/v1/guest/replies", Whole, None, some_text),
    // Without a key, and so refused for everybody.
    function(
        "POST /api/v1/guest/threads",
        Whole,
        None,
        || json!({ "email": "new@example.org", "text": "Hello?" }),
    ),
    function(
        "POST /api/v1/guest/links",
        Whole,
        None,
        || json!({ "email": "x@example.org" }),
    ),
    // The frame and pages of other sites: no cookie opens these either.
    open("GET /embed/able", Whole, What::Nothing),
    function(
        "POST /embed/session",
        Whole,
        None,
        || json!({ "token": "nonsense" }),
    ),
    open("GET /embed/threads", Whole, What::Nothing),
    function("POST /embed/threads", Whole, None, some_text),
    open("GET /embed/threads/{id}", Teams, What::Nothing),
    of(
        "GET /embed/threads/{id}/entries",
        "?before=9",
        Teams,
        None,
        What::Nothing,
    ),
    function("POST /embed/threads/{id}/replies", Teams, None, some_text),
    function(
        "POST /embed/threads/{id}/read",
        Teams,
        None,
        || json!({ "upto": 1 }),
    ),
    // Without a key, and so refused for everybody.
    function(
        "POST /embed/guest/threads",
        Whole,
        None,
        || json!({ "email": "new@example.org", "text": "Hello?" }),
    ),
    open("GET /embed/guest/thread", Whole, What::Nothing),
    of(
        "GET /embed/guest/entries",
        "?before=9",
        Whole,
        None,
        What::Nothing,
    ),
    function("POST /embed/guest/replies", Whole, None, some_text),
    function(
        "POST /embed/guest/read",
        Whole,
        None,
        || json!({ "upto": 1 }),
    ),
    open("POST /embed/guest/sign-out", Whole, What::Nothing),
    open("GET /embed/live", Whole, What::Socket),
    // The live line: as somebody with an account, and as a guest.
    open("GET /api/v1/live", Whole, What::Socket),
    of("GET /api/v1/live", "?mine=true", Whole, None, What::Socket),
    Call {
        door: "GET /api/v1/live",
        with: "?thread={id}&after=0",
        scope: Guests,
        needs: None,
        what: What::Socket,
    },
    // The same without a socket.
    of("GET /api/v1/live/poll", "", Whole, None, What::Nothing),
    of(
        "GET /api/v1/live/poll",
        "?mine=true",
        Whole,
        None,
        What::Nothing,
    ),
    of(
        "GET /api/v1/live/poll",
        "?thread={id}&after=0",
        Guests,
        None,
        What::Nothing,
    ),
    of(
        "GET /api/v1/live/poll",
        "?line=none.0",
        Whole,
        None,
        What::Nothing,
    ),
    of("GET /api/v1/live/events", "", Whole, None, What::Nothing),
    of(
        "GET /api/v1/live/events",
        "?mine=true",
        Whole,
        None,
        What::Nothing,
    ),
    of(
        "GET /api/v1/live/events",
        "?thread={id}&after=0",
        Guests,
        None,
        What::Nothing,
    ),
    of(
        "POST /api/v1/live/call",
        "?line=none.0",
        Whole,
        None,
        What::Nothing,
    ),
];
