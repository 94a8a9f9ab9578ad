//! What was measured, line by line, as it comes.

use std::time::Duration;

/// A figure with its name.
pub fn line(name: &str, figure: &str) {
    println!("{name:<52} {figure}");
}

/// The middle and the slow end of several times.
pub fn times(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| {
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(place).copied().unwrap_or_default()
    };
    let (middle, slow, slowest) = (at(50), at(95), at(100));
    let count = times.len();
    line(
        name,
        &format!("p50 {middle:.2?}  p95 {slow:.2?}  max {slowest:.2?}  ({count})"),
    );
}

/// How many of something in a second.
pub fn rate(name: &str, count: usize, within: Duration) {
    let each_second = u128::try_from(count).unwrap_or_default() * 1_000_000;
    let each_second = each_second / within.as_micros().max(1);
    line(
        name,
        &format!("{each_second} /s  ({count} in {within:.2?})"),
    );
}
