// What the inbox costs a browser, in a world of some size. Figures are printed, not judged; each step is
// bounded in count and time.
//   cargo xtask seed --data DIR         makes the world; this adds messages to it
//   node measure.mjs DIR [--rows N] [--long N] [--arrivals N]
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { Account, Guest } from "./support/browserless.js";
import { freshAddress } from "./support/cast.js";
import { CHROMIUM, CHROMIUM_FLAGS } from "./support/chromium.js";
import { keep } from "./support/cookie.js";
import { alive, followLine } from "./support/line.js";
import { Pigeon } from "./support/pigeon.js";

const OWNER = { email: "olivia.owner@example.com", password: "pigeons come home" };
const STEP_MS = 600_000;
const AT_ONCE = 8;
const ROW = ".rows a.row";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "50000" },
    long: { type: "string", default: "5000" },
    arrivals: { type: "string", default: "10000" },
  },
});
const [data] = positionals;
if (!data) throw new Error("usage: node measure.mjs DIR [--rows N] [--long N] [--arrivals N]");

const pigeon = new Pigeon(data);
await pigeon.start(["--rate-messages", "100000"]);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
try {
  const olivia = await Account.logIn(pigeon.url, OWNER.email, OWNER.password);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await keep(context, olivia.cookie);
  await loads(context);
  const long = await longConversation(olivia, Number(values.long));
  const page = await open(context, "/inbox");
  await opensLong(page, long);
  await page.goto(`${pigeon.url}/inbox`);
  await alive(page);
  await fill(page, Number(values.rows));
  await frames(context, page);
  await page.close();
  await arrives(context, olivia, Number(values.arrivals));
} finally {
  await browser.close();
  await pigeon.stop();
}

async function open(context, path) {
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  followLine(page);
  await page.goto(pigeon.url + path);
  await alive(page);
  return page;
}

/** Bytes over the line and time until the page is alive, the first time and the second. */
async function loads(context) {
  const page = await context.newPage();
  followLine(page);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  let bytes = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  for (const time of ["first", "second", "third"]) {
    bytes = 0;
    const began = performance.now();
    await page.goto(`${pigeon.url}/inbox`);
    await alive(page);
    const took = performance.now() - began;
    await page.waitForLoadState("networkidle");
    console.log(`${time} load: alive after ${took.toFixed(0)} ms, ${(bytes / 1000).toFixed(1)} kB`);
  }
  await page.close();
}

/** A conversation with so many messages of the team. */
async function longConversation(account, count) {
  const guest = await Guest.write(pigeon.url, {
    name: "Long Larissa",
    email: freshAddress(),
    subject: "A long conversation",
    body: "How long can this become?",
  });
  await inTurns(count, (n) => account.reply(guest.id, `Line ${n}: so long, and a little longer.`));
  return guest;
}

async function inTurns(count, act) {
  let next = 0;
  const worker = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Clicks a row and waits for its conversation to be painted; the time is the page's own. */
function opened(page, id) {
  return page.evaluate(
    ({ id, row }) => {
      const link = document.querySelector(`${row}[href*="${id}"]`);
      const newest = () => [...document.querySelectorAll("article.thread .message")].at(-1)?.id;
      const before = newest();
      const painted = () =>
        new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const there = () => location.pathname.includes(id) && newest() && newest() !== before;
      return new Promise((done) => {
        const began = performance.now();
        const look = new MutationObserver(async () => {
          if (!there()) return;
          look.disconnect();
          await painted();
          done(performance.now() - began);
        });
        look.observe(document.body, { childList: true, subtree: true });
        link.click();
      });
    },
    { id, row: ROW },
  );
}

async function opensLong(page, { id }) {
  const others = await page.$$eval(ROW, (rows) => rows.slice(1, 6).map((row) => row.pathname));
  const took = [];
  for (const other of others) {
    await opened(page, other.split("/").at(-1));
    took.push(await opened(page, id));
  }
  tell(`a conversation of ${values.long} messages is painted`, took);
}

function tell(what, took) {
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)]?.toFixed(1);
  console.log(`${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (${took.length})`);
}

/** Scrolls down until so many rows are loaded, or all there are. */
async function fill(page, rows) {
  const began = performance.now();
  const loaded = await page.evaluate(async (wanted) => {
    const box = document.querySelector(".rows");
    const height = document.querySelector(".rows a.row").closest("li").offsetHeight;
    const count = () => Math.round(box.scrollHeight / height);
    let last = 0;
    for (let idle = 0; count() < wanted && idle < 200; idle++) {
      box.scrollTop = box.scrollHeight;
      await new Promise((done) => setTimeout(done, 10));
      if (count() > last) idle = 0;
      last = count();
    }
    return count();
  }, rows);
  console.log(`${loaded} rows loaded in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  await page.evaluate(() => (document.querySelector(".rows").scrollTop = 200_000));
  await page.waitForTimeout(500);
}

/** The main thread's tasks while something is done. */
async function frames(context, page) {
  const keys = async (key, count) => {
    for (let n = 0; n < count; n++) {
      await page.keyboard.press(key);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    }
  };
  await page.evaluate((row) => {
    const top = document.querySelector(".rows").getBoundingClientRect().top;
    const seen = (one) => one.getBoundingClientRect().top >= top;
    [...document.querySelectorAll(row)].find(seen).focus();
  }, ROW);
  await traced(context, page, "moving in the list by keys", () => keys("j", 100));
  await traced(context, page, "scrolling the list", async () => {
    await page.hover(ROW);
    for (let n = 0; n < 60; n++) {
      await page.mouse.wheel(0, 240);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    }
  });
  const shown = await page.$$eval(ROW, (rows) => rows.map((row) => row.pathname.split("/").at(-1)));
  const some = shown.slice(10, 30);
  const took = [];
  await traced(context, page, "opening conversations", async () => {
    for (const id of some) took.push(await opened(page, id));
  });
  tell("from the click to the conversation painted", took);
  await page.locator(".composer textarea").focus();
  await traced(context, page, "typing a reply", () => keys("x", 100));
}

async function traced(context, page, what, act) {
  const devtools = await context.newCDPSession(page);
  const events = [];
  devtools.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  // Whole tasks alone: to trace what happens within them costs more than it does.
  const categories = ["toplevel", "__metadata"];
  await devtools.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: categories, excludedCategories: ["*"] },
  });
  const began = performance.now();
  await act();
  const all = performance.now() - began;
  const ended = new Promise((done) => devtools.once("Tracing.tracingComplete", done));
  await devtools.send("Tracing.end");
  await ended;
  await devtools.detach();
  const main = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}.${tid}`),
  );
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => name.endsWith("RunTask") && ph === "X" && main.has(`${pid}.${tid}`),
  );
  const took = tasks.map(({ dur }) => dur / 1000).filter((took) => took > 0.5);
  tell(`${what}, tasks of the main thread over 0.5 ms`, took);
  const long = took.filter((took) => took > 16).length;
  const busy = took.reduce((sum, one) => sum + one, 0);
  console.log(`  ${long} over 16 ms; ${busy.toFixed(0)} ms of ${all.toFixed(0)} ms`);
}

/** Resident bytes of the largest tab: the memory of the page's program is not part of JavaScript's heap. */
async function largestTab() {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  const tabs = processInfo.filter(({ type }) => type === "renderer");
  const bytes = tabs.map(async ({ id }) => {
    const [, pages] = (await readFile(`/proc/${id}/statm`, "utf8")).split(" ");
    return Number(pages) * 4096;
  });
  return Math.max(...(await Promise.all(bytes)));
}

/** The tab's memory while messages arrive. */
async function arrives(context, account, count) {
  const guests = [];
  for (let n = 0; n < 100; n++) {
    const words = { name: `Guest ${n}`, subject: `Arriving ${n}`, body: "Hello." };
    guests.push(await Guest.write(pigeon.url, { ...words, email: freshAddress() }));
  }
  const page = await open(context, `/inbox/${guests.at(-1).id}`);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  const heap = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const of = (wanted) => metrics.find(({ name }) => name === wanted).value;
    const [script, whole] = [of("JSHeapUsedSize"), await largestTab()].map((n) => (n / 1e6).toFixed(1));
    return `${script} MB of JavaScript, ${whole} MB resident in all, ${of("Nodes")} nodes`;
  };
  console.log(`before messages arrive: ${await heap()}`);
  const began = performance.now();
  for (let step = 1; step <= 4; step++) {
    await inTurns(count / 4, (n) => account.reply(guests[n % guests.length].id, `News ${n}`));
    console.log(`after ${(count / 4) * step}: ${await heap()}`);
  }
  const rate = count / ((performance.now() - began) / 1000);
  console.log(`${rate.toFixed(0)} messages a second arrived`);
  await page.close();
}
