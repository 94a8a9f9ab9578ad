// Files with scripts switched off: a plain field, a plain form, and nothing lost when one is refused.
import { readFile } from "node:fs/promises";
import { freshAddress, marker } from "../support/cast.js";
import { file, picture } from "../support/picture.js";
import { guestPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

const answer = (status, path) => new RegExp(`^answer: ${status} ${path}`);

test("a question brings its files along, and they come back as they were", async ({ visit }) => {
  const page = await visit();
  await page.goto("/contact");
  await expect(page.getByText("Up to 5 files, 10 MB each")).toBeVisible();
  const body = marker("Both are attached");
  await page.getByLabel("Your e-mail address").fill(freshAddress("lea"));
  await page.getByLabel("Your message").fill(body);
  const image = picture(640, 400);
  await page
    .getByLabel("Add files")
    .setInputFiles([file("kettle.png", image), file("serial numbers.txt", "D7-44-1182")]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page).toHaveURL(/\/c\/[0-9a-f]+$/);

  const files = page.locator("ul.files").first();
  await expect(files.getByRole("link")).toHaveCount(2);
  const small = files.getByRole("link", { name: "kettle.png" }).locator("img");
  await expect(small).toBeVisible();
  expect(await small.evaluate((img) => img.naturalWidth)).toBe(480);
  for (const [name, bytes] of [
    ["kettle.png", image],
    ["serial numbers.txt", Buffer.from("D7-44-1182")],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      files.getByRole("link", { name }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    expect((await readFile(await download.path())).equals(bytes)).toBe(true);
  }
});

test("a refused file is named, and the text and the other file go along with the next try", async ({
  visit,
}) => {
  const page = await visit({ expected: [answer(422, "/c/")] });
  const guest = guestPage(page);
  await guest.write({
    name: "Ben Oke",
    email: freshAddress("ben"),
    subject: "Files",
    body: marker("Hello"),
  });
  const text = marker("Here is what you asked for");
  await guest.composer.fill(text);
  await page
    .getByLabel("Add files")
    .setInputFiles([file("bill.pdf", "%PDF-1.7 one page"), file("tool.exe", "MZ")]);
  await guest.send.click();
  await expect(page.getByText("tool.exe: Files of this kind are not taken here.")).toBeVisible();
  await expect(guest.composer).toHaveValue(text);
  await expect(page.getByRole("checkbox", { name: "bill.pdf" })).toBeChecked();
  await guest.send.click();
  await expect(guest.entries.filter({ hasText: text })).toHaveCount(1);
  await expect(page.getByRole("link", { name: "bill.pdf" })).toBeVisible();
});

test("a file alone is a message", async ({ visit }) => {
  const page = await visit();
  const guest = guestPage(page);
  await guest.write({
    name: "Ada Finn",
    email: freshAddress("ada"),
    subject: "Photo",
    body: marker("A photo follows"),
  });
  await page.getByLabel("Add files").setInputFiles([file("photo.png", picture(90, 60))]);
  await guest.send.click();
  await expect(page.getByRole("link", { name: "photo.png" }).locator("img")).toBeVisible();
});
