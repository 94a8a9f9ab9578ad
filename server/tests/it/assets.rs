//! What browsers load. The tests run with and without a built site.

use std::path::Path;

use crate::harness::Pigeon;

/// The built site's list of files, if one was built.
fn manifest() -> Option<serde_json::Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site/manifest.json");
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}

#[tokio::test]
async fn a_file_is_sent_once_compressed_and_for_ever() {
    let pigeon = Pigeon::start().await;
    let browser = pigeon.browser();
    assert_eq!(browser.get("/pkg/manifest.json").await.status, 404);
    let Some(manifest) = manifest() else { return };
    let path = format!("/pkg/{}", manifest["pigeon.css"].as_str().unwrap());
    let compressed = browser
        .ask("GET", &path)
        .header("accept-encoding", "gzip, br")
        .send()
        .await;
    assert_eq!(compressed.status, 200);
    assert_eq!(compressed.header("content-encoding"), "br");
    assert_eq!(compressed.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(
        compressed.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(compressed.header("vary"), "Accept-Encoding");

    let plain = browser.get(&path).await;
    assert_eq!(plain.header("content-encoding"), "");
    assert!(plain.body.len() > compressed.body.len());
    assert_ne!(plain.header("etag"), compressed.header("etag"));

    let program = format!("/pkg/{}", manifest["guest.wasm"].as_str().unwrap());
    let unpacked = browser.get(&program).await;
    assert_eq!(unpacked.header("content-encoding"), "");
    assert_eq!(unpacked.header("content-type"), "application/wasm");
    assert!(unpacked.body.starts_with(b"\0asm"), "the program itself");

    let ask = browser
        .ask("GET", &path)
        .header("if-none-match", plain.header("etag"));
    let known = ask.send().await;
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(browser.get(&format!("{path}.br")).await.status, 404);
}
