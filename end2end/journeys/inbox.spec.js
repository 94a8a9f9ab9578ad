// The list as a tool: filters that stay in the address, counts that never disagree, many at once
// with a way back, and the trash as each side sees it.
import { AxeBuilder } from "@axe-core/playwright";
import { freshAddress, marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { file } from "../support/picture.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["nora", "omar", "vera"] });

const rows = (page) => page.locator(".list .rows li > a");
const views = (page) => page.getByRole("navigation", { name: "Views" });
const countOf = (page, view) =>
  views(page).getByRole("link", { name: new RegExp(`^${view}\\b`) }).locator(".held");
const pickBox = (page, name) =>
  page.getByRole("checkbox", { name: `Choose the conversation with ${name}` });
const bulk = (page) =>
  page.getByRole("group", { name: "What to do with the chosen conversations" });
const toast = (page) => page.locator(".toast");

/** Guests whose names and subjects nobody else has. */
async function ask(house, names) {
  const guests = [];
  for (const name of names) {
    guests.push(await house.guest({ name: marker(name), subject: marker("About"), body: "Hello?" }));
  }
  return guests;
}

/** Somebody takes a conversation that nobody has. */
async function take(account, thread) {
  const { id } = await account.call("session/me", {});
  await account.call("thread/assign", { thread, from: null, to: id });
}

test("what a list shows stands in its address and survives a reload", async ({ visit, house }) => {
  const [open, waiting] = await ask(house, ["Filip", "Frida"]);
  const nora = await house.account("nora");
  await nora.reply(open.id, "Here you are.");
  const page = await visit({ as: "nora" });
  const team = teamPage(page);
  await team.open("/inbox");
  await page.getByLabel("Filter", { exact: true }).click();
  await page.getByRole("combobox", { name: "Status" }).selectOption("open");
  await expect(page).toHaveURL(/\/inbox\?status=open$/);
  await expect(rows(page).filter({ hasText: open.subject })).toBeVisible();
  await expect(rows(page).filter({ hasText: waiting.subject })).toHaveCount(0);
  await page.getByLabel("Order").selectOption("subject");
  await expect(page).toHaveURL(/status=open&sort=subject$/);
  await page.reload();
  await alive(page);
  await expect(page.getByLabel("Order")).toHaveValue("subject");
  await expect(rows(page).filter({ hasText: open.subject })).toBeVisible();
  await expect(rows(page).filter({ hasText: waiting.subject })).toHaveCount(0);

  // A conversation that no longer fits leaves by itself, and the chip brings everything back.
  await nora.call("thread/status", { thread: open.id, from: "open", status: "closed" });
  await expect(rows(page).filter({ hasText: open.subject })).toHaveCount(0);
  await page.getByRole("link", { name: /Remove the filter/ }).click();
  await expect(page).toHaveURL(/\/inbox\?sort=subject$/);
  await expect(rows(page).filter({ hasText: open.subject })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("link", { name: /Remove the filter/ })).toBeVisible();
});

test("conversations with a file carry a mark, and can be had alone", async ({ visit, house }) => {
  const [without] = await ask(house, ["Flo"]);
  const page = await visit({ as: "nora" });
  await teamPage(page).open("/inbox?file=1");
  const guest = await visit({ path: "/contact" });
  const subject = marker("With a bill");
  await guest.getByLabel("Your e-mail address").fill(freshAddress("fay"));
  await guest.getByLabel("Subject").fill(subject);
  await guest.getByLabel("Your message").fill("It is attached.");
  await guest.getByLabel("Add files").setInputFiles([file("bill.txt", "Two drills")]);
  await guest.getByRole("button", { name: "Send", exact: true }).click();
  await expect(rows(page).filter({ hasText: subject }).getByTitle("With a file")).toBeVisible();
  await expect(rows(page).filter({ hasText: without.subject })).toHaveCount(0);
  // "Show" puts the filters away.
  await page.getByLabel("Filter", { exact: true }).click();
  await page.getByLabel("With a file", { exact: true }).uncheck();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByLabel("With a file", { exact: true })).toBeHidden();
  await expect(page).toHaveURL(/\/inbox$/);
  const plain = rows(page).filter({ hasText: without.subject });
  await expect(plain).toBeVisible();
  await expect(plain.getByTitle("With a file")).toHaveCount(0);
});

test("counts, lists and badges of two agents never disagree", async ({ visit, house }) => {
  const noraPage = await visit({ as: "nora" });
  const omarPage = await visit({ as: "omar" });
  const pages = [noraPage, omarPage];
  const names = ["Needs a reply", "Mine", "Unassigned", "All", "Closed", "Trash"];
  const words = ["needs-reply", "mine", "unassigned", "all", "closed", "trash"];
  await Promise.all(pages.map((page) => teamPage(page).open("/inbox?view=needs-reply")));
  const guests = await ask(house, ["Carl", "Cora", "Cleo", "Curt"]);
  const [nora, omar] = await Promise.all([house.account("nora"), house.account("omar")]);
  await take(nora, guests[0].id);
  await take(omar, guests[1].id);
  await nora.call("thread/status", { thread: guests[2].id, from: "pending", status: "closed" });
  await nora.call("thread/trash", { thread: guests[3].id });
  await guests[2].reply("Still leaks.");
  for (const [page, account] of [
    [noraPage, nora],
    [omarPage, omar],
  ]) {
    const agree = async () => {
      const counts = await account.call("inbox/counts", {});
      const shown = await Promise.all(
        names.map(async (name) => {
          const count = countOf(page, name);
          return (await count.count()) ? Number(await count.textContent()) : 0;
        }),
      );
      const told = words.map((word) => counts[word.replace("-", "_")]);
      const listed = await rows(page).count();
      const badge = page.getByRole("link", { name: /^Inbox(, \d+ need a reply)?$/ });
      const label = await badge.getAttribute("aria-label");
      return {
        views: shown.join() === told.join(),
        list: listed === counts.needs_reply,
        badge: (label.match(/\d+/)?.[0] ?? "0") === `${counts.needs_reply}`,
      };
    };
    await expect.poll(agree).toEqual({ views: true, list: true, badge: true });
  }
});

test("many are closed at once, and brought back but for one on which somebody acted", async ({
  visit,
  house,
}) => {
  const guests = await ask(house, ["Bert", "Bea", "Bill"]);
  const page = await visit({ as: "nora" });
  const team = teamPage(page);
  await team.open("/inbox?view=needs-reply");
  await pickBox(page, guests[2].name).check();
  await pickBox(page, guests[0].name).click({ modifiers: ["Shift"] });
  await expect(bulk(page)).toContainText("3 chosen");
  await bulk(page).getByRole("button", { name: "Close" }).click();
  await expect(toast(page)).toContainText("3 conversations changed.");
  for (const guest of guests) {
    await expect(rows(page).filter({ hasText: guest.subject })).toHaveCount(0);
  }
  const omar = await house.account("omar");
  await omar.call("thread/status", { thread: guests[1].id, from: "closed", status: "open" });
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(toast(page)).toContainText("Undone for 2 conversations.");
  await expect(toast(page)).toContainText(`${nameOf("omar")} was quicker. Now: Waiting for them.`);
  await expect(rows(page).filter({ hasText: guests[0].subject })).toBeVisible();
  await expect(rows(page).filter({ hasText: guests[1].subject })).toHaveCount(0);

  // The same by keys: x chooses the row that the keys have led to.
  await rows(page).filter({ hasText: guests[0].subject }).focus();
  await page.keyboard.press("x");
  await expect(bulk(page)).toContainText("1 chosen");
  await page.keyboard.press("Escape");
  await expect(bulk(page)).toHaveCount(0);
});

test("whoever is second is told who was first, and nothing is overwritten", async ({
  visit,
  house,
}) => {
  const [guest] = await ask(house, ["Sven"]);
  const expected = [/^answer: 409 \/ui\/thread\/status/];
  const page = await visit({ as: "nora", expected });
  const team = teamPage(page);
  await team.open(`/inbox/${guest.id}`);
  await team.composer.fill("Half a sentence");
  const omar = await house.account("omar");
  await omar.call("thread/status", { thread: guest.id, from: "pending", status: "closed" });
  // As a page would that has not heard of it yet.
  const answer = await page.evaluate(async (thread) => {
    const body = JSON.stringify({ thread, from: "pending", status: "open" });
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/ui/thread/status", { method: "POST", headers, body });
    return [answer.status, await answer.text()];
  }, guest.id);
  expect(answer[0]).toBe(409);
  expect(answer[1]).toContain(nameOf("omar"));
  await expect(team.status).toHaveValue("closed");
  await expect(team.composer).toHaveValue("Half a sentence");
});

test("the trash is an expired link to the guest, and restoring brings all of it back", async ({
  visit,
  house,
}) => {
  const [scene] = await ask(house, ["Tess"]);
  const expected = [/^answer: 410 /];
  const guestTab = await visit({ guest: scene, path: `/c/${scene.id}`, expected });
  const writing = await visit({ guest: scene, path: `/c/${scene.id}`, expected });
  const viewer = await visit({ as: "vera" });
  await Promise.all([alive(guestTab), alive(writing), teamPage(viewer).open("/inbox?view=trash")]);
  await guestPage(writing).composer.fill("I was about to say");
  const page = await visit({ as: "nora" });
  const team = teamPage(page);
  await team.open(`/inbox/${scene.id}`);
  await team.conversation.getByRole("button", { name: "Move to trash" }).click();
  await expect(team.conversation.getByText("This conversation is in the trash.")).toBeVisible();
  await expect(team.composer).toHaveCount(0);
  await expect(rows(page).filter({ hasText: scene.subject })).toHaveCount(0);
  await expect(guestTab.getByRole("button", { name: "Send me a fresh link" })).toBeVisible();
  await expect(guestTab.locator("body")).not.toContainText("trash");
  await expect(guestPage(writing).composer).toHaveValue("I was about to say");
  await expect(rows(viewer).filter({ hasText: scene.subject })).toBeVisible();
  await expect(countOf(viewer, "Trash")).toHaveText(/[1-9]/);
  await rows(viewer).filter({ hasText: scene.subject }).click();
  await expect(viewer.getByText("This conversation is in the trash.")).toBeVisible();
  await expect(viewer.getByRole("button", { name: "Restore" })).toHaveCount(0);

  await team.conversation.getByRole("button", { name: "Restore" }).click();
  await expect(team.composer).toBeVisible();
  await expect(rows(page).filter({ hasText: scene.subject })).toBeVisible();
  // A row under the pointer leaves when the pointer does.
  await viewer.getByRole("article", { name: "Conversation" }).hover();
  await expect(rows(viewer).filter({ hasText: scene.subject })).toHaveCount(0);
  await guestTab.goto(`/c/${scene.id}`);
  await expect(guestPage(guestTab).entries).toHaveCount(1);
});

test("the dashboard shows who waits longest and what is mine", async ({ visit, house }) => {
  const [mine] = await ask(house, ["Dirk"]);
  const nora = await house.account("nora");
  const list = { view: "needs-reply", filter: {}, sort: "waiting" };
  const { rows: waiting } = await nora.call("inbox/page", { ask: list, after: null });
  const since = waiting.map(({ row }) => row.waiting_since);
  expect(since).toEqual([...since].sort((one, other) => one - other));
  const page = await visit({ as: "nora" });
  await teamPage(page).open("/dashboard");
  const card = (title) =>
    page.getByRole("heading", { name: title }).locator("xpath=following-sibling::ul[1]");
  const longest = card("Waiting longest").getByRole("link");
  await expect(longest.first()).toContainText(waiting[0].row.subject);
  await take(nora, mine.id);
  await expect(card("Yours").getByRole("link").filter({ hasText: mine.subject })).toBeVisible();
  await nora.call("thread/status", { thread: mine.id, from: "pending", status: "closed" });
  await expect(page.getByRole("link").filter({ hasText: mine.subject })).toHaveCount(0);
  await page.getByRole("link", { name: "Open the inbox" }).click();
  await expect(page).toHaveURL(/\/inbox$/);
});

for (const colorScheme of ["light", "dark"]) {
  test(`list, filters, choice and trash break no rule in ${colorScheme} colours`, async ({
    visit,
    house,
  }) => {
    const [kept, gone] = await ask(house, ["Axel", "Anja"]);
    await (await house.account("nora")).call("thread/trash", { thread: gone.id });
    const page = await visit({ as: "nora", colorScheme });
    const check = async (what) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${what}: ${id} ${nodes[0].target}`)).toEqual([]);
    };
    await teamPage(page).open("/inbox?status=pending&unread=1&from=2026-01-01");
    await page.getByLabel("Filter", { exact: true }).click();
    await check("filter");
    await page.getByLabel("Filter", { exact: true }).click();
    await pickBox(page, kept.name).check();
    await check("choice");
    await bulk(page).getByRole("button", { name: "Close" }).click();
    await expect(toast(page)).toBeVisible();
    await check("toast");
    await teamPage(page).open(`/inbox/${gone.id}?view=trash`);
    await check("trash");
    await teamPage(page).open("/dashboard");
    await check("dashboard");
  });
}

test("what is unread is told for each view, and read away by looking", async ({ visit, house }) => {
  const page = await visit({ as: "vera", path: "/inbox" });
  await alive(page);
  const unread = views(page).getByRole("link", { name: /^Unassigned\b/ }).locator("b");
  const count = async () => Number.parseInt((await unread.count()) ? await unread.innerText() : "0", 10);
  const before = await count();
  const [guest] = await ask(house, ["Ursula"]);
  await expect.poll(count).toBe(before + 1);
  await rows(page).filter({ hasText: guest.subject }).click();
  await expect(page.getByRole("article", { name: "Conversation" })).toBeVisible();
  await expect.poll(count).toBe(before);
});

test("rows show what their reader chose, on this device, also when loaded anew", async ({ visit, house }) => {
  const [guest] = await ask(house, ["Clara"]);
  const page = await visit({ as: "vera", path: "/inbox" });
  await alive(page);
  const subject = page.getByText(guest.subject);
  await expect(subject).toBeVisible();
  await page.getByLabel("Filter", { exact: true }).click();
  const box = page.getByRole("checkbox", { name: "Subject" });
  await box.uncheck();
  await expect(subject).toBeHidden();
  await expect(page).toHaveURL(/\/inbox$/);
  await page.reload();
  await expect(page.getByText(guest.name, { exact: true })).toBeVisible();
  await expect(subject).toBeHidden();
  await alive(page);
  await page.getByLabel("Filter", { exact: true }).click();
  await expect(box).not.toBeChecked();
  await box.check();
  await expect(subject).toBeVisible();
});
