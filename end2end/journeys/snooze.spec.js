// A conversation that rests: gone from what there is to do, and back by itself, on every open page.
import { marker } from "../support/cast.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

const views = (page) => page.getByRole("navigation", { name: "Views" });
const rest = (page) => page.getByRole("combobox", { name: "Snooze…" });

async function ask(house, name) {
  return house.guest({ name: marker(name), subject: marker("Later"), body: "No hurry." });
}

test("what is snoozed leaves both agents' lists, and the customer brings it back", async ({
  visit,
  house,
}) => {
  const guest = await ask(house, "Rita");
  const [noraPage, omarPage] = [await visit({ as: "nora" }), await visit({ as: "omar" })];
  const [nora, omar] = [teamPage(noraPage), teamPage(omarPage)];
  await nora.open(`/inbox/${guest.id}?view=needs-reply`);
  await omar.open("/inbox?view=needs-reply");
  await expect(omar.row(guest.subject)).toBeVisible();
  await rest(noraPage).selectOption({ label: "Until tomorrow morning" });
  await expect(nora.conversation.locator(".event").filter({ hasText: "snoozed" })).toBeVisible();
  await expect(omar.row(guest.subject)).toHaveCount(0);

  await views(omarPage).getByRole("link", { name: /^Snoozed/ }).click();
  await expect(omar.row(guest.subject)).toContainText("Snoozed until");
  await guest.reply("It is urgent after all.");
  await expect(omar.row(guest.subject)).toHaveCount(0);
  await expect(nora.row(guest.subject)).toBeVisible();
  await expect(rest(noraPage)).toBeVisible();
});

test("a snooze ends by itself, or by hand", async ({ visit, house }) => {
  const guest = await ask(house, "Rolf");
  const page = await visit({ as: "nora" });
  const team = teamPage(page);
  await team.open(`/inbox/${guest.id}?view=needs-reply`);
  const nora = await house.account("nora");
  const until = Date.now() + 1500;
  const task = { thread: guest.id, act: "snooze", was: null, until };
  await nora.call("thread/all", { tasks: [task] });
  await expect(page.locator(".thread-bar .chip.snoozed")).toBeVisible();
  await expect(team.conversation.getByText("The snooze ended")).toBeVisible({ timeout: 20_000 });
  await expect(team.row(guest.subject)).toBeVisible();

  // By keys: z leads to the choice, and later wakes it.
  await team.conversation.click();
  await page.keyboard.press("z");
  await expect(rest(page)).toBeFocused();
  await rest(page).selectOption({ label: "For a month" });
  await expect(team.row(guest.subject)).toHaveCount(0);
  await team.conversation.click();
  await page.keyboard.press("z");
  await expect(page.locator(".thread-bar .chip.snoozed")).toHaveCount(0);
  await expect(team.row(guest.subject)).toBeVisible();
});
