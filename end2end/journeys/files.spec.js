// Files between a guest and the team, live: chosen, dropped and pasted, seen at once by whoever may.
import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { file, picture } from "../support/picture.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";
import { Wire } from "../support/wire.js";

const test = journeys({ people: ["nora", "omar"], options: { "attachment-mb": 5 } });

/** Files as they are dropped or pasted: made in the page, since no test can carry any there. */
const transfer = (page, files) =>
  page.evaluateHandle(
    (all) => {
      const data = new DataTransfer();
      for (const [name, text] of all) data.items.add(new File([text], name));
      return data;
    },
    files.map(({ name, buffer }) => [name, buffer.toString()]),
  );

async function pair(visit, house, expected = []) {
  const guest = await house.guest({ name: "Mia Lund", body: marker("It leaks") });
  const page = await visit({ guest, expected });
  const wire = new Wire(page);
  await page.goto(`/c/${guest.id}`);
  await alive(page);
  const desk = await visit({ as: "nora" });
  await teamPage(desk).open(`/inbox/${guest.id}`);
  return { guest, page, wire, desk };
}

test("an image of a guest is with the team at once, and opens there as it was", async ({
  visit,
  house,
}) => {
  const { page, desk } = await pair(visit, house);
  const image = picture(1200, 800);
  const text = marker("This is the spout");
  await page.getByLabel("Add files").setInputFiles([file("spout.png", image)]);
  const tray = page.locator("ul.tray");
  await expect(tray.getByRole("listitem")).toContainText(["spout.png"]);
  await expect(tray.getByRole("progressbar")).toHaveCount(0);
  await guestPage(page).reply(text);
  await expect(page.getByRole("link", { name: "spout.png" }).locator("img")).toBeVisible();
  await expect(tray.getByRole("listitem")).toHaveCount(0);

  const message = teamPage(desk).conversation.locator(".message").filter({ hasText: text });
  const link = message.getByRole("link", { name: "spout.png" });
  await expect(link.locator("img")).toBeVisible();
  expect(await link.locator("img").evaluate((img) => img.complete && img.naturalWidth)).toBe(480);
  const [download] = await Promise.all([desk.waitForEvent("download"), link.click()]);
  expect((await readFile(await download.path())).equals(image)).toBe(true);
  const { violations } = await new AxeBuilder({ page: desk }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
});

test("the file of a note is the team's alone", async ({ visit, house }) => {
  const { guest, page, wire, desk } = await pair(visit, house);
  const team = teamPage(desk);
  const secret = marker("third-time");
  await team.noteMode.click();
  await desk.getByLabel("Add files").setInputFiles([file(`${secret}.txt`, "Ask the workshop.")]);
  await expect(desk.getByRole("button", { name: `Remove ${secret}.txt` })).toBeVisible();
  // What waits for a note does not go with a reply.
  await team.replyMode.click();
  await expect(desk.getByRole("button", { name: `Remove ${secret}.txt` })).toHaveCount(0);
  await team.noteMode.click();
  await desk.getByRole("button", { name: "Add note" }).click();
  const link = team.notes.getByRole("link", { name: `${secret}.txt` });
  await expect(link).toBeVisible();

  const href = await link.getAttribute("href");
  const id = href.split("/").at(-1);
  const theirs = await page.request.get(`/c/${guest.id}/file/${id}`);
  expect(theirs.status()).toBe(404);
  const asTeam = await page.request.get(href);
  expect(asTeam.status()).toBe(401);
  await team.replyMode.click();
  const words = marker("On its way");
  await team.reply(words);
  await expect(guestPage(page).entries.filter({ hasText: words })).toHaveCount(1);
  await page.reload();
  await alive(page);
  const bytes = await wire.all();
  for (const trace of [secret, id, id.replaceAll("-", "")]) expect(bytes).not.toContain(trace);
});

test("what is dropped or pasted is added, what is refused says why, and each can be taken away", async ({
  visit,
  house,
}) => {
  const { page } = await pair(visit, house, [/^answer: 422 \/c\/\w+\/file$/]);
  const composer = guestPage(page).composer;
  await composer.fill(marker("Three of them"));
  const form = page.locator("form.g-composer");
  const dropped = await transfer(page, [file("dropped.txt", "one"), file("tool.exe", "MZ")]);
  await form.dispatchEvent("dragover", { dataTransfer: dropped });
  await form.dispatchEvent("drop", { dataTransfer: dropped });
  const pasted = await transfer(page, [file("pasted.csv", "a;b"), file("fake.pdf", "<html>")]);
  await composer.evaluate((area, clipboardData) => {
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, pasted);
  const remove = (name) => page.getByRole("button", { name: `Remove ${name}` });
  await expect(page.getByText("tool.exe: Files of this kind are not taken here.")).toBeVisible();
  await expect(page.getByText("fake.pdf: This file does not hold what its name says.")).toBeVisible();
  await expect(remove("dropped.txt")).toBeVisible();
  await remove("tool.exe").click();
  await remove("dropped.txt").click();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  await guestPage(page).send.click();
  await expect(page.getByRole("link", { name: "pasted.csv" })).toBeVisible();
  await expect(page.getByText("dropped.txt")).toHaveCount(0);
  await expect(remove("fake.pdf")).toHaveCount(0);
});

test("an upload shows how far it is, and stops when it is taken away", async ({ visit, house }) => {
  const { page } = await pair(visit, house);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 40_000 };
  await session.send("Network.emulateNetworkConditions", slow);
  const large = "0123456789".repeat(300_000);
  await page.getByLabel("Add files").setInputFiles([file("large.txt", large)]);
  const progress = page.getByRole("progressbar", { name: "Uploading large.txt" });
  await expect.poll(async () => Number(await progress.getAttribute("value"))).toBeGreaterThan(0);
  // Sending waits for it, and keeps what was typed.
  const text = marker("Together with it");
  await guestPage(page).reply(text);
  await expect(page.getByText("Files are still on their way.")).toBeVisible();
  await expect(guestPage(page).composer).toHaveValue(text);
  await page.getByRole("button", { name: "Remove large.txt" }).click();
  await expect(progress).toHaveCount(0);
  await guestPage(page).send.click();
  await expect(guestPage(page).entries.filter({ hasText: text })).toHaveCount(1);
  await expect(page.getByRole("link", { name: "large.txt" })).toHaveCount(0);
});
