// One running `pigeon serve` over a folder of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const BIN =
  process.env.PIGEON_BIN ?? fileURLToPath(new URL("../../target/release/pigeon", import.meta.url));
const SAY_MS = 20_000;
const STOP_MS = 15_000;

/** The environment without what would configure the program behind the journey's back. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("PIGEON_")),
);

export class Pigeon {
  /** An empty folder, and nothing running yet. */
  static async settle() {
    return new Pigeon(await mkdtemp(join(tmpdir(), "pigeon-journey-")));
  }

  constructor(data) {
    this.data = data;
    this.log = "";
    this.url = "";
    this.process = undefined;
  }

  /** Starts the server on a free port, or on `port`, and waits until it says where it is open. */
  async start(flags = [], port = 0) {
    const all = ["serve", "--data", this.data, "--listen", `127.0.0.1:${port}`, ...flags];
    const child = spawn(BIN, all, { env: ENVIRONMENT, stdio: ["ignore", "pipe", "pipe"] });
    this.process = child;
    child.stderr.setEncoding("utf8").on("data", (text) => (this.log += text));
    this.said = [];
    this.lines = createInterface(child.stdout).on("line", (line) => {
      this.said.push(line);
      this.log += `${line}\n`;
    });
    const ended = once(child, "exit").then(() => {
      throw this.failure("ended at its start");
    });
    this.url = await Promise.race([this.says(/ is open at (\S+)/), ended]);
    return this.url;
  }

  /** What stands in brackets in `pattern`, as soon as the server prints such a line. */
  async says(pattern) {
    const late = AbortSignal.timeout(SAY_MS);
    for (;;) {
      const found = this.said.map((line) => line.match(pattern)).find(Boolean);
      if (found) return found[1];
      await once(this.lines, "line", { signal: late }).catch(() => {
        throw this.failure(`did not print ${pattern} in time`);
      });
    }
  }

  /** The one-time link that makes the owner. */
  setUpLink() {
    return this.says(/(http\S+\/setup\/\S+)/);
  }

  get port() {
    return Number(new URL(this.url).port);
  }

  /** The way a good operator stops it. */
  async stop() {
    const late = setTimeout(() => this.process?.kill("SIGKILL"), STOP_MS);
    await this.end("SIGTERM");
    clearTimeout(late);
  }

  /** The way a power cut stops it. */
  async kill() {
    await this.end("SIGKILL");
  }

  async end(signal) {
    const child = this.process;
    this.process = undefined;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "exit");
    }
  }

  /** Adds somebody with an account. The server must not be running: SQLite has one process. */
  async addPerson({ name, email, role }, password) {
    const all = ["user", "add", "--data", this.data, "--email", email, "--name", name];
    const child = spawn(BIN, [...all, "--role", role, "--password-stdin"], {
      env: ENVIRONMENT,
      stdio: ["pipe", "ignore", "pipe"],
    });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (complaint += text));
    child.stdin.end(`${password}\n`);
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`pigeon user add: ${complaint}`);
  }

  /** Removes all traces. */
  async clear() {
    await rm(this.data, { recursive: true, force: true });
  }

  /** Lines of the log that no journey may cause. */
  get troubles() {
    return this.log.split("\n").filter((line) => / ERROR |panicked at/.test(line));
  }

  failure(what) {
    return new Error(`${BIN} ${what}:\n${this.log.slice(-2000)}`);
  }
}
