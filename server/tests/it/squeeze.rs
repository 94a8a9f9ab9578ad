//! Answers leave compressed for whoever takes it.

use std::io::Read as _;

use flate2::read::GzDecoder;

use crate::harness::Pigeon;

#[tokio::test]
async fn a_page_leaves_compressed_for_whoever_takes_it() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let plain = nora.get("/inbox").await;
    assert_eq!(plain.header("content-encoding"), "");
    for (accepted, coding) in [("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0", "")] {
        let ask = nora
            .ask("GET", "/inbox")
            .header("accept-encoding", accepted);
        let packed = ask.send().await;
        assert_eq!(packed.header("content-encoding"), coding, "{accepted}");
        assert_eq!(packed.header("vary"), "accept-encoding", "{accepted}");
        assert_eq!(packed.header("content-type"), "text/html; charset=utf-8");
        if coding.is_empty() {
            continue;
        }
        assert!(packed.body.len() * 3 < plain.body.len(), "{coding}");
        if coding == "gzip" {
            let mut page = String::new();
            GzDecoder::new(&packed.body[..])
                .read_to_string(&mut page)
                .unwrap();
            assert_eq!(
                page.len(),
                plain.text().len(),
                "the same but for its nonces"
            );
            assert!(page.contains("</html>"));
        }
    }
}

#[tokio::test]
async fn what_is_small_or_no_page_stays_as_it_is() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    for door in ["/healthz", "/views/counts", "/figures.csv"] {
        let ask = nora.ask("GET", door).header("accept-encoding", "gzip, br");
        let answer = ask.send().await;
        assert_eq!(
            (answer.status, answer.header("content-encoding")),
            (200, ""),
            "{door}"
        );
    }
}
