//! Files on their way out: headers, ranges, and what must not happen to anybody who opens one.

use serde_json::json;

use crate::files::{PNG, files_in, on_disk, posts, sends};
use crate::harness::Pigeon;

#[tokio::test]
async fn what_is_handed_out_can_be_kept_and_does_nothing_in_a_browser() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let page = "<script>parent.document.title='!'</script>";
    let reply = |key: &'static str| [("body", "See."), ("key", key)];
    let files: &[(&str, &[u8])] = &[
        ("../../etc/pass wd.txt", page.as_bytes()),
        ("naïve \u{202e}txt.csv", b"a;b"),
        ("kettle.png", PNG),
    ];
    let posted = posts(&guido, &path, &reply("kkkkkkkkkkkkkkkkkkkkkk"), files).await;
    assert_eq!(posted.status, 303);
    let shown = files_in(&guido.get(&path).await.text());
    for (link, kind, name) in [
        (
            &shown[0],
            "text/plain; charset=utf-8",
            "attachment; filename=\"pass wd.txt\"; filename*=UTF-8''pass%20wd.txt",
        ),
        (
            &shown[1],
            "text/plain; charset=utf-8",
            "attachment; filename=\"na_ve txt.csv\"; filename*=UTF-8''na%C3%AFve%20txt.csv",
        ),
        (
            &shown[2],
            "image/png",
            "attachment; filename=\"kettle.png\"; filename*=UTF-8''kettle.png",
        ),
    ] {
        let answer = guido.get(link).await;
        assert_eq!(answer.status, 200);
        for (header, value) in [
            ("content-type", kind),
            ("content-disposition", name),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "private, no-store"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "same-origin"),
            ("accept-ranges", "bytes"),
        ] {
            assert_eq!(answer.header(header), value, "{header} of {link}");
        }
        let policy = answer.header("content-security-policy");
        for rule in ["default-src 'none'", "sandbox", "frame-ancestors 'none'"] {
            assert!(policy.split("; ").any(|part| part == rule), "{policy}");
        }
        assert!(
            !policy.contains("allow-") && !policy.contains("script"),
            "{policy}"
        );
    }
}

#[tokio::test]
async fn a_download_goes_on_where_it_broke_off() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let numbers: Vec<String> = (0..20_000).map(|n| format!("{n:05}\n")).collect();
    let text = numbers.concat();
    let fields = [("body", "Long."), ("key", "kkkkkkkkkkkkkkkkkkkkkk")];
    posts(&guido, &path, &fields, &[("long.txt", text.as_bytes())]).await;
    let link = files_in(&guido.get(&path).await.text()).remove(0);
    let asked = async |range: &str| guido.ask("GET", &link).header("range", range).send().await;
    let whole = guido.get(&link).await;
    assert_eq!(whole.header("content-length"), text.len().to_string());
    for (range, from, to) in [
        ("bytes=0-4", 0, 5),
        ("bytes=70000-70010", 70_000, 70_011),
        ("bytes=119990-", 119_990, 120_000),
        ("bytes=-5", 119_995, 120_000),
        ("bytes=100-999999", 100, 120_000),
    ] {
        let part = asked(range).await;
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.body, &text.as_bytes()[from..to], "{range}");
        let told = format!("bytes {from}-{}/120000", to - 1);
        assert_eq!(part.header("content-range"), told);
        assert!(part.header("content-security-policy").contains("sandbox"));
    }
    let beyond = asked("bytes=120000-").await;
    assert_eq!(beyond.status, 416);
    assert_eq!(beyond.header("content-range"), "bytes */120000");
    for all in ["bytes=0-1,4-5", "pages=1-2", "bytes=x"] {
        assert_eq!(asked(all).await.status, 200, "{all}");
    }
}

/// An image of one pixel that claims to have a hundred million.
fn hundred_megapixels() -> Vec<u8> {
    let mut bytes = PNG.to_vec();
    let side = 10_000_u32.to_be_bytes();
    bytes[16..20].copy_from_slice(&side);
    bytes[20..24].copy_from_slice(&side);
    let step = |sum: u32, byte: &u8| {
        let shift = |sum: u32, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1));
        (0..8).fold(sum ^ u32::from(*byte), shift)
    };
    let sum = !bytes[12..29].iter().fold(u32::MAX, step);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

#[tokio::test]
async fn hostile_files_run_nowhere_and_stay_in_their_room() {
    let pigeon = Pigeon::start().await;
    let (guido, room) = pigeon.guest_with_thread().await;
    let gerda = pigeon.browser();
    let hers = [("email", "gerda@example.org"), ("body", "It hisses.")];
    assert_eq!(gerda.post("/contact", &hers).await.status, 303);
    let nora = pigeon.signed_in("agent").await;
    let thread = room.trim_start_matches("/c/").to_owned();
    let html = b"<!doctype html><script>fetch('/inbox')</script>".as_slice();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".as_slice();
    for (name, bytes) in [
        ("a.html", html),
        ("a.svg", svg),
        ("a.png.html", PNG),
        ("a.svg%00.png", svg),
        ("a.png", svg),
        ("a.pdf", html),
        ("a.gif", html),
        ("a.docx", html),
        ("a.zip", b"<script>PK\x03\x04"),
        ("a.jpg", b"GIF89a"),
        ("a.png%2f..%2fb.html", PNG),
    ] {
        let refused = sends(&guido, &room, name, bytes).await;
        assert_eq!(refused.status, 422, "{name}: {}", refused.text());
    }
    assert_eq!(on_disk(&pigeon), 0);
    // Small as it is, it claims to unpack to four gigabytes.
    let bomb = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\x10\0\0\0\xff\xff\xff\xff\x01\0\0\0a";
    let huge = hundred_megapixels();
    let odd = [
        ("..%2f..%2fetc%2fpasswd.txt", html, "passwd.txt"),
        ("a%0d%0aX-Evil:%201.txt", html, "aX-Evil_ 1.txt"),
        ("a%00b.csv", html, "ab.csv"),
        ("photo%e2%80%aegpj.txt", html, "photogpj.txt"),
        ("bomb.zip", bomb, "bomb.zip"),
        ("script.gif", b"GIF89a=0;fetch('/inbox')//", "script.gif"),
        ("huge.png", &huge, "huge.png"),
    ];
    for (n, (name, bytes, kept)) in odd.into_iter().enumerate() {
        let sent = sends(&guido, &room, name, bytes).await;
        assert_eq!(sent.status, 201, "{name}: {}", sent.text());
        let file = sent.json();
        assert_eq!(file["name"], kept);
        assert_eq!(file["thumb"], json!(null), "{name}");
        let key = format!("{n}").repeat(22);
        let form = json!({ "body": "", "key": key, "attachments": [file["id"]] });
        let posted = guido
            .call("guest/reply", &json!({ "thread": thread, "form": form }))
            .await;
        assert_eq!(posted.status, 200, "{}", posted.text());
        let path = format!("/file/{}", file["id"].as_str().unwrap());
        for (who, address) in [
            (&guido, format!("{room}{path}")),
            (&nora, format!("/inbox/{thread}{path}")),
        ] {
            let answer = who.get(&address).await;
            assert_eq!((answer.status, answer.body.as_slice()), (200, bytes));
            let told = answer.header("content-disposition");
            assert!(told.starts_with("attachment; filename=\""), "{told}");
            assert!(answer.header("content-security-policy").contains("sandbox"));
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("x-evil"), "");
            let kind = answer.header("content-type");
            assert!(!kind.contains("html") && !kind.contains("svg") && !kind.contains("script"));
        }
        for (who, address, status) in [
            (&gerda, format!("{room}{path}"), 404),
            (&pigeon.program(), format!("{room}{path}"), 404),
            (&nora, format!("{room}{path}"), 404),
            (&guido, format!("/inbox/{thread}{path}"), 401),
            (&guido, path.clone(), 404),
            (&guido, format!("/files{path}"), 404),
        ] {
            let answer = who.get(&address).await;
            assert_eq!(answer.status, status, "{address}");
            assert!(!answer.text().contains("fetch("));
        }
    }
}
