//! Each mail as a person gets it, in both languages.

use super::*;

const LINK: &str = "https://help.example/t/tOkEn_-1";
const FIRST: Millis = Millis(1_795_392_245_999);
const SECOND: Millis = Millis(1_795_392_345_999);

fn started() -> GuestStarted {
    GuestStarted {
        site_name: "Orchid & Co".into(),
        link: LINK.into(),
        link_days: 30,
    }
}

fn link_list() -> GuestLinkList {
    let thread = |subject: Option<&str>, opened_at, link: &str| LinkedThread {
        subject: subject.map(str::to_owned),
        opened_at,
        link: link.to_owned(),
    };
    GuestLinkList {
        site_name: "Orchid & Co".into(),
        link_days: 1,
        threads: vec![
            thread(Some("Where is <it>?"), FIRST, "https://help.example/t/one"),
            thread(
                None,
                Millis(1_772_670_245_999),
                "https://help.example/t/two",
            ),
        ],
    }
}

fn guest_news() -> GuestNewMessages {
    let message = |author: &str, at, body: &str| TeamMessage {
        author: author.to_owned(),
        at,
        body: body.to_owned(),
        files: Vec::new(),
    };
    GuestNewMessages {
        site_name: "Orchid & Co".into(),
        subject: Some("Where is <it>?".into()),
        link: LINK.into(),
        link_days: 30,
        messages: vec![
            message("Nora", FIRST, "On its way.\n\n<b>Tomorrow</b> & \"soon\""),
            message("Sam", SECOND, "Sorry!"),
        ],
    }
}

fn staff_news() -> StaffNewMessages {
    let entry = |note, author: &str, at, body: &str| StaffEntry {
        note,
        author: author.to_owned(),
        at: When::from(at),
        body: body.to_owned(),
        files: Vec::new(),
    };
    StaffNewMessages {
        site_name: "Orchid & Co".into(),
        customer: "Guido <G>".into(),
        verified: false,
        subject: None,
        link: "https://help.example/inbox/1".into(),
        entries: vec![
            entry(false, "Guido <G>", FIRST, "Hello?\n  <script>"),
            entry(true, "Nora", SECOND, "Looks odd"),
        ],
    }
}

#[test]
fn the_mail_of_a_new_thread_in_english() {
    let mail = guest_started(Language::En, &started());
    assert_eq!(mail.subject, "Your message to Orchid & Co");
    assert_eq!(
        mail.text,
        "Hello,\n\n\
         A message was sent to Orchid & Co, and this address was given for the answer. This private link opens the conversation, on any device:\n\n\
         https://help.example/t/tOkEn_-1\n\n\
         The link works for 30 days after the newest message. Whoever has it can read the conversation and write in it, so please keep it to yourself.\n\n\
         Was it not you? Then you can ignore this mail. If you want no more mail about this, open the link and choose \"This is not mine\".\n\n\
         -- \nOrchid & Co\n\
         You get this mail because somebody entered this address in our contact form. Please answer through the link: replies to this mail are not read.\n"
    );
}

#[test]
fn the_mail_of_a_new_thread_in_german() {
    let mail = guest_started(Language::De, &started());
    assert_eq!(mail.subject, "Ihre Nachricht an Orchid & Co");
    assert_eq!(
        mail.text,
        "Guten Tag,\n\n\
         an Orchid & Co wurde eine Nachricht gesendet und diese Adresse für die Antwort angegeben. Dieser private Link öffnet das Gespräch auf jedem Gerät:\n\n\
         https://help.example/t/tOkEn_-1\n\n\
         Der Link gilt 30 Tage über die neueste Nachricht hinaus. Wer ihn hat, kann im Gespräch lesen und schreiben; geben Sie ihn deshalb bitte nicht weiter.\n\n\
         Das waren nicht Sie? Dann können Sie diese E-Mail ignorieren. Wenn Sie dazu keine E-Mails mehr erhalten möchten, öffnen Sie den Link und wählen Sie „Das gehört nicht mir“.\n\n\
         -- \nOrchid & Co\n\
         Sie erhalten diese E-Mail, weil jemand diese Adresse in unser Kontaktformular eingetragen hat. Bitte antworten Sie über den Link: Antworten auf diese E-Mail werden nicht gelesen.\n"
    );
}

#[test]
fn the_list_of_links_in_english() {
    let mail = guest_link_list(Language::En, &link_list());
    assert_eq!(mail.subject, "Your conversations with Orchid & Co");
    assert_eq!(
        mail.text,
        "Hello,\n\n\
         Here are fresh private links to your conversations with Orchid & Co:\n\n\
         Where is <it>? (started on 23 November 2026)\nhttps://help.example/t/one\n\n\
         Support request (started on 5 March 2026)\nhttps://help.example/t/two\n\n\
         Each link works for a day after the newest message. Whoever has it can read the conversation and write in it, so please keep it to yourself.\n\n\
         -- \nOrchid & Co\n\
         You get this mail because fresh links were asked for with this address. If that was not you, you can ignore this mail. Please answer through a link: replies to this mail are not read.\n"
    );
}

#[test]
fn the_list_of_links_in_german() {
    let mail = guest_link_list(Language::De, &link_list());
    assert_eq!(mail.subject, "Ihre Gespräche mit Orchid & Co");
    assert_eq!(
        mail.text,
        "Guten Tag,\n\n\
         hier sind neue private Links zu Ihren Gesprächen mit Orchid & Co:\n\n\
         Where is <it>? (begonnen am 23. November 2026)\nhttps://help.example/t/one\n\n\
         Anfrage (begonnen am 5. März 2026)\nhttps://help.example/t/two\n\n\
         Jeder Link gilt einen Tag über die neueste Nachricht hinaus. Wer ihn hat, kann im Gespräch lesen und schreiben; geben Sie ihn deshalb bitte nicht weiter.\n\n\
         -- \nOrchid & Co\n\
         Sie erhalten diese E-Mail, weil mit dieser Adresse neue Links angefordert wurden. Wenn Sie das nicht waren, können Sie diese E-Mail ignorieren. Bitte antworten Sie über einen Link: Antworten auf diese E-Mail werden nicht gelesen.\n"
    );
}

#[test]
fn the_teams_answers_in_english() {
    let mail = guest_new_messages(Language::En, &guest_news());
    assert_eq!(mail.subject, "Re: Where is <it>?");
    assert_eq!(
        mail.text,
        "Hello,\n\n\
         Orchid & Co has answered you.\n\n\
         Nora, 23 November 2026, 00:04 UTC:\n\n  On its way.\n\n  <b>Tomorrow</b> & \"soon\"\n\n\
         Sam, 23 November 2026, 00:05 UTC:\n\n  Sorry!\n\n\
         Open the conversation and answer:\nhttps://help.example/t/tOkEn_-1\n\n\
         This private link works for 30 days after the newest message. Please keep it to yourself.\n\n\
         -- \nOrchid & Co\n\
         You get this mail because you wrote to us and have not seen this answer yet. Please answer through the link: replies to this mail are not read.\n"
    );
    let without_subject = GuestNewMessages {
        subject: None,
        ..guest_news()
    };
    let mail = guest_new_messages(Language::En, &without_subject);
    assert_eq!(mail.subject, "New answer from Orchid & Co");
}

#[test]
fn the_teams_answers_in_german() {
    let mail = guest_new_messages(Language::De, &guest_news());
    assert_eq!(mail.subject, "Re: Where is <it>?");
    assert_eq!(
        mail.text,
        "Guten Tag,\n\n\
         Orchid & Co hat Ihnen geantwortet.\n\n\
         Nora, 23. November 2026, 00:04 Uhr (UTC):\n\n  On its way.\n\n  <b>Tomorrow</b> & \"soon\"\n\n\
         Sam, 23. November 2026, 00:05 Uhr (UTC):\n\n  Sorry!\n\n\
         Öffnen Sie das Gespräch und antworten Sie:\nhttps://help.example/t/tOkEn_-1\n\n\
         Dieser private Link gilt 30 Tage über die neueste Nachricht hinaus. Bitte geben Sie ihn nicht weiter.\n\n\
         -- \nOrchid & Co\n\
         Sie erhalten diese E-Mail, weil Sie uns geschrieben und diese Antwort noch nicht gesehen haben. Bitte antworten Sie über den Link: Antworten auf diese E-Mail werden nicht gelesen.\n"
    );
    let without_subject = GuestNewMessages {
        subject: None,
        ..guest_news()
    };
    let mail = guest_new_messages(Language::De, &without_subject);
    assert_eq!(mail.subject, "Neue Antwort von Orchid & Co");
}

fn user_news() -> UserNewMessages {
    UserNewMessages {
        site_name: "Orchid & Co".into(),
        subject: Some("Where is <it>?".into()),
        messages: guest_news().messages,
        link: "https://help.example/threads/1".into(),
    }
}

fn asked() -> UserRequest {
    UserRequest {
        site_name: "Orchid & Co".into(),
        by: "Ina <I>".into(),
        link: "https://help.example/threads/requests".into(),
    }
}

#[test]
fn a_strangers_request_in_both_languages() {
    let mail = user_request(Language::En, &asked());
    assert_eq!(mail.subject, "Ina <I> wants to write to you on Orchid & Co");
    assert_eq!(
        mail.text,
        "Hello,\n\n\
         Ina <I> wants to write to you on Orchid & Co. Look at it, and decide whether you want to answer:\n\
         https://help.example/threads/requests\n\n\
         -- \nOrchid & Co\n\
         You get this mail because you have an account here. If you ignore it, nothing happens, and nobody is told.\n"
    );
    let mail = user_request(Language::De, &asked());
    assert_eq!(
        mail.subject,
        "Ina <I> möchte Ihnen bei Orchid & Co schreiben"
    );
    assert_eq!(
        mail.text,
        "Guten Tag,\n\n\
         Ina <I> möchte Ihnen bei Orchid & Co schreiben. Sehen Sie es sich an, und entscheiden Sie, ob Sie antworten möchten:\n\
         https://help.example/threads/requests\n\n\
         -- \nOrchid & Co\n\
         Sie erhalten diese E-Mail, weil Sie hier ein Konto haben. Wenn Sie sie übergehen, geschieht nichts, und niemand erfährt davon.\n"
    );
}

#[test]
fn news_for_a_user_in_english() {
    let mail = user_new_messages(Language::En, &user_news());
    assert_eq!(mail.subject, "Re: Where is <it>?");
    assert_eq!(
        mail.text,
        "Hello,\n\n\
         you have something new to read on Orchid & Co.\n\n\
         Nora, 23 November 2026, 00:04 UTC:\n\n  On its way.\n\n  <b>Tomorrow</b> & \"soon\"\n\n\
         Sam, 23 November 2026, 00:05 UTC:\n\n  Sorry!\n\n\
         Open the conversation and answer:\nhttps://help.example/threads/1\n\n\
         -- \nOrchid & Co\n\
         You get this mail because you have an account here and have not seen this yet. Mails about this conversation can be switched off on its page. Please answer there: replies to this mail are not read.\n"
    );
}

#[test]
fn news_for_a_user_in_german() {
    let without_subject = UserNewMessages {
        subject: None,
        ..user_news()
    };
    let mail = user_new_messages(Language::De, &without_subject);
    assert_eq!(mail.subject, "Neue Nachricht bei Orchid & Co");
    assert_eq!(
        mail.text,
        "Guten Tag,\n\n\
         bei Orchid & Co gibt es Neues für Sie.\n\n\
         Nora, 23. November 2026, 00:04 Uhr (UTC):\n\n  On its way.\n\n  <b>Tomorrow</b> & \"soon\"\n\n\
         Sam, 23. November 2026, 00:05 Uhr (UTC):\n\n  Sorry!\n\n\
         Öffnen Sie das Gespräch und antworten Sie:\nhttps://help.example/threads/1\n\n\
         -- \nOrchid & Co\n\
         Sie erhalten diese E-Mail, weil Sie hier ein Konto haben und dies noch nicht gesehen haben. E-Mails zu diesem Gespräch lassen sich auf seiner Seite abstellen. Bitte antworten Sie dort: Antworten auf diese E-Mail werden nicht gelesen.\n"
    );
}

#[test]
fn news_for_the_team_in_english() {
    let mail = staff_new_messages(Language::En, &staff_news());
    assert_eq!(mail.subject, "Guido <G>: Support request");
    assert_eq!(
        mail.text,
        "Guido <G> (address not verified)\nSupport request\n\n\
         Guido <G>, 23 November 2026, 00:04 UTC:\n\n  Hello?\n    <script>\n\n\
         Internal note, only the team sees it. Nora, 23 November 2026, 00:05 UTC:\n\n  Looks odd\n\n\
         Open in the inbox:\nhttps://help.example/inbox/1\n\n\
         -- \nOrchid & Co\n\
         You get this mail because you belong to the team that answers here, and have not seen this yet. Please answer in the inbox: replies to this mail are not read.\n"
    );
}

#[test]
fn news_for_the_team_in_german() {
    let verified = StaffNewMessages {
        verified: true,
        subject: Some("Regal".into()),
        ..staff_news()
    };
    let mail = staff_new_messages(Language::De, &verified);
    assert_eq!(mail.subject, "Guido <G>: Regal");
    assert_eq!(
        mail.text,
        "Guido <G>\nRegal\n\n\
         Guido <G>, 23. November 2026, 00:04 Uhr (UTC):\n\n  Hello?\n    <script>\n\n\
         Interne Notiz, nur das Team sieht sie. Nora, 23. November 2026, 00:05 Uhr (UTC):\n\n  Looks odd\n\n\
         Im Posteingang öffnen:\nhttps://help.example/inbox/1\n\n\
         -- \nOrchid & Co\n\
         Sie erhalten diese E-Mail, weil Sie zum Team gehören, das hier antwortet, und dies noch nicht gesehen haben. Bitte antworten Sie im Posteingang: Antworten auf diese E-Mail werden nicht gelesen.\n"
    );
}

fn invited() -> Invitation {
    Invitation {
        site_name: "Orchid & Co".into(),
        inviter: "Olivia".into(),
        link: "https://help.example/invite/one".into(),
        until: FIRST,
    }
}

fn to_confirm(moves: bool) -> ConfirmAddress {
    ConfirmAddress {
        site_name: "Orchid & Co".into(),
        moves,
        link: "https://help.example/confirm/one".into(),
        until: FIRST.into(),
    }
}

fn to_reset() -> ResetPassword {
    ResetPassword {
        site_name: "Orchid & Co".into(),
        link: "https://help.example/confirm/one".into(),
        until: FIRST.into(),
    }
}

fn taken() -> AddressTaken {
    AddressTaken {
        site_name: "Orchid & Co".into(),
        link: "https://help.example/login".into(),
        reset: "https://help.example/reset".into(),
    }
}

fn moved() -> AddressChanged {
    AddressChanged {
        site_name: "Orchid & Co".into(),
        to: "n•••@example.com".into(),
        at: FIRST.into(),
        link: "https://help.example/confirm/one".into(),
        until: SECOND.into(),
    }
}

#[test]
fn mails_about_accounts_say_what_a_link_does_and_until_when() {
    let make = confirm_address(Language::En, &to_confirm(false));
    assert_eq!(make.subject, "Please confirm your address at Orchid & Co");
    assert!(make.text.contains("make an account"), "{}", make.text);
    let moves = confirm_address(Language::De, &to_confirm(true));
    assert!(
        moves.text.contains("jemand möchte mit seinem Konto"),
        "{}",
        moves.text
    );
    let reset = reset_password(Language::En, &to_reset());
    assert!(
        reset.text.contains("until 23 November 2026, 00:04 UTC"),
        "{}",
        reset.text
    );
    let told = address_changed(Language::En, &moved());
    assert!(
        told.text
            .contains("moved from this address to n•••@example.com"),
        "{}",
        told.text
    );
    let there = address_taken(Language::De, &taken());
    assert_eq!(there.subject, "Sie haben ein Konto bei Orchid & Co");
}

fn allowed() -> ReadDirect {
    ReadDirect {
        site_name: "Orchid & Co".into(),
        at: FIRST.into(),
        link: "https://help.example/audit?act=read_direct_granted".into(),
    }
}

fn tested() -> Test {
    Test {
        site_name: "Orchid & Co".into(),
        at: FIRST.into(),
        link: "https://help.example".into(),
    }
}

fn given() -> Assigned {
    Assigned {
        site_name: "Orchid & Co".into(),
        by: "Lena".into(),
        customer: "Guido".into(),
        subject: Some("Kettle leaks".into()),
        link: "https://help.example/inbox/1".into(),
    }
}

#[test]
fn a_test_says_that_it_is_one_and_when_it_was_sent() {
    let mail = test(Language::En, &tested());
    assert_eq!(mail.subject, "Test mail from Orchid & Co");
    assert!(mail.text.contains("This is a test. It was sent on "));
    let german = test(Language::De, &tested());
    assert_eq!(german.subject, "Testmail von Orchid & Co");
}

#[test]
fn an_assignment_says_who_gave_which_conversation() {
    let mail = assigned(Language::En, &given());
    assert_eq!(mail.subject, "Yours now: Kettle leaks");
    let text = "Lena gave you a conversation with Guido at Orchid & Co:\nKettle leaks\n";
    assert!(mail.text.starts_with(text), "{}", mail.text);
    let nameless = Assigned {
        subject: None,
        ..given()
    };
    let german = assigned(Language::De, &nameless);
    assert_eq!(german.subject, "Jetzt bei Ihnen: Anfrage");
}

fn the_day() -> Digest {
    let thread = |asks, subject: Option<&str>, authors: &[&str], count, end: &str| DigestThread {
        asks,
        subject: subject.map(str::to_owned),
        authors: authors.iter().map(|&name| name.to_owned()).collect(),
        count,
        link: format!("https://help.example/threads/{end}"),
    };
    Digest {
        site_name: "Orchid & Co".into(),
        threads: vec![
            thread(false, Some("Where is <it>?"), &["Nora", "Sam"], 3, "1"),
            thread(true, None, &["Omar"], 1, "requests"),
        ],
        choices: "https://help.example/account".into(),
    }
}

#[test]
fn the_mail_of_the_day_lists_what_is_new() {
    let mail = digest(Language::En, &the_day());
    assert_eq!(mail.subject, "What is new on Orchid & Co");
    let line = "\nWhere is <it>? (3 new, Nora, Sam)\nhttps://help.example/threads/1\n";
    assert!(mail.text.contains(line), "{}", mail.text);
    assert!(mail.text.contains("\nOmar wants to write to you\n"));
    let german = digest(Language::De, &the_day());
    assert!(
        german.text.contains("(3 neu, Nora, Sam)"),
        "{}",
        german.text
    );
}

#[test]
fn an_invitation_says_who_invites_and_until_when() {
    let mail = invitation(Language::En, &invited());
    assert_eq!(mail.subject, "Your account at Orchid & Co");
    let text = "Olivia invites you to make an account at Orchid & Co.";
    assert!(mail.text.contains(text), "{}", mail.text);
    assert!(
        mail.text.contains("until 23 November 2026"),
        "{}",
        mail.text
    );
    let german = invitation(Language::De, &invited());
    assert_eq!(german.subject, "Ihr Konto bei Orchid & Co");
}

/// Every mail in this language with its private links.
fn all(language: Language) -> [(Rendered, Vec<&'static str>); 15] {
    [
        (guest_started(language, &started()), vec![LINK]),
        (
            guest_link_list(language, &link_list()),
            vec!["https://help.example/t/one", "https://help.example/t/two"],
        ),
        (guest_new_messages(language, &guest_news()), vec![LINK]),
        (
            user_new_messages(language, &user_news()),
            vec!["https://help.example/threads/1"],
        ),
        (
            user_request(language, &asked()),
            vec!["https://help.example/threads/requests"],
        ),
        (
            staff_new_messages(language, &staff_news()),
            vec!["https://help.example/inbox/1"],
        ),
        (
            invitation(language, &invited()),
            vec!["https://help.example/invite/one"],
        ),
        (
            read_direct(language, &allowed()),
            vec!["https://help.example/audit?act=read_direct_granted"],
        ),
        (test(language, &tested()), vec!["https://help.example"]),
        (
            confirm_address(language, &to_confirm(true)),
            vec!["https://help.example/confirm/one"],
        ),
        (
            address_taken(language, &taken()),
            vec!["https://help.example/login", "https://help.example/reset"],
        ),
        (
            reset_password(language, &to_reset()),
            vec!["https://help.example/confirm/one"],
        ),
        (
            address_changed(language, &moved()),
            vec!["https://help.example/confirm/one"],
        ),
        (
            assigned(language, &given()),
            vec!["https://help.example/inbox/1"],
        ),
        (
            digest(language, &the_day()),
            vec![
                "https://help.example/threads/1",
                "https://help.example/threads/requests",
                "https://help.example/account",
            ],
        ),
    ]
}

#[test]
fn a_page_has_its_links_and_fetches_nothing() {
    for language in Language::ALL {
        for (mail, links) in all(*language) {
            let html = &mail.html;
            assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{language}\">")));
            assert_eq!(html.matches("href=").count(), links.len(), "{html}");
            assert_eq!(html.matches("://").count(), links.len(), "{html}");
            for link in links {
                assert!(html.contains(&format!("<a href=\"{link}\"")), "{html}");
                assert!(mail.text.contains(&format!("\n{link}\n")), "{}", mail.text);
            }
            for forbidden in [
                "<img", "<link", "<script", "<style", "src=", "url(", "@import",
            ] {
                assert!(!html.contains(forbidden), "{forbidden} in {html}");
            }
        }
    }
}

#[test]
fn what_was_typed_is_text_in_a_page() {
    for language in Language::ALL {
        let html = guest_new_messages(*language, &guest_news()).html;
        assert!(html.contains(
            "On its way.<br/><br/>&#60;b&#62;Tomorrow&#60;/b&#62; &#38; &#34;soon&#34;</div>"
        ));
        assert!(html.contains("Where is &#60;it&#62;?</h1>"), "{html}");
        let html = staff_new_messages(*language, &staff_news()).html;
        assert!(
            html.contains("Hello?<br/>  &#60;script&#62;</div>"),
            "{html}"
        );
        assert!(
            html.contains("<strong>Guido &#60;G&#62;</strong>"),
            "{html}"
        );
        let html = guest_link_list(*language, &link_list()).html;
        assert!(
            html.contains("<strong>Where is &#60;it&#62;?</strong>"),
            "{html}"
        );
    }
}

#[test]
fn marks_are_shown_in_a_page_and_stay_as_typed_in_a_text() {
    let body = "**Now**\n> `<b>`\n[on](https://a.example/?a=1&b=\"2) \
        [x](javascript:x) [so](https://a.example/'x)\n3. a\n4. *b*\n```\n<i>\n  x\n```";
    let mut data = guest_news();
    data.messages = vec![TeamMessage {
        author: "Nora".into(),
        at: FIRST,
        body: body.to_owned(),
        files: Vec::new(),
    }];
    for language in Language::ALL {
        let mail = guest_new_messages(*language, &data);
        let indented = body.replace('\n', "\n  ");
        assert!(mail.text.contains(&indented), "{}", mail.text);
        for shown in [
            ">Now</strong><br/><blockquote style=",
            "><code>&#60;b&#62;</code></blockquote>",
            "[on](<a href=\"https://a.example/?a=1&#38;b=\" style=",
            "&#34;2) [x](javascript:x) <a href=\"https://a.example/&#39;x\" style=",
            "<li value=\"3\">a</li><li value=\"4\"><em>b</em></li></ol><pre style=",
            "<code>&#60;i&#62;<br/>  x</code></pre></div>",
        ] {
            assert!(mail.html.contains(shown), "{shown}: {}", mail.html);
        }
        assert!(!mail.html.contains("=\"javascript"), "{}", mail.html);
    }
}

#[test]
fn a_page_tells_notes_from_messages() {
    for (language, label) in [
        (Language::En, "Internal note, only the team sees it"),
        (Language::De, "Interne Notiz, nur das Team sieht sie"),
    ] {
        let html = staff_new_messages(language, &staff_news()).html;
        let (before, after) = html.split_once(label).unwrap();
        assert!(
            before.contains("Hello?") && after.contains("Looks odd"),
            "{html}"
        );
    }
}

#[test]
fn of_very_many_messages_the_rest_is_told_by_number() {
    let many = |count: usize| {
        let messages = (0..count).map(|n| TeamMessage {
            author: "Nora".into(),
            at: FIRST,
            body: format!("message {n}"),
            files: Vec::new(),
        });
        GuestNewMessages {
            messages: messages.collect(),
            ..guest_news()
        }
    };
    let english = |count| guest_new_messages(Language::En, &many(count));
    assert!(
        english(20)
            .text
            .contains("  message 19\n\nOpen the conversation")
    );
    assert!(english(21).text.contains(
        "  message 19\n\nOne more message awaits you in the conversation.\n\nOpen the conversation"
    ));
    let mail = guest_new_messages(Language::De, &many(22));
    let words = "2 weitere Nachrichten erwarten Sie im Gespräch.";
    assert!(
        mail.text
            .contains(&format!("  message 19\n\n{words}\n\nÖffnen")),
        "{}",
        mail.text
    );
    assert!(
        mail.html.contains(&format!("<p>{words}</p>")),
        "{}",
        mail.html
    );
}

#[test]
fn a_subject_is_one_line() {
    let odd = GuestStarted {
        site_name: "a\r\nBcc: b\u{0}c".into(),
        ..started()
    };
    assert_eq!(
        guest_started(Language::En, &odd).subject,
        "Your message to a Bcc: b c"
    );
}
