// A reply that waits: for the seconds in which it can be taken back, and until a chosen moment.
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"], options: { "undo-s": 10 } });

const later = (page) => page.getByRole("button", { name: "Send later…" });
const waiting = (page) => page.locator(".underway.waiting");
const choices = (page) => page.getByRole("dialog", { name: "Send later" });

async function ask(house, name) {
  return house.guest({ name: marker(name), subject: marker("Later"), body: "When?" });
}

async function opened(visit, who, guest) {
  const page = await visit({ as: who, path: `/inbox/${guest.id}` });
  await alive(page);
  return [page, teamPage(page)];
}

test("a reply is taken back within its seconds, and its guest never hears of it", async ({
  visit,
  house,
}) => {
  const guest = await ask(house, "Ulf");
  const [noraPage, nora] = await opened(visit, "nora", guest);
  const [omarPage] = await opened(visit, "omar", guest);
  const text = marker("Oops");
  const typed = `${text}\n- one **mark**\n- and two`;
  await nora.reply(typed);
  await expect(waiting(noraPage)).toContainText(text);
  await expect(waiting(noraPage)).toContainText(/Sends in \d+ s/);
  await expect(waiting(omarPage)).toContainText(text);
  await expect(waiting(omarPage).getByRole("button")).toHaveCount(0);
  await expect(nora.composer).toHaveValue("");
  await waiting(noraPage).getByRole("button", { name: "Undo" }).click();
  await expect(nora.composer).toHaveValue(typed);
  await expect(waiting(noraPage)).toHaveCount(0);
  await expect(waiting(omarPage)).toHaveCount(0);
  const page = await visit({ guest, path: `/c/${guest.id}` });
  await alive(page);
  await page.waitForTimeout(11_000);
  await expect(page.getByText(text)).toHaveCount(0);
  await expect(guestPage(page).entries).toHaveCount(1);

  // The guest is here now: whatever is said reaches them at once, and once.
  await nora.send.click();
  await expect(page.getByText(text)).toHaveCount(1, { timeout: 3_000 });
  await expect(waiting(noraPage)).toHaveCount(0);
});

test("what nobody takes back is sent when its seconds are over", async ({ visit, house }) => {
  const guest = await ask(house, "Uta");
  const [page, nora] = await opened(visit, "nora", guest);
  const text = marker("It stays");
  await nora.reply(text);
  await expect(waiting(page)).toContainText(text);
  // Also through a loading of the page.
  await page.reload();
  await alive(page);
  await expect(waiting(page)).toContainText(text);
  await expect(waiting(page)).toHaveCount(0, { timeout: 15_000 });
  await expect(nora.conversation.getByText(text)).toHaveCount(1);
  await expect(nora.status).toHaveValue("open");
});

test("a reply is planned, seen by colleagues, and sent now", async ({ visit, house }) => {
  const guest = await ask(house, "Ida");
  const [noraPage, nora] = await opened(visit, "nora", guest);
  const [omarPage, omar] = await opened(visit, "omar", guest);
  const text = marker("Tomorrow");
  await nora.composer.fill(text);
  await later(noraPage).click();
  await choices(noraPage).getByRole("button", { name: "Tomorrow morning, 9:00" }).click();
  await expect(waiting(omarPage)).toContainText(text);
  await expect(waiting(omarPage)).toContainText("09:00");
  await expect(omar.status).toHaveValue("pending");
  const overview = await visit({ as: "nora", path: "/scheduled" });
  await expect(overview.getByRole("link", { name: guest.subject })).toBeVisible();
  await waiting(noraPage).getByRole("button", { name: "Send now" }).click();
  await expect(waiting(omarPage)).toHaveCount(0);
  await expect(omar.conversation.getByText(text)).toHaveCount(1);
  await expect(omar.status).toHaveValue("open");
  await expect(nora.composer).toHaveValue("");
});

test("what the customer overtakes waits for its author, who edits it", async ({ visit, house }) => {
  const guest = await ask(house, "Eva");
  const [page, nora] = await opened(visit, "nora", guest);
  const text = marker("As planned");
  const account = await house.account("nora");
  const form = { body: text, key: marker("key").padEnd(22, "k").slice(0, 40), seen: null };
  const when = { at: Date.now() + 3_000 };
  await account.call("message/reply", { thread: guest.id, form, when });
  await expect(waiting(page)).toContainText(text);
  await guest.reply("It is solved.");
  await expect(page.getByText(`Not sent: ${guest.name} wrote meanwhile.`)).toBeVisible({
    timeout: 15_000,
  });
  const [omarPage] = await opened(visit, "omar", guest);
  await expect(waiting(omarPage)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Send anyway" })).toBeVisible();
  await waiting(page).getByRole("button", { name: "Edit", exact: true }).click();
  await expect(nora.composer).toHaveValue(text);
  await expect(waiting(page)).toHaveCount(0);
});

test("a file comes back with its reply, even after the page was loaded anew", async ({
  visit,
  house,
}) => {
  const guest = await ask(house, "Fee");
  const [page, nora] = await opened(visit, "nora", guest);
  const text = marker("With a file");
  await page.locator("#attachments").setInputFiles({
    name: "plan.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("A plan."),
  });
  await expect(page.locator(".tray-item progress")).toHaveCount(0);
  await nora.composer.fill(text);
  await later(page).click();
  await choices(page).getByRole("button", { name: "Monday morning, 9:00" }).click();
  await expect(waiting(page)).toContainText(text);
  await page.reload();
  await alive(page);
  await waiting(page).getByRole("button", { name: "Edit", exact: true }).click();
  await expect(nora.composer).toHaveValue(text);
  await expect(page.locator(".tray-item")).toContainText("plan.txt");
  await later(page).click();
  await choices(page).getByRole("button", { name: "In an hour" }).click();
  await waiting(page).getByRole("button", { name: "Send now" }).click();
  await expect(nora.conversation.getByRole("link", { name: /plan\.txt/ })).toBeVisible();
});

test("what waits is sent after the server was killed", async ({ visit, house }) => {
  const guest = await ask(house, "Kim");
  const account = await house.account("nora");
  const text = marker("Survives");
  const form = { body: text, key: marker("key").padEnd(22, "k").slice(0, 40), seen: null };
  const when = { at: Date.now() + 2_000 };
  await account.call("message/reply", { thread: guest.id, form, when });
  const { pigeon } = house;
  const { port } = pigeon;
  await pigeon.kill();
  await pigeon.start(house.flags, port);
  const page = await visit({ guest, path: `/c/${guest.id}` });
  await alive(page);
  await expect(page.getByText(text)).toHaveCount(1, { timeout: 15_000 });
});
