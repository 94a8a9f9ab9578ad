// Conversations in the pages of another site: another name and another port, so for a browser another
// site altogether. With third-party cookies and without, since none is used.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "@playwright/test";
import { open as openSite } from "../../docs/example-site/server.mjs";
import { freshAddress, marker } from "../support/cast.js";
import { CHROMIUM, CHROMIUM_FLAGS } from "../support/chromium.js";
import { expect, journeys } from "../support/test.js";
import { watch } from "../support/watch.js";

const test = journeys({ people: ["nora", "olga"] });

/** The example site, listed by the owner and with a key; one for the whole file. */
let opening;
const shopOf = (house) => (opening ??= openShop(house));

async function openShop(house) {
  const site = { pigeon: house.url, key: "", secret: "" };
  const shop = await openSite(site);
  const { cookie } = await house.account("olga");
  const post = (path, fields) =>
    fetch(house.url + path, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: house.url, "Sec-Fetch-Site": "same-origin", Cookie: cookie, Accept: "text/html" },
      body: new URLSearchParams(fields),
    });
  const listed = await post("/settings", { embed_origins: shop.url, "was.embed_origins": "" });
  expect(listed.status).toBe(303);
  const made = await (await post("/settings/embed/keys", { name: "Shop" })).text();
  [site.key, site.secret] = [...made.matchAll(/<pre [^>]*class="secret"[^>]*>([^<]+)</g)].map((found) => found[1]);
  return { ...shop, site, revoke: () => post(`/settings/embed/keys/${site.key}/revoke`, {}) };
}

test.afterAll(async () => (await opening)?.close());

const bubble = (page) => page.getByRole("button", { name: /^Open chat/ });
const dialog = (page) => page.getByRole("dialog", { name: "Chat" });
const frame = (page) => page.frameLocator("iframe[title=Chat]");
const composer = (page) => frame(page).getByRole("textbox", { name: "Your message" });
const log = (page) => frame(page).getByRole("log");

/** The newest conversation in the team's inbox. */
async function newest(nora) {
  const ask = { view: "all", filter: {}, sort: "activity" };
  const { rows } = await nora.call("inbox/page", { ask, after: null });
  return rows[0].row.id;
}

/** A browser of its own that takes third-party cookies, or does not. */
async function profile(cookies) {
  const folder = await mkdtemp(join(tmpdir(), "pigeon-profile-"));
  await mkdir(join(folder, "Default"));
  const choice = { cookie_controls_mode: cookies ? 0 : 1, block_third_party_cookies: !cookies };
  await writeFile(join(folder, "Default", "Preferences"), JSON.stringify({ profile: choice }));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    args: CHROMIUM_FLAGS,
    locale: "en-GB",
    viewport: { width: 1280, height: 800 },
    // Sizes are measured while it opens.
    reducedMotion: "reduce",
  });
  return { context, close: () => context.close().then(() => rm(folder, { recursive: true, force: true })) };
}

for (const cookies of [true, false]) {
  test(`a guest talks in the bubble ${cookies ? "with" : "without"} third-party cookies`, async ({ house }) => {
    const shop = await shopOf(house);
    const nora = await house.account("nora");
    const { context, close } = await profile(cookies);
    const faults = await watch(context);
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => request.url().startsWith(house.url) && asked.push(request.url()));
    await page.goto(shop.url);
    await expect(bubble(page)).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(asked).toEqual([`${house.url}/embed.js`]);
    const box = await bubble(page).boundingBox();
    expect(box).toMatchObject({ x: 1280 - 20 - 56, y: 800 - 20 - 56, width: 56, height: 56 });

    await bubble(page).press("Enter");
    await expect(dialog(page)).toBeVisible();
    expect(await dialog(page).boundingBox()).toMatchObject({ width: 384, height: 640 });
    await expect(frame(page).getByLabel("Your name")).toBeFocused();
    const body = marker("Do you ship to Malta");
    await frame(page).getByLabel("Your name").fill("Zita Borg");
    await frame(page).getByLabel("Your e-mail address").fill(freshAddress("zita"));
    await composer(page).fill(body);
    expect((await new AxeBuilder({ page }).include("#pigeon").analyze()).violations).toEqual([]);
    await frame(page).getByRole("button", { name: "Send" }).click();
    await expect(log(page)).toContainText(body);

    const thread = await newest(nora);
    await nora.reply(thread, "We do, within a week. <b>Really</b>");
    await expect(log(page)).toContainText("<b>Really</b>");
    await expect(frame(page).getByText("We have answered.")).toBeVisible();
    expect((await new AxeBuilder({ page }).include("#pigeon").analyze()).violations).toEqual([]);

    // Escape closes it from within, the focus returns, and the badge tells of what comes.
    await composer(page).press("Escape");
    await expect(dialog(page)).toBeHidden();
    await expect(bubble(page)).toBeFocused();
    await nora.reply(thread, "And the blade too.");
    await expect(page.getByRole("img", { name: "1 unread message" })).toBeVisible();
    await bubble(page).click();
    await expect(log(page)).toContainText("And the blade too.");
    await expect(page.getByRole("img", { name: /unread/ })).toBeHidden();

    const reply = marker("Thank you");
    await composer(page).fill(reply);
    await composer(page).press("Control+Enter");
    await expect(log(page)).toContainText(reply);

    // The next page of the site knows the conversation, from storage that is this site's alone.
    await page.goto(shop.url);
    await bubble(page).click();
    await expect(log(page)).toContainText(reply);
    const held = (await context.cookies(`${house.url}/embed/frame`)).map(({ name, path }) => name + path);
    expect(held).toEqual(cookies ? [] : ["pigeon-kept/embed/frame"]);
    const inside = page.frames().find((one) => one.url().startsWith(house.url));
    const taken = await inside.evaluate(() => {
      document.cookie = "probe=1; SameSite=None; Secure";
      return document.cookie;
    });
    expect(taken.includes("probe=1"), "the browser is the one that was asked for").toBe(cookies);
    await frame(page).getByRole("button", { name: "Sign out in this browser" }).click();
    await expect(frame(page).getByLabel("Your name")).toBeVisible();
    await page.reload();
    await bubble(page).click();
    await expect(frame(page).getByLabel("Your name")).toBeVisible();
    expect(faults).toEqual([]);
    await close();
  });
}

test("a visitor for whom the site vouches has conversations of their own", async ({ visit, house }) => {
  const shop = await shopOf(house);
  const nora = await house.account("nora");
  // When the key is gone, the site's word is refused; others' conversations are not found.
  const expected = [/^answer: 401 \/embed\//, /^answer: 404 \/embed\/threads\//];
  const page = await visit({ path: `${shop.url}/sign-in?as=vera`, expected });
  await expect(page.locator("#greeting")).toHaveText("Signed in as Vera Visitor");
  expect(await page.evaluate(() => Pigeon.canStartUserThread())).toBe(true);
  expect(await page.evaluate(() => Pigeon.canStartGuestThread())).toBe(true);
  expect(await page.evaluate(() => Pigeon.threads("support"))).toEqual([]);

  await bubble(page).click();
  await expect(frame(page).getByLabel("Your e-mail address")).toBeHidden();
  const body = marker("Where is my parcel");
  await frame(page).getByLabel("Subject").fill("Parcel");
  await composer(page).fill(body);
  await frame(page).getByRole("button", { name: "Send" }).click();
  await expect(log(page)).toContainText(body);
  await frame(page).getByRole("button", { name: "Close" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.locator("#threads")).toHaveText("Parcel");

  const thread = await newest(nora);
  await nora.reply(thread, "In the harbour.");
  await expect(page.locator("#unread")).toHaveText("1");
  await expect(page.locator("#threads")).toHaveText("Parcel (new)");
  await expect(page.getByRole("img", { name: "1 unread message" })).toBeVisible();
  const [told] = await page.evaluate(() => Pigeon.threads("support"));
  expect(told).toMatchObject({ id: thread, kind: "support", subject: "Parcel", status: "open", unread: 1 });
  expect(await page.evaluate(() => Pigeon.threads("direct"))).toEqual([]);
  expect(await page.evaluate((id) => Pigeon.thread(id), thread)).toMatchObject({ id: thread });
  expect(await page.evaluate((id) => Pigeon.isUnread(id), thread)).toBe(true);
  const messages = await page.evaluate((id) => Pigeon.messages(id), thread);
  expect(messages.map(({ mine, text }) => [mine, text])).toEqual([
    [true, body],
    [false, "In the harbour."],
  ]);

  // Somebody else of the same site, and nobody, see nothing of it.
  const other = await visit({ path: `${shop.url}/sign-in?as=otto`, expected });
  expect(await other.evaluate(() => Pigeon.threads())).toEqual([]);
  const refused = await other.evaluate((id) => Pigeon.messages(id).catch((error) => error.status), thread);
  expect(refused).toBe(404);
  const nobody = await visit({ path: shop.url });
  expect(await nobody.evaluate((id) => Pigeon.messages(id), thread)).toEqual([]);
  expect(await nobody.evaluate(() => Pigeon.canStartUserThread())).toBe(false);

  // Opened, it is read: here, in the badge and in the page around.
  await bubble(page).click();
  await expect(composer(page)).toBeFocused();
  await frame(page).getByRole("button", { name: "Back" }).click();
  await frame(page).getByRole("button", { name: "Parcel" }).click();
  await expect(log(page)).toContainText("In the harbour.");
  await expect(page.locator("#unread")).toHaveText("0");

  await shop.revoke();
  await expect.poll(() => page.evaluate(() => Pigeon.canStartUserThread()), { timeout: 15_000 }).toBe(false);
  expect(await page.evaluate(() => Pigeon.threads())).toEqual([]);
});

test("the contact form in a page posts like any form", async ({ visit, house }) => {
  const shop = await shopOf(house);
  const page = await visit({ path: shop.url });
  const body = marker("Is the workshop open");
  await page.getByLabel("Your name").fill("Aisha Bello");
  await page.getByLabel("Your e-mail address").fill(freshAddress("aisha"));
  await page.getByLabel("Your message").fill(body);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page).toHaveURL(new RegExp(`^${house.url}/c/`));
  await expect(page.getByRole("log")).toContainText(body);
});

test("on a phone the dialog fills the screen", async ({ visit, house }) => {
  const shop = await shopOf(house);
  const page = await visit({ path: shop.url, viewport: { width: 390, height: 700 }, reducedMotion: "reduce" });
  await bubble(page).click();
  expect(await dialog(page).boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 700 });
  await frame(page).getByRole("button", { name: "Close" }).click();
  await expect(dialog(page)).toBeHidden();
});

test("a site that is not listed can frame nothing", async ({ visit, house }) => {
  await shopOf(house);
  const other = await openSite({ pigeon: house.url, key: "", secret: "" });
  const expected = [/frame-ancestors/, /postMessage/, /policy: frame/];
  const page = await visit({ path: other.url, expected });
  const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await bubble(page).click();
  await refused;
  await expect(composer(page)).toHaveCount(0);
  other.close();
});

test("the owner makes a key, sees its secret once and revokes it", async ({ visit }) => {
  const page = await visit({ as: "olga", path: "/settings/embed" });
  await expect(page.getByLabel("HTML of the bubble")).toHaveValue(/embed\.js" async><\/script>/);
  await page.getByLabel("Name", { exact: true }).fill("Blog");
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByRole("heading", { name: "The new secret" })).toBeVisible();
  const secret = await page.locator("#secret").textContent();
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.goto("/settings/embed");
  await expect(page.getByText("Blog")).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await page.getByRole("button", { name: "Revoke Blog" }).click();
  await expect(page.getByText("Revoked: it vouches for nobody from now on.")).toBeVisible();
});
