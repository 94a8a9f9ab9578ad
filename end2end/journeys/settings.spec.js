// The settings: a form that the server draws, checks and stores, with scripts and without.
import { AxeBuilder } from "@axe-core/playwright";
import { alive } from "../support/line.js";
import { guestPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["olga", "nora"], options: { "link-days": 7 } });

const save = (page) => page.getByRole("button", { name: "Save", exact: true }).click();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`a setting is changed, refused and kept ${how}`, async ({ visit }) => {
    const expected = [/^answer: (409|422) \/settings/];
    const page = await visit({ as: "olga", path: "/inbox", javaScriptEnabled, expected });
    await page.getByRole("link", { name: "Administration" }).click();
    await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible();
    await expect(page.getByLabel("Guests’ links last, days")).toBeDisabled();
    await expect(page.getByText("PIGEON_LINK_DAYS")).toBeVisible();

    const total = page.getByLabel("Mails an hour to all unverified addresses");
    const value = javaScriptEnabled ? "321" : "322";
    await total.fill(value);
    await page.getByLabel("Name of the trap’s field").fill("email");
    await save(page);
    await expect(page.getByRole("alert")).toContainText("Nothing was saved");
    await expect(page.getByLabel("Name of the trap’s field")).toHaveValue("email");
    await expect(page.getByText("The form itself needs a field of this name.")).toBeVisible();
    await expect(total).toHaveValue(value);
    // The checker is a script itself.
    if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await page.getByLabel("Name of the trap’s field").fill("website");
    await page.getByLabel("Accent colour").fill(javaScriptEnabled ? "#8a1c5c" : "#1c5c8a");
    await save(page);
    await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
    await expect(total).toHaveValue(value);
    const colour = javaScriptEnabled ? "rgb(138, 28, 92)" : "rgb(28, 92, 138)";
    const button = page.getByRole("button", { name: "Save", exact: true });
    await expect(button).toHaveCSS("background-color", colour);
  });
}

test("whoever saves over somebody else's change is told first", async ({ visit }) => {
  const expected = [/^answer: 409 \/settings/];
  const [mine, theirs] = [
    await visit({ as: "olga", path: "/settings", expected }),
    await visit({ as: "olga", path: "/settings" }),
  ];
  const day = "Mails a day to an unverified address";
  await theirs.getByLabel(day).fill("20");
  await save(theirs);
  await expect(theirs.getByLabel(day)).toHaveValue("20");
  await mine.getByLabel(day).fill("30");
  await save(mine);
  await expect(mine.getByText("Olga Haas set this to “20” just now.")).toBeVisible();
  await expect(mine.getByLabel(day)).toHaveValue("30");
  await save(mine);
  await expect(mine.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await expect(mine.getByLabel(day)).toHaveValue("30");
});

test("open pages show a changed setting at once, and lose no text over it", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Gerda", body: "Are you open on Sundays?" });
  const inbox = await visit({ as: "nora", path: "/inbox" });
  const writing = await visit({ as: "nora", path: `/inbox/${guest.id}` });
  const theirs = await visit({ guest, path: `/c/${guest.id}` });
  for (const page of [inbox, writing, theirs]) await alive(page);
  const draft = writing.getByRole("textbox", { name: "Write a reply" });
  await draft.fill("On Sundays we");
  const { send } = guestPage(theirs);
  const before = await send.evaluate((button) => getComputedStyle(button).backgroundColor);
  const settings = await visit({ as: "olga", path: "/settings" });
  await settings.getByLabel("Accent colour").fill("#5c8a1c");
  await save(settings);
  await expect(send).not.toHaveCSS("background-color", before);
  await expect(guestPage(theirs).composer).toBeVisible();
  await expect(writing.getByText("This page has changed.")).toBeVisible();
  await expect(draft).toHaveValue("On Sundays we");
  await expect(inbox.getByText("This page has changed.")).toHaveCount(0);
});
