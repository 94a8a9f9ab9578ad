// Pictures of the real program with an office in the middle of its day.
//   node shots.mjs             docs/screenshot.png, for the README
//   node shots.mjs --all DIR [NAME…]   every page, or those, at three widths in both colours
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { age } from "./support/age.js";
import { CAST } from "./support/cast.js";
import { CHROMIUM, CHROMIUM_FLAGS } from "./support/chromium.js";
import { keep } from "./support/cookie.js";
import { House } from "./support/house.js";
import { alive, followLine } from "./support/line.js";
import { play } from "./support/scene.js";
import { talk } from "./support/talks.js";

const README = fileURLToPath(new URL("../docs/screenshot.png", import.meta.url));
const WIDTHS = { wide: [1440, 900], middle: [1024, 768], phone: [390, 844] };

const house = await House.open({ people: ["olga", "nora", "omar", "vera", "uma"] });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
try {
  const [flag, folder, ...names] = process.argv.slice(2);
  const isAsked = (name) => !names.length || names.includes(name);
  if (flag === "--all" && folder) {
    await mkdir(folder, { recursive: true });
    for (const page of ["inbox", "dashboard"].filter((page) => isAsked(`${page}-empty`))) {
      await take(join(folder, `${page}-empty`), { as: "nora", path: `/${page}` });
    }
    if (isAsked("setup")) {
      const empty = await House.open();
      await take(join(folder, "setup"), { path: await empty.pigeon.setUpLink() });
      await empty.close();
    }
    const main = await furnish();
    const own = await talk(house, (as, path) => open({ as, path }, "wide", "light"));
    for (const [name, view] of Object.entries({ ...(await pages(main)), ...ownPages(own) })) {
      if (!isAsked(name)) continue;
      await take(join(folder, name), view);
      console.log(name);
    }
  } else if (flag) {
    console.error("usage: node shots.mjs [--all DIR [NAME…]]");
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
    inbox: { as: "nora", path: "/inbox" },
    "inbox-view": { as: "nora", path: "/inbox?view=mine" },
    "inbox-filter": { as: "nora", path: "/inbox?unread=1&sort=waiting", act: openFilter },
    "inbox-chosen": { as: "nora", path: "/inbox", act: chooseAndClose },
    "thread-trash": { as: "nora", path: thread, act: throwAway, after: takeBack },
    thread: { as: "nora", path: thread },
    "thread-german": { as: "nora", path: thread, locale: "de-DE" },
    "thread-note": { as: "nora", path: thread, act: writeNote },
    "thread-side": { as: "nora", path: thread, act: openSide },
    "thread-menu": { as: "nora", path: thread, act: openMenu },
    "thread-draft": { as: "nora", path: thread, act: writeDraft, after: throwDraftAway },
    "thread-canned": { as: "nora", path: thread, act: openCanned },
    keys: { as: "nora", path: thread, act: (page) => openPart(page, "?", "Keys") },
    palette: {
      as: "nora",
      path: thread,
      act: (page) => openPart(page, "Control+k", "Everything that can be done"),
    },
    canned: { as: "nora", path: "/canned", act: makeCanned },
    "thread-viewer": { as: "vera", path: thread },
    "thread-missing": { as: "nora", path: `/inbox/${"0".repeat(32)}` },
    dashboard: { as: "nora", path: "/dashboard" },
    "no-access": { as: "uma", path: "/inbox" },
    people: { as: "olga", path: "/people?state=all", act: invite },
    "people-german": { as: "olga", path: "/people?state=all", locale: "de-DE" },
    person: { as: "olga", path: "/people", act: openPerson },
    "person-last-owner": { as: "olga", path: "/people", act: (page) => openPerson(page, "olga") },
    invitation: { path: await invitation() },
    "invitation-closed": { path: `/invite/${"A".repeat(43)}` },
    roles: { as: "olga", path: "/roles" },
    role: { as: "olga", path: "/roles", act: openRole },
    account: { as: "nora", path: "/account" },
    audit: { as: "olga", path: "/audit" },
    "audit-german": { as: "olga", path: "/audit", locale: "de-DE" },
  };
}

/** The pages of users, of the owner's choices, and those outside of any account. */
function ownPages({ support, direct }) {
  return {
    threads: { as: "uma", path: "/threads" },
    "threads-german": { as: "uma", path: "/threads", locale: "de-DE" },
    "own-support": { as: "uma", path: support },
    "own-direct": { as: "uma", path: direct },
    "own-search": { as: "uma", path: "/threads/search?q=handle" },
    "threads-new": { as: "uma", path: "/threads/new" },
    "threads-write": { as: "uma", path: "/threads/write" },
    requests: { as: "uma", path: "/threads/requests" },
    tokens: { as: "nora", path: "/account/tokens" },
    reports: { as: "olga", path: "/reports" },
    settings: { as: "olga", path: "/settings" },
    webhooks: { as: "olga", path: "/settings/webhooks" },
    "other-sites": { as: "olga", path: "/settings/embed" },
    "stop-unknown": { path: `/stop/${"A".repeat(43)}` },
    register: { path: "/register" },
    reset: { path: "/reset" },
    api: { as: "uma", path: "/api/v1/docs" },
  };
}

/** One invitation on its way, and one that nobody takes in. */
async function invite(page) {
  for (const name of ["Ira", "nobody"]) {
    const email = `${name}@partner.example`;
    if (await page.getByText(email).count()) continue;
    if (name === "nobody") house.relay.refuse(email, 550);
    await page.getByText("Invite somebody").click();
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Role").first().selectOption("Agent");
    await page.getByRole("button", { name: "Send the invitation", exact: true }).click();
    await page.getByText("Invited.").waitFor();
  }
  await page.goto("/people?state=all");
}

async function invitation() {
  const { url } = house;
  const { cookie } = await house.account("olga");
  const headers = { Cookie: cookie, Origin: url, "Sec-Fetch-Site": "same-origin" };
  const body = new URLSearchParams({ email: "ida@partner.example", role: "lead", language: "en" });
  await fetch(`${url}/people`, { method: "POST", redirect: "manual", headers, body });
  return (await house.relay.mailTo("ida@partner.example")).link;
}

async function openPerson(page, who = "nora") {
  await page.getByRole("link", { name: CAST[who].name }).click();
  const end = page.getByText("Deactivate…");
  if (await end.isVisible()) await end.click();
}

async function openRole(page) {
  await page.getByLabel("Name of the role").fill("Night desk");
  await page.getByLabel("Read the inbox").check();
  await page.getByRole("button", { name: "Make the role" }).click();
  await page.getByRole("link", { name: "Change Night desk" }).click();
  await page.getByText("Delete…").click();
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

async function writeDraft(page) {
  await page
    .getByRole("textbox", { name: "Write a reply" })
    .fill("The courier comes between nine and twelve.");
  await page.getByText("Draft saved").waitFor({ state: "attached" });
}

async function throwDraftAway(page) {
  await page.getByRole("textbox", { name: "Write a reply" }).fill("");
  await page.getByText("Draft saved").waitFor({ state: "detached" });
}

async function openPart(page, key, name) {
  await page.keyboard.press(key);
  await page.getByRole("dialog", { name }).waitFor();
}

async function makeCanned(page) {
  const texts = {
    "Opening hours": "We are here from Monday to Friday, nine to five.",
    "Thanks for the photo": "Dear {first_name},\n\nthank you for the photo: that helps a lot.\n\n{me}, {site}",
  };
  for (const [name, text] of Object.entries(texts)) {
    if (await page.getByRole("heading", { name, exact: true }).count()) continue;
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Text").fill(text);
    await page.getByLabel("For the whole team").setChecked(name === "Opening hours");
    await page.getByRole("button", { name: "Add canned reply" }).click();
    await page.getByRole("heading", { name, exact: true }).waitFor();
  }
}

async function openCanned(page) {
  const back = page.url();
  await page.goto("/canned");
  await makeCanned(page);
  await page.goto(back);
  await alive(page);
  await page.getByRole("button", { name: "Canned reply" }).click();
  await page.getByRole("dialog", { name: "Canned replies" }).waitFor();
}

async function openFilter(page) {
  await page.getByLabel("Filter", { exact: true }).click();
}

async function chooseAndClose(page) {
  const boxes = page.getByRole("checkbox", { name: /^Choose the conversation/ });
  await boxes.nth(0).check();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.locator(".toast").waitFor();
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone for 1 conversation.").waitFor();
  await boxes.nth(0).check();
  await boxes.nth(1).check();
}

async function throwAway(page) {
  await page.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("button", { name: "Restore" }).waitFor();
}

async function takeBack(page) {
  await page.getByRole("button", { name: "Restore" }).click();
  await page.getByRole("textbox", { name: "Write a reply" }).waitFor();
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
      await view.after?.(page);
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
