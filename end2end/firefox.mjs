// The main line once more in Firefox, which Playwright cannot drive as distributions ship it. The
// team's side goes without a browser. PIGEON_FIREFOX says where Firefox is.
import { strict as assert } from "node:assert";
import puppeteer from "puppeteer-core";
import { freshAddress, marker } from "./support/cast.js";
import { House } from "./support/house.js";

const FIREFOX = process.env.PIGEON_FIREFOX ?? "/usr/bin/firefox-esr";
const NOTICE_MS = 15_000;

const house = await House.open({ people: ["nora"] });
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: FIREFOX,
  headless: true,
  extraPrefsFirefox: { "intl.accept_languages": "en" },
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(NOTICE_MS);
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  const shows = (text) =>
    page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);

  const [question, answer, thanks] = ["Question", "Answer", "Thanks"].map(marker);
  await page.goto(`${house.url}/contact`);
  await page.locator("#name").fill("Fenna Fox");
  await page.locator("#email").fill(freshAddress("fenna"));
  await page.locator("#body").fill(question);
  await Promise.all([page.waitForNavigation(), page.locator("form.card button").click()]);
  await shows(question);
  const thread = page.url().split("/").at(-1);
  console.log("The plain form has led into the conversation.");

  await page.evaluate(() => (window.isSamePage = true));
  const nora = await house.account("nora");
  await nora.reply(thread, answer);
  await shows(answer);
  console.log("The answer has appeared by itself.");

  await page.locator(".g-composer textarea").fill(thanks);
  await page.locator(".g-composer button").click();
  await shows(thanks);
  const { entries } = await nora.call("thread/open", { thread });
  assert.deepEqual(
    entries.map(({ content }) => content.body),
    [question, answer, thanks],
  );
  assert.ok(await page.evaluate(() => window.isSamePage), "the page was loaded anew");
  assert.deepEqual(faults, [], "what Firefox complained about");
  console.log("The reply has arrived once, and Firefox had nothing to complain about.");
} finally {
  await browser.close();
  await house.close();
}
