// Sorting a morning's questions on a phone: all that a desk can do, with a thumb.
import { marker } from "../support/cast.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

const rows = (page) => page.locator(".list .rows li > a");

async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `pixels beyond the edge of ${page.url()}`).toBeLessThanOrEqual(0);
}

test("questions are filtered, closed at once, thrown away and brought back", async ({
  visit,
  house,
}) => {
  const guests = [];
  for (const name of ["Pia", "Per", "Pam"]) {
    guests.push(await house.guest({ name: marker(name), subject: marker("On foot"), body: "Hello?" }));
  }
  const [pia, per, pam] = guests;
  const page = await visit({ as: "nora" });
  const nora = teamPage(page);
  await nora.open("/inbox");
  await fits(page);
  await page.getByLabel("Filter", { exact: true }).tap();
  await fits(page);
  await page.getByLabel("Unread", { exact: true }).tap();
  await expect(page).toHaveURL(/unread=1$/);
  await page.getByLabel("Filter", { exact: true }).tap();
  for (const guest of [pia, per]) {
    await page.getByRole("checkbox", { name: `Choose the conversation with ${guest.name}` }).tap();
  }
  await fits(page);
  await page.getByRole("button", { name: "Close", exact: true }).tap();
  await expect(page.locator(".toast")).toContainText("2 conversations changed.");
  await page.locator(".toast").getByRole("button", { name: "Undo" }).tap();
  await expect(page.locator(".toast")).toContainText("Undone for 2 conversations.");
  await page.locator(".toast").getByRole("button", { name: "Dismiss" }).tap();

  await rows(page).filter({ hasText: pam.subject }).tap();
  await nora.conversation.getByRole("button", { name: "Move to trash" }).tap();
  await expect(nora.conversation.getByText("This conversation is in the trash.")).toBeInViewport();
  await fits(page);
  await page.getByRole("link", { name: "Back to the list" }).tap();
  await expect(rows(page).filter({ hasText: pam.subject })).toHaveCount(0);
  await page.getByRole("link", { name: /^Trash/ }).tap();
  await rows(page).filter({ hasText: pam.subject }).tap();
  await nora.conversation.getByRole("button", { name: "Restore" }).tap();
  await expect(nora.composer).toBeVisible();
});
