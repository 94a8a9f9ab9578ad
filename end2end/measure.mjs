// What a browser's main thread does in the team's inbox over a big world, printed.
//   node measure.mjs DATA [--database URL]
// DATA is a folder that `cargo xtask seed` filled; the program serves it here and nowhere else.
import { randomBytes } from "node:crypto";
import { chromium } from "@playwright/test";
import { CHROMIUM, CHROMIUM_FLAGS } from "./support/chromium.js";
import { alive, followLine } from "./support/line.js";
import { Pigeon } from "./support/pigeon.js";

const OWNER = { email: "olivia.owner@example.com", password: "pigeons come home" };
/** Rows that the list holds while it is measured. */
const ROWS = 50_000;
/** Messages of the long conversation, and those that arrive while memory is watched. */
const LONG = 5_000;
const ARRIVING = 10_000;
/** Posts under way at the same time. */
const AT_ONCE = 16;
const FRAME_MS = 16;

const [data, flag, database] = process.argv.slice(2);
if (!data || (flag && (flag !== "--database" || !database))) {
  console.error("usage: node measure.mjs DATA [--database URL]");
  process.exit(2);
}
const pigeon = new Pigeon(data);
const flags = ["--rate-messages", "1000000", "--log", "error"];
await pigeon.start(database ? [...flags, "--database", database] : flags);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  followLine(page);
  await page.goto(`${pigeon.url}/login`);
  await page.getByLabel("E-mail address").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await Promise.all([page.waitForURL(/\/(inbox|dashboard)/), page.keyboard.press("Enter")]);
  const state = await context.storageState();

  await loading(state);
  const thread = await longThread(page);
  await opening(page, thread);
  await list(page);
  await memory(state);
} finally {
  await browser.close();
  await pigeon.stop();
}

/** Bytes and time of a first and a second load. */
async function loading(state) {
  const times = [];
  for (let run = 0; run < 5; run += 1) {
    const context = await browser.newContext({ storageState: state });
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    followLine(page);
    for (const name of ["first", "second"]) {
      let bytes = 0;
      await client.send("Network.enable");
      const count = ({ encodedDataLength }) => (bytes += encodedDataLength);
      client.on("Network.loadingFinished", count);
      const since = performance.now();
      await page.goto(`${pigeon.url}/inbox`);
      await alive(page);
      const took = performance.now() - since;
      client.off("Network.loadingFinished", count);
      if (name === "first") times.push(took);
      if (run === 0) say(`inbox, ${name} load`, `${(bytes / 1000).toFixed(0)} kB`);
    }
    await context.close();
  }
  say("inbox, cold: until it is alive", `median ${median(times).toFixed(0)} ms`);
}

/** Makes the newest conversation a long one, and answers its address. */
async function longThread(page) {
  await page.goto(`${pigeon.url}/inbox?view=all`);
  await alive(page);
  const thread = await page.locator(".rows li[data-thread]").first().getAttribute("data-thread");
  await many(LONG, (n) =>
    call(page, "message/reply", {
      thread,
      form: { body: `Message ${n} of a long conversation.`, key: key(), attachments: [] },
    }),
  );
  return thread;
}

/** Opening conversations from the list, the long one last. */
async function opening(page, thread) {
  await page.goto(`${pigeon.url}/inbox?view=all`);
  await alive(page);
  const ids = await page
    .locator(".rows li[data-thread]")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-thread")));
  const times = [];
  for (const id of ids.filter((id) => id !== thread).slice(0, 20)) times.push(await open(page, id));
  say("a conversation opens", `median ${median(times).toFixed(0)} ms`);
  const long = [];
  for (const other of ids.filter((id) => id !== thread).slice(20, 25)) {
    long.push(await open(page, thread));
    await open(page, other);
  }
  say(`a conversation of ${LONG} messages opens`, `median ${median(long).toFixed(0)} ms`);
}

/** From the click until the conversation can be read. */
async function open(page, id) {
  return page.evaluate(async (id) => {
    document.querySelector("article.thread")?.setAttribute("data-old", "");
    const seen = () => document.querySelector("article.thread:not([data-old]) .message");
    const since = performance.now();
    document.querySelector(`.rows li[data-thread="${id}"] a`).click();
    while (!seen()) await new Promise(requestAnimationFrame);
    return performance.now() - since;
  }, id);
}

/** Moving about in a list of many rows, and typing beside it. */
async function list(page) {
  await page.goto(`${pigeon.url}/inbox?view=all`);
  await alive(page);
  const rows = await page.evaluate(async (wanted) => {
    const list = document.querySelector(".rows");
    const one = () => list.querySelector("ul").clientHeight / list.querySelector("ul").childElementCount;
    const loaded = () => Math.round(list.scrollHeight / one());
    let last = 0;
    const late = performance.now() + 180_000;
    while (loaded() < wanted && performance.now() < late) {
      if (loaded() !== last || list.scrollTop + list.clientHeight < list.scrollHeight - 2) {
        last = loaded();
        list.scrollTop = list.scrollHeight;
      }
      await new Promise(requestAnimationFrame);
    }
    return loaded();
  }, ROWS);
  say("rows in the list", `${rows}, of which ${await page.locator(".rows li").count()} are drawn`);
  await page.locator(".rows li a").nth(20).focus();
  await work(page, "moving in the list, a key", 60, () => page.keyboard.press("k"));
  await work(page, "scrolling the list, a step", 60, () => page.mouse.wheel(0, -400));
  await page.locator(".rows li a").nth(30).click();
  const text = page.getByRole("textbox", { name: "Write a reply" });
  await text.click();
  await work(page, "typing, a letter", 100, () => page.keyboard.type("a"));
  await text.fill("");
}

/** The main thread's work for each of `times` acts: on average, and the longest task. */
async function work(page, name, times, act) {
  const client = await page.context().newCDPSession(page);
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  for (let n = 0; n < times; n += 1) {
    await act();
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  await client.detach();
  const main = traceEvents.find(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const tasks = traceEvents
    .filter(({ name, tid, pid, dur }) => /RunTask$/.test(name) && dur && tid === main.tid && pid === main.pid)
    .map(({ dur }) => dur / 1000);
  const sum = tasks.reduce((all, one) => all + one, 0);
  const longest = Math.max(...tasks);
  const over = tasks.filter((task) => task > FRAME_MS).length;
  say(name, `${(sum / times).toFixed(1)} ms, longest task ${longest.toFixed(1)} ms, ${over} over ${FRAME_MS} ms`);
}

/** What a tab holds before and after many messages have arrived. */
async function memory(state) {
  const context = await browser.newContext({ storageState: state });
  const page = await context.newPage();
  followLine(page);
  await page.goto(`${pigeon.url}/inbox?view=all`);
  await alive(page);
  const client = await context.newCDPSession(page);
  const held = async () => {
    await client.send("HeapProfiler.collectGarbage");
    const { usedSize } = await client.send("Runtime.getHeapUsage");
    const wasm = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
    return [usedSize / 1e6, wasm / 1e6];
  };
  const threads = await page
    .locator(".rows li[data-thread]")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-thread")));
  const writer = await (await browser.newContext({ storageState: state })).newPage();
  await writer.goto(`${pigeon.url}/dashboard`);
  const post = (count) =>
    many(count, (n) =>
      call(writer, "message/reply", {
        thread: threads[n % threads.length],
        form: { body: `Arriving, number ${n}.`, key: key(), attachments: [] },
      }),
    );
  await post(ARRIVING / 10);
  const before = await held();
  await post(ARRIVING);
  const after = await held();
  say(
    `memory of the tab over ${ARRIVING} arriving messages`,
    `${before[0].toFixed(1)} MB before, ${after[0].toFixed(1)} MB after`,
  );
}

async function many(count, act) {
  let next = 0;
  const worker = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function call(page, path, body) {
  const answer = await page.request.post(`${pigeon.url}/ui/${path}`, {
    data: body,
    headers: { origin: pigeon.url },
  });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
}

function key() {
  return randomBytes(16).toString("hex");
}

function median(all) {
  return [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];
}

function say(name, figure) {
  console.log(`${name.padEnd(52)} ${figure}`);
}
