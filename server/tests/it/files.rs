//! Files on their way in: by plain forms, by pages with a script, and by forms of other sites.

use pigeon_core::setting::Overrides;
use serde_json::json;

use crate::harness::{Answer, Browser, Pigeon, guidos_question};

pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8 \xa0\xf0\x1f\0\x054\x02 \xa2\xde\x02V\0\0\0\0IEND\xaeB`\x82";

/// A form as a browser sends it when files may go along.
fn multipart(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value.as_bytes());
        body.extend_from_slice(b"\r\n");
    }
    for (name, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"attachments[]\"; \
             filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    body
}

pub async fn posts(
    browser: &Browser,
    path: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> Answer {
    browser
        .ask("POST", path)
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(multipart(fields, files))
        .send()
        .await
}

/// Sends one file as a page with a script does.
pub async fn sends(browser: &Browser, room: &str, name: &str, bytes: &[u8]) -> Answer {
    browser
        .ask("POST", &format!("{room}/file?name={name}"))
        .header("accept", "application/json")
        .body(bytes)
        .send()
        .await
}

/// The addresses of files in a page, in order.
pub fn files_in(page: &str) -> Vec<String> {
    let shown = page.split("<main").nth(1).unwrap();
    let links = shown.split("href=\"").skip(1);
    links
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.contains("/file/"))
        .map(str::to_owned)
        .collect()
}

pub fn on_disk(pigeon: &Pigeon) -> usize {
    let shelves = std::fs::read_dir(pigeon.folder().join("files")).unwrap();
    let files = shelves
        .flatten()
        .map(|shelf| std::fs::read_dir(shelf.path()));
    files.map(|files| files.unwrap().count()).sum()
}

#[tokio::test]
async fn a_plain_form_carries_files_and_the_page_shows_them() {
    let pigeon = Pigeon::start().await;
    let guido = pigeon.browser();
    let page = guido.get("/contact").await;
    let (form, key) = (page.text(), page.field("key"));
    assert!(form.contains("enctype=\"multipart/form-data\""), "{form}");
    assert!(form.contains("name=\"attachments[]\""));
    assert!(form.contains("Up to 5 files, 10 MB each"), "{form}");
    assert!(form.contains("jpg, jpeg, png"));
    let mut question = guidos_question().to_vec();
    question.push(("key", &key));
    let files: &[(&str, &[u8])] = &[("kettle.png", PNG), ("notes.txt", b"Hello"), ("", b"")];
    let sent = posts(&guido, "/contact", &question, files).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let path = sent.location().to_owned();
    let again = posts(&guido, "/contact", &question, files).await;
    assert_eq!(again.location(), path, "the same form is the same thread");
    let page = guido.get(&path).await.text();
    let shown = files_in(&page);
    assert_eq!(shown.len(), 2);
    assert!(page.contains(&format!("src=\"{}/small\"", shown[0])));
    assert!(page.contains("notes.txt"));
    let file = guido.get(&shown[0]).await;
    assert_eq!((file.status, file.body.as_slice()), (200, PNG));
    let small = guido.get(&format!("{}/small", shown[0])).await;
    assert_eq!(small.header("content-type"), "image/jpeg");
    assert_eq!(small.header("content-disposition"), "inline");
    assert!(small.body.starts_with(b"\xff\xd8"));
    let none = guido.get(&format!("{}/small", shown[1])).await;
    assert_eq!(none.status, 404);

    let page = guido.get(&path).await;
    let (key, seen) = (page.field("key"), page.field("seen"));
    let reply = [("body", ""), ("key", &*key), ("seen", &*seen)];
    for _ in 0..2 {
        let posted = posts(&guido, &path, &reply, &[("more.txt", b"More")]).await;
        assert_eq!(posted.status, 303, "{}", posted.text());
    }
    let page = guido.get(&path).await.text();
    assert_eq!(files_in(&page).len(), 3, "sent twice, it is one message");
}

#[tokio::test]
async fn a_form_of_another_site_carries_files_too() {
    let pigeon = Pigeon::start().await;
    let guido = pigeon.browser();
    let fields = [("email", "guido@example.org"), ("body", "See there.")];
    let sent = guido
        .ask("POST", "/contact")
        .header("origin", "https://shop.example")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(multipart(&fields, &[("bill.pdf", b"%PDF-1.7 x")]))
        .send()
        .await;
    assert_eq!(sent.status, 303);
    let page = guido.get(sent.location()).await.text();
    assert_eq!(files_in(&page).len(), 1);
    // But not to a conversation: that takes our own page.
    let room = sent.location().to_owned();
    let foreign = guido
        .ask("POST", &format!("{room}/file?name=a.txt"))
        .header("origin", "https://shop.example")
        .header("sec-fetch-site", "cross-site")
        .body("Hello")
        .send()
        .await;
    assert_eq!(foreign.status, 403);
}

#[tokio::test]
async fn a_refused_file_is_named_and_the_text_and_the_other_files_are_kept() {
    let pigeon = Pigeon::start_with(Overrides {
        attachment_mb: Some(1),
        ..Overrides::default()
    })
    .await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let page = guido.get(&path).await;
    let (key, seen) = (page.field("key"), page.field("seen"));
    let large = vec![b'x'; 1_000_001];
    let files: &[(&str, &[u8])] = &[
        ("good.txt", b"Hello"),
        ("virus.exe", b"MZ"),
        ("large.txt", &large),
        ("fake.png", b"<svg onload=alert(1)>"),
    ];
    // The files first: the text that comes after them is kept all the same.
    let mut body = multipart(&[], files);
    body.truncate(body.len() - "--edge--\r\n".len());
    body.extend(multipart(
        &[("body", "Typed with care"), ("key", &key), ("seen", &seen)],
        &[],
    ));
    let refused = guido
        .ask("POST", &path)
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body)
        .send()
        .await;
    assert_eq!(refused.status, 422);
    let page = refused.text();
    for told in [
        "virus.exe: Files of this kind are not taken here.",
        "large.txt: This file is larger than 1 MB.",
        "fake.png: This file does not hold what its name says.",
        "Typed with care",
    ] {
        assert!(page.contains(told), "{told} in {page}");
    }
    assert_eq!(files_in(&page).len(), 0, "nothing was posted");
    let kept = refused.field("kept");
    let fields = [
        ("body", "Typed with care"),
        ("key", &*key),
        ("seen", &*seen),
        ("kept", &*kept),
    ];
    let posted = posts(&guido, &path, &fields, &[]).await;
    assert_eq!(posted.status, 303);
    let page = guido.get(&path).await.text();
    let shown = files_in(&page);
    assert_eq!(shown.len(), 1);
    assert_eq!(guido.get(&shown[0]).await.text(), "Hello");

    let typed = [("email", "gerda@example.org"), ("body", "Asked with care")];
    let refused = posts(&guido, "/contact", &typed, files).await;
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("Asked with care") && page.contains("virus.exe: "));
    assert!(page.contains("Please choose your files again."));
    assert_eq!(
        on_disk(&pigeon),
        1,
        "nothing is kept of a start that did not come about"
    );
    let told = pigeon
        .program()
        .ask("POST", "/contact")
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(multipart(&typed, &[("virus.exe", b"MZ")]))
        .send()
        .await;
    let problem = told.json();
    assert_eq!((told.status, &problem["code"]), (422, &json!("files")));
    let file = json!([{ "name": "virus.exe", "problem": "ending" }]);
    assert_eq!(problem["values"], file);
}

#[tokio::test]
async fn a_page_with_a_script_sends_files_ahead_of_their_message() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let nora = pigeon.signed_in("agent").await;
    let thread = path.trim_start_matches("/c/");
    let sent = sends(&guido, &path, "my%20kettle.png", PNG).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    let file = sent.json();
    assert_eq!(file["name"], "my kettle.png");
    assert_eq!(file["thumb"], json!({ "width": 1, "height": 1 }));
    let address = format!("{path}/file/{}", file["id"].as_str().unwrap());
    assert_eq!(
        guido.get(&address).await.status,
        404,
        "not before it is posted"
    );
    let form = json!({ "body": "", "key": "k".repeat(22), "attachments": [file["id"]] });
    let posted = guido
        .call("guest/reply", &json!({ "thread": thread, "form": form }))
        .await;
    assert_eq!(posted.status, 200, "{}", posted.text());
    assert_eq!(guido.get(&address).await.body, PNG);

    let room = format!("/inbox/{thread}");
    let theirs = format!("{room}/file/{}", file["id"].as_str().unwrap());
    assert_eq!(nora.get(&theirs).await.body, PNG);
    let hidden = sends(&nora, &room, "record.txt", b"Third time.")
        .await
        .json();
    let form = json!({ "body": "Hm.", "key": "n".repeat(22), "attachments": [hidden["id"]] });
    let noted = nora
        .call("note/add", &json!({ "thread": thread, "form": form }))
        .await;
    assert_eq!(noted.status, 200);
    let id = hidden["id"].as_str().unwrap();
    assert_eq!(
        nora.get(&format!("{room}/file/{id}")).await.text(),
        "Third time."
    );
    assert_eq!(guido.get(&format!("{path}/file/{id}")).await.status, 404);
    assert!(!guido.get(&path).await.text().contains("record.txt"));
    for (name, bytes, problem) in [
        ("a.exe", b"MZ".as_slice(), "ending"),
        ("a.png", b"<html>", "mismatch"),
        ("a.txt", b"", "empty"),
        ("", b"x", "ending"),
    ] {
        let refused = sends(&guido, &path, name, bytes).await;
        assert_eq!(refused.status, 422, "{name}");
        assert_eq!(refused.json()["values"][0]["problem"], problem);
    }
}

#[tokio::test]
async fn forms_with_files_have_bounds_and_broken_ones_leave_nothing() {
    let pigeon = Pigeon::start_with(Overrides {
        attachment_mb: Some(1),
        attachments_most: Some(1),
        ..Overrides::default()
    })
    .await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let key = ("key", "kkkkkkkkkkkkkkkkkkkkkk");
    let huge = vec![b'x'; 6_000_000];
    let refused = posts(&guido, &path, &[("body", "x"), key], &[("a.txt", &huge)]).await;
    assert_eq!(refused.status, 413);
    let words = "x".repeat(300_000);
    let refused = posts(&guido, &path, &[("body", &words), key], &[]).await;
    assert_eq!(refused.status, 413, "a text does not grow with the files");
    let two: &[(&str, &[u8])] = &[("a.txt", b"a"), ("b.txt", b"b")];
    let refused = posts(&guido, &path, &[("body", "Two."), key], two).await;
    assert!(
        refused.text().contains("b.txt: At most 1 files"),
        "{}",
        refused.text()
    );
    // The browser goes away in the middle of a file.
    let whole = multipart(&[("body", "x"), key], &[("a.txt", b"Hello, hello")]);
    let broken = guido
        .ask("POST", "/contact")
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(&whole[..whole.len() - 20])
        .send()
        .await;
    assert_eq!(broken.status, 400);
    assert_eq!(
        on_disk(&pigeon),
        1,
        "what waits for the next try of the form with two"
    );
    let stranger = pigeon.browser();
    let unknown = posts(&stranger, &path, &[("body", "Kept text"), key], two).await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("Kept text"));
    assert_eq!(on_disk(&pigeon), 1);
}

#[tokio::test]
async fn where_files_are_off_no_page_asks_for_any() {
    let pigeon = Pigeon::start_with(Overrides {
        attachments_most: Some(0),
        ..Overrides::default()
    })
    .await;
    let (guido, path) = pigeon.guest_with_thread().await;
    for page in ["/contact", &path] {
        assert!(
            !guido.get(page).await.text().contains("type=\"file\""),
            "{page}"
        );
    }
    let refused = sends(&guido, &path, "a.txt", b"Hello").await;
    assert_eq!(refused.json()["values"][0]["problem"], "off");
}
