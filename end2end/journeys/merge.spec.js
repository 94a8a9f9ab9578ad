// Two conversations of one guest become one: whoever has them open sees it at once, and it can be undone.
import { AxeBuilder } from "@axe-core/playwright";
import { Guest } from "../support/browserless.js";
import { freshAddress, marker } from "../support/cast.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

/** A guest who has answered through the mailed link, whose address is proven by that. */
async function proven(house, { email, subject, body, number = 1 }) {
  await house.guest({ name: "Greta", email, subject, body });
  const { link } = await house.relay.mailTo(email, number);
  const guest = await Guest.follow(link);
  await guest.reply(`More: ${body}`);
  return { guest, link };
}

test("two conversations of a guest are merged and parted again, on every open page", async ({ visit, house }) => {
  const email = freshAddress("greta");
  const [saw, blade, secret] = [marker("The saw stops"), marker("Which blade"), marker("Third saw")];
  const a = await proven(house, { email, subject: "Saw", body: saw });
  const { guest: b } = await proven(house, { email, subject: "Blade", body: blade, number: 2 });

  const guest = await visit({ path: a.link });
  const theirs = guestPage(guest);
  await expect(theirs.entries.filter({ hasText: saw }).first()).toBeVisible();
  const omarPage = await visit({ as: "omar" });
  const omar = teamPage(omarPage);
  await omar.open(`/inbox/${a.guest.id}`);
  const page = await visit({ as: "nora" });
  const nora = teamPage(page);
  await nora.open(`/inbox/${a.guest.id}`);
  await nora.addNote(secret);
  await expect(omar.notes.filter({ hasText: secret })).toBeVisible();

  // From the palette, and from beside the conversation.
  await expect(page.locator("#side").getByRole("link", { name: "Merge…" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.locator("#palette input").fill("merge");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Merge conversations" })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("link", { name: /^Merge into this one/ }).click();
  await expect(page.getByText("As before, only the team sees them.")).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("button", { name: "Merge", exact: true }).click();

  // Nora is where it goes on, with all of it.
  await expect(page).toHaveURL(new RegExp(`/inbox/${b.id}$`));
  await expect(nora.conversation.getByText(saw).first()).toBeVisible();
  await expect(nora.notes.filter({ hasText: secret })).toBeVisible();
  // Omar sees the old one empty out and close, without doing anything.
  await expect(omar.conversation.getByText("merged this conversation into")).toBeVisible();
  await expect(omar.conversation.getByText(saw)).toHaveCount(0);
  await expect(omar.notes).toHaveCount(0);
  await expect(omar.status).toHaveValue("closed");
  // The guest's page is led to where it goes on, and knows nothing of the note.
  await expect(guest).toHaveURL(new RegExp(`/c/${b.id}$`));
  await expect(theirs.entries.filter({ hasText: blade }).first()).toBeVisible();
  await expect(theirs.entries.filter({ hasText: saw }).first()).toBeVisible();
  await expect(guest.getByText(secret)).toHaveCount(0);
  await theirs.reply("Still here.");
  await expect(nora.conversation.getByText("Still here.")).toBeVisible();

  // Undone from the old one.
  await omar.conversation.getByRole("link", { name: "Undo…" }).click();
  await expect(omarPage.getByRole("heading", { name: "It goes on here" })).toBeVisible();
  expect((await new AxeBuilder({ page: omarPage }).analyze()).violations).toEqual([]);
  await omarPage.getByRole("button", { name: "Undo the merge" }).click();
  await expect(omarPage).toHaveURL(new RegExp(`/inbox/${a.guest.id}$`));
  await expect(omar.conversation.getByText(saw).first()).toBeVisible();
  await expect(omar.notes.filter({ hasText: secret })).toBeVisible();
  await expect(nora.conversation.getByText(saw)).toHaveCount(0);
  await expect(nora.conversation.getByText("Still here.")).toBeVisible();
  await expect(guest).toHaveURL(new RegExp(`/c/${a.guest.id}$`));
  await expect(theirs.entries.filter({ hasText: saw }).first()).toBeVisible();
  await expect(guest.getByText("Still here.")).toHaveCount(0);
});
