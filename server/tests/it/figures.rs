//! Figures: as a page, as files, and for programs.

use pigeon_core::setting::Overrides;
use pigeon_core::testing::Backend;
use serde_json::{Value, json};

use crate::harness::{Browser, Pigeon};
use crate::rest::Program;

/// Somebody of the team answers the guest's thread and closes it.
async fn settles(who: &Browser, path: &str) {
    let thread = path.trim_start_matches("/c/");
    let form = json!({ "body": "At nine.", "key": "a-key-of-enough-characters", "seen": null });
    let reply = json!({ "thread": thread, "form": form });
    assert_eq!(who.call("message/reply", &reply).await.status, 200);
    let closed = json!({ "thread": thread, "status": "closed" });
    assert_eq!(who.call("thread/status", &closed).await.status, 200);
}

/// A team whose agent has a name that calculates.
async fn calculating(pigeon: &Pigeon) -> Browser {
    let nora = pigeon.signed_in("agent").await;
    let named = [("name", "=1+1"), ("language", "en"), ("time_zone", "")];
    nora.post("/account", &named).await.is_done("profile_saved");
    nora
}

#[tokio::test]
async fn the_page_tells_in_words_charts_and_tables_and_its_files_hold_the_same() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let pigeon = Pigeon::start_on(backend, Overrides::default()).await;
        let (_, path) = pigeon.guest_with_thread().await;
        let nora = calculating(&pigeon).await;
        settles(&nora, &path).await;
        let lena = pigeon.signed_in("lead").await;

        let page = lena.get("/figures?days=7").await;
        assert_eq!(page.status, 200);
        let text = page.text();
        assert_eq!(
            text.matches("<svg viewBox=\"0 0 84 100\"").count(),
            4,
            "{text}"
        );
        assert!(text.contains("aria-label=\"New: at most 1, on "), "{text}");
        assert_eq!(
            text.matches("<th scope=\"row\">").count(),
            8,
            "seven days, one person"
        );
        assert!(text.contains(">=1+1</th>"), "{text}");
        assert!(!text.contains(" style="), "{text}");
        let usual = lena.get("/figures?days=8").await.text();
        assert_eq!(usual.matches("<th scope=\"row\">").count(), 31);
        let german = lena.ask("GET", "/figures").header("accept-language", "de");
        assert!(german.send().await.text().contains("Rückstand jetzt"));

        let file = lena.get("/figures.csv?days=7&of=days").await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        let name = "attachment; filename=\"pigeon-days-7.csv\"";
        assert_eq!(file.header("content-disposition"), name);
        let text = file.text();
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(lines.len(), 8);
        assert!(lines[7].contains("\",1,0,1,0,1,1,"), "{text}");
        let people = lena.get("/figures.csv?days=7&of=people").await.text();
        assert!(people.contains("\r\n\"'=1+1\",1,1,1,"), "{people}");

        // Somebody else of the team sees no line but their own.
        let vera = pigeon.signed_in("viewer").await;
        for path in ["/figures", "/figures.csv?of=people"] {
            let shown = vera.get(path).await;
            assert_eq!(shown.status, 200);
            assert!(!shown.text().contains("=1+1"), "{}", shown.text());
            assert!(shown.text().contains("viewer"), "{}", shown.text());
        }
        let uwe = pigeon.signed_in("user").await;
        assert_eq!(uwe.get("/figures.csv").await.status, 403);
    }
}

#[tokio::test]
async fn a_program_reads_them_within_its_scopes() {
    let pigeon = Pigeon::start().await;
    let (_, path) = pigeon.guest_with_thread().await;
    let nora = calculating(&pigeon).await;
    settles(&nora, &path).await;
    let lena = pigeon.signed_in("lead").await;
    let reader = Program::made_by(&pigeon, &lena, &["read"]).await;
    let told = reader.get("/api/v1/figures?days=7").await.json();
    assert_eq!(told["time_zone"], "UTC");
    assert_eq!(told["days"].as_array().map(Vec::len), Some(7));
    for sum in [&told["sum"], &told["days"][6]["sum"]] {
        assert_eq!((&sum["opened"], &sum["closed"]), (&json!(1), &json!(1)));
        assert_eq!((&sum["backlog"], &sum["replies"]), (&json!(0), &json!(1)));
        assert_eq!(sum["first_response"]["count"], 1);
        assert!(sum["resolution"]["median_s"].is_i64(), "{sum}");
    }
    assert_eq!(
        told["days"][0]["sum"]["first_response"]["p90_s"],
        Value::Null
    );
    // The token reads, and no more: so it is told of its owner alone.
    assert_eq!(told["everybody"], false);
    assert_eq!(told["people"][0]["person"]["name"], "lead");
    assert_eq!(told["people"][0]["replies"], 0);

    let leader = Program::made_by(&pigeon, &lena, &["assign"]).await;
    let told = leader.get("/api/v1/figures").await.json();
    assert_eq!(told["days"].as_array().map(Vec::len), Some(30));
    assert_eq!(told["everybody"], true);
    assert_eq!(told["people"][0]["person"]["name"], "=1+1");
    assert_eq!(told["people"][0]["closed"], 1);

    for bad in ["days=8", "days=", "days=all"] {
        let answer = leader.get(&format!("/api/v1/figures?{bad}")).await;
        assert_eq!(answer.status, 400, "{bad}");
    }
    let own = Program::of(&pigeon, "owner", &["own"]).await;
    assert_eq!(own.get("/api/v1/figures").await.status, 403);
}
