// What the team knows of a customer, and senders whom it does not hear.
import { AxeBuilder } from "@axe-core/playwright";
import { freshAddress, marker } from "../support/cast.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

test("a note on a customer is written on their card, and never over somebody else's", async ({ visit, house }) => {
  const email = freshAddress("carla");
  const words = marker("Calls every week");
  const before = await house.guest({ name: "Carla Conti", email, subject: "The first time", body: "Hello?" });
  const guest = await house.guest({ name: "Carla Conti", email, subject: "The second time", body: "Me again." });

  // Beside the conversation stands what there was before.
  const page = await visit({ as: "nora", path: `/inbox/${guest.id}` });
  const side = page.locator("#side");
  await expect(side.getByRole("link", { name: "The first time" })).toHaveAttribute("href", `/inbox/${before.id}`);
  await side.getByRole("link", { name: "Contact card" }).click();
  await expect(page.getByRole("heading", { name: "Carla Conti" })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  const there = await visit({ as: "omar", path: page.url(), expected: [/^answer: 409 /] });
  const [noras, omars] = [page, there].map((one) => one.getByRole("textbox", { name: "Note" }));
  await noras.fill(words);
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The note is saved." })).toBeVisible();
  await omars.fill("Never calls.");
  await there.getByRole("button", { name: "Save note" }).click();
  await expect(there.getByRole("alert")).toContainText("Somebody else has changed the note");
  await expect(there.getByText(words)).toBeVisible();
  await expect(omars).toHaveValue("Never calls.");
  await omars.fill(`${words}, and writes.`);
  await there.getByRole("button", { name: "Save note" }).click();
  await expect(there.getByRole("status").filter({ hasText: "The note is saved." })).toBeVisible();

  await teamPage(page).open(`/inbox/${guest.id}`);
  await expect(side.getByText(`${words}, and writes.`)).toBeVisible();
});

test("a blocked sender notices nothing, and the team lets in what it wants", async ({ visit, house }) => {
  const email = freshAddress("spam");
  const [first, second] = [marker("Cheap teapots"), marker("Really cheap")];
  const guest = await visit({});
  await guestPage(guest).write({ name: "Sid", email, subject: "Teapots", body: first });
  const id = new URL(guest.url()).pathname.split("/").at(-1);

  const page = await visit({ as: "nora", path: `/inbox/${id}` });
  await page.locator("#side").getByRole("link", { name: "Contact card" }).click();
  await page.getByRole("button", { name: "Block this address" }).click();
  await expect(page.getByText(`Blocked: ${email}`)).toBeVisible();

  // He sees what he wrote, and so he does when he comes back; of the team nobody does.
  await guestPage(guest).reply(second);
  await expect(guestPage(guest).entries.filter({ hasText: second })).toHaveCount(1);
  await guest.reload();
  await expect(guestPage(guest).entries.filter({ hasText: second })).toHaveCount(1);
  await teamPage(page).open(`/inbox/${id}`);
  await expect(teamPage(page).conversation.getByText(first)).toBeVisible();
  await expect(teamPage(page).conversation.getByText(second)).toHaveCount(0);

  const omar = await visit({ as: "omar", path: "/quarantine" });
  const caught = omar.getByRole("main").getByRole("listitem").filter({ hasText: second });
  await expect(caught).toContainText("from a blocked sender");
  expect((await new AxeBuilder({ page: omar }).analyze()).violations).toEqual([]);
  await caught.getByRole("button", { name: "Accept" }).click();
  await expect(omar.getByRole("status").filter({ hasText: "Accepted:" })).toBeVisible();
  await expect(teamPage(page).conversation.getByText(second)).toBeVisible();

  await omar.goto("/blocked");
  expect((await new AxeBuilder({ page: omar }).analyze()).violations).toEqual([]);
  await omar.getByRole("button", { name: `Lift the block of ${email}` }).click();
  await expect(omar.getByRole("status").filter({ hasText: "Lifted." })).toBeVisible();
  await guestPage(guest).reply("Once more.");
  await expect(teamPage(page).conversation.getByText("Once more.")).toBeVisible();
});
