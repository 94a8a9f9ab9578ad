//! Whether an answer's time tells who exists: the same door is tried with addresses that are known and
//! with others, in turns, each try from a network address of its own so that no limit answers instead.

use std::io;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::http::Client;
use crate::report;
use crate::step::{At, nonce};

/// Tries at a door, half of them with known addresses.
const TRIES: usize = 2000;
/// Log-ins that a made world's team allows before its limit by account answers: with those that warm up,
/// 180 with known addresses, where 19 people have 10 tries each.
const LOG_INS: usize = 340;
/// Tries of each sort that only warm up.
const WARM: usize = 20;
/// The team of a made world, but for its owner.
const TEAM: &[&str] = &[
    "adam.brook",
    "lena.hartmann",
    "marcus.bell",
    "ines.vogt",
    "nora.lindner",
    "nils.petersen",
    "grace.turner",
    "priya.shah",
    "jonas.weber",
    "emily.carter",
    "sofia.rossi",
    "hannah.moore",
    "yusuf.demir",
    "clara.neumann",
    "owen.hughes",
    "marta.kowalska",
    "felix.brandt",
    "alice.morgan",
    "sam.fischer",
    "vera.lange",
];

/// A form whose answer must not tell: its name, its address, how often it is tried, whom it knows and
/// what else it sends.
type Form<'a> = (
    &'a str,
    &'a str,
    usize,
    &'a dyn Fn(usize) -> String,
    &'a str,
);

/// Tries every door that must not tell.
pub async fn doors(at: &At) -> io::Result<()> {
    let guests = guests(at).await?;
    let team = |n: usize| format!("{}%40example.com", TEAM[n % TEAM.len()]);
    let guest = |n: usize| guests[n % guests.len()].clone();
    let forms: [Form<'_>; 3] = [
        (
            "log-in",
            "/login",
            LOG_INS,
            &team,
            "&password=not+the+one&next=",
        ),
        ("new password", "/reset", TRIES, &team, ""),
        ("fresh link", "/link", TRIES, &guest, ""),
    ];
    for (name, path, tries, known, more) in forms {
        let mut client = Client::open(at.address(), "").await?;
        let mut times = [Vec::new(), Vec::new()];
        for n in 0..tries + WARM {
            let is_known = n % 2 == 0;
            let address = if is_known { known(n / 2) } else { stranger() };
            let form = format!("email={address}{more}");
            let from = format!("198.18.{}.{}", n / 250 % 250, n % 250 + 1);
            let since = Instant::now();
            let kind = "application/x-www-form-urlencoded";
            let answer = client.ask_from(&from, "POST", path, kind, &form).await?;
            let took = since.elapsed();
            if answer.status >= 500 || answer.status == 429 {
                return Err(io::Error::other(format!("{path}: {}", answer.status)));
            }
            if n >= WARM {
                times[usize::from(!is_known)].push(took);
            }
        }
        told(name, times);
    }
    direct(at).await
}

/// A direct thread to somebody who has an account, and to nobody.
async fn direct(at: &At) -> io::Result<()> {
    let mut client = at.client().await?;
    let mut times = [Vec::new(), Vec::new()];
    for n in 0..TRIES + WARM {
        let is_known = n % 2 == 0;
        let address = if is_known {
            format!("{}%40example.com", TEAM[n / 2 % TEAM.len()])
        } else {
            stranger()
        };
        let key: String = format!("{:0<32}", format!("d{n}x{}", nonce()));
        let form = format!("to={address}&body=Hello&key={key}");
        let since = Instant::now();
        let kind = "application/x-www-form-urlencoded";
        let answer = client.ask("POST", "/threads/write", kind, &form).await?;
        let took = since.elapsed();
        if answer.status != 303 {
            return Err(io::Error::other(format!(
                "/threads/write: {}",
                answer.status
            )));
        }
        if n >= WARM {
            times[usize::from(!is_known)].push(took);
        }
    }
    told("direct thread", times);
    Ok(())
}

/// Addresses of guests of the made world.
async fn guests(at: &At) -> io::Result<Vec<String>> {
    let mut client = at.client().await?;
    let mut guests = Vec::new();
    for thread in at.threads().iter().take(50) {
        let call = json!({ "thread": thread }).to_string();
        let opened: Value = serde_json::from_slice(&client.post("/ui/thread/open", &call).await?)?;
        let customer = &opened["head"]["customer"];
        if customer["guest"] == true
            && let Some(email) = customer["email"].as_str()
        {
            guests.push(email.replace('@', "%40").replace('+', "%2B"));
        }
    }
    if guests.is_empty() {
        return Err(io::Error::other(
            "there are no guests: is this a made world?",
        ));
    }
    Ok(guests)
}

fn stranger() -> String {
    format!("nobody.{}%40example.com", nonce())
}

/// The middle of both sorts, and how often somebody would be right who took the slower of two tries, one
/// of each sort, for the known one: half of the time where nothing is told.
fn told(name: &str, [known, unknown]: [Vec<Duration>; 2]) {
    let mut slower = 0_u64;
    let mut sorted = unknown.clone();
    sorted.sort_unstable();
    for took in &known {
        let below = sorted.partition_point(|other| other < took);
        let equal = sorted.partition_point(|other| other <= took) - below;
        slower += u64::try_from(2 * below + equal).unwrap_or_default();
    }
    let pairs = u64::try_from(2 * known.len() * unknown.len()).unwrap_or(1);
    let right = slower * 1000 / pairs.max(1);
    report::times(&format!("{name}, known"), known);
    report::times(&format!("{name}, unknown"), unknown);
    let figure = format!("{}.{} % (50 % tells nothing)", right / 10, right % 10);
    report::line("    a guess by time is right in", &figure);
}
