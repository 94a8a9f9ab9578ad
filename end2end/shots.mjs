// Pictures of the real program with an office in the middle of its day.
//   node shots.mjs             docs/screenshot.png, for the README
//   node shots.mjs --all DIR   every page at three widths in both colours, to look at
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { age } from "./support/age.js";
import { CHROMIUM, CHROMIUM_FLAGS } from "./support/chromium.js";
import { keep } from "./support/cookie.js";
import { House } from "./support/house.js";
import { alive, followLine } from "./support/line.js";
import { play } from "./support/scene.js";

const README = fileURLToPath(new URL("../docs/screenshot.png", import.meta.url));
const WIDTHS = { wide: [1440, 900], middle: [1024, 768], phone: [390, 844] };

const house = await House.open({ people: ["nora", "omar", "vera", "uma"] });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
try {
  const [flag, folder] = process.argv.slice(2);
  if (flag === "--all" && folder) {
    await mkdir(folder, { recursive: true });
    await take(join(folder, "inbox-empty"), { as: "nora", path: "/inbox" });
    await take(join(folder, "dashboard-empty"), { as: "nora", path: "/dashboard" });
    const main = await furnish();
    for (const [name, view] of Object.entries(await pages(main))) {
      await take(join(folder, name), view);
      console.log(name);
    }
  } else if (flag) {
    console.error("usage: node shots.mjs [--all DIR]");
    process.exitCode = 2;
  } else {
    const main = await furnish();
    const page = await open({ as: "nora", path: `/inbox/${main.id}` }, "wide", "light");
    await page.screenshot({ path: README });
    console.log(README);
  }
} finally {
  await browser.close();
  await house.close();
}

/** Plays the scene and lets it age, across a restart. */
async function furnish() {
  const { talks, main } = await play(house);
  const { port } = house.pigeon;
  await house.pigeon.stop();
  age(house.pigeon.data, talks);
  await house.pigeon.start(house.flags, port);
  return main;
}

/** Every page, and how to bring it into the state to look at. */
async function pages(main) {
  const thread = `/inbox/${main.id}`;
  const guest = main;
  return {
    contact: { path: "/contact" },
    "contact-refused": { path: "/contact", act: refuseContact },
    "contact-sent": { path: "/contact/sent" },
    conversation: { guest, path: `/c/${main.id}` },
    "conversation-menu": { guest, path: `/c/${main.id}`, act: (page) => page.click("summary") },
    "conversation-german": { guest, path: `/c/${main.id}`, locale: "de-DE" },
    "link-unknown": { path: `/t/${"A".repeat(43)}` },
    link: { path: "/link" },
    "link-sent": { path: "/link/sent" },
    login: { path: "/login" },
    "login-refused": { path: "/login", act: refuseLogin },
    setup: { path: await house.pigeon.setUpLink() },
    inbox: { as: "nora", path: "/inbox" },
    "inbox-view": { as: "nora", path: "/inbox?view=mine" },
    thread: { as: "nora", path: thread },
    "thread-german": { as: "nora", path: thread, locale: "de-DE" },
    "thread-note": { as: "nora", path: thread, act: writeNote },
    "thread-side": { as: "nora", path: thread, act: openSide },
    "thread-menu": { as: "nora", path: thread, act: openMenu },
    "thread-viewer": { as: "vera", path: thread },
    "thread-missing": { as: "nora", path: `/inbox/${"0".repeat(32)}` },
    dashboard: { as: "nora", path: "/dashboard" },
    "no-access": { as: "uma", path: "/inbox" },
  };
}

async function refuseContact(page) {
  await page.getByLabel("Your e-mail address").fill("henrike@nowhere");
  await page.getByLabel("Your message").fill("My drill stops after a minute.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("alert").waitFor();
}

async function refuseLogin(page) {
  await page.getByLabel("E-mail address").fill("nora@team.example");
  await page.getByLabel("Password").fill("four calm grey herons");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("alert").waitFor();
}

async function writeNote(page) {
  await page.getByRole("button", { name: "Internal note", exact: true }).click();
  await page
    .getByRole("textbox", { name: "Write a note for the team" })
    .fill("The courier takes the old charger too: I have asked.");
}

async function openSide(page) {
  const about = page.getByRole("button", { name: "About this conversation" });
  if (await about.isVisible()) await about.click();
}

async function openMenu(page) {
  const menu = page.getByLabel("You and this page").first();
  if (await menu.isVisible()) await menu.click();
}

async function take(path, view) {
  for (const width of Object.keys(WIDTHS)) {
    for (const colours of ["light", "dark"]) {
      const page = await open(view, width, colours);
      await view.act?.(page);
      await page.screenshot({ path: `${path}-${width}-${colours}.png` });
      await page.context().close();
    }
  }
}

async function open({ as, guest, path, locale = "en-GB" }, width, colorScheme) {
  const [wide, high] = WIDTHS[width];
  const context = await browser.newContext({
    baseURL: house.url,
    viewport: { width: wide, height: high },
    colorScheme,
    locale,
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  const cookie = as ? (await house.account(as)).cookie : guest?.cookie;
  if (cookie) await keep(context, cookie);
  const page = await context.newPage();
  followLine(page);
  await page.goto(path);
  if ((as && as !== "uma") || guest) await alive(page);
  await page.evaluate(() => document.fonts.ready);
  return page;
}
