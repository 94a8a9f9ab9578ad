//! The server that is measured: a process of its own, started and ended here.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::http::Client;

/// How long a server may take to answer.
const READY_MAX: Duration = Duration::from_mins(1);
/// Ticks of processor time in a second, as Linux counts them for programs.
const TICKS: u64 = 100;

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start to its first answer.
    pub ready_in: Duration,
}

impl Server {
    /// Starts the program on a free port and waits for its first answer.
    pub async fn start(binary: &Path, data: &str, database: Option<&str>) -> io::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(binary);
        command.args(["serve", "--rate-messages", "1000000", "--log", "error"]);
        // Tries come from many network addresses, as behind a proxy.
        command.args(["--trusted-proxies", "127.0.0.1"]);
        command.args(["--data", data, "--listen", &address.to_string()]);
        if let Some(database) = database {
            command.args(["--database", database]);
        }
        let since = Instant::now();
        let child = command.stdout(Stdio::null()).spawn()?;
        let mut server = Self {
            child,
            address,
            ready_in: Duration::ZERO,
        };
        while !server.answers().await {
            if since.elapsed() > READY_MAX || server.child.try_wait()?.is_some() {
                return Err(io::Error::other("the server did not come up"));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.ready_in = since.elapsed();
        Ok(server)
    }

    async fn answers(&self) -> bool {
        match Client::open(self.address, "").await {
            Ok(mut client) => client.get("/login").await.is_ok(),
            Err(_) => false,
        }
    }

    /// Memory that it holds, in KiB.
    pub fn memory_kib(&self) -> io::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        kib.ok_or_else(|| io::Error::other("no memory is told"))
    }

    /// Processor time that it has used, in microseconds.
    pub fn processor_us(&self) -> io::Result<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name of the program stands in brackets and may hold anything.
        let (_, after) = stat.rsplit_once(')').unwrap_or(("", &stat));
        let ticks: u64 = after
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|word| word.parse::<u64>().ok())
            .sum();
        Ok(ticks * 1_000_000 / TICKS)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended by itself has nothing left to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
