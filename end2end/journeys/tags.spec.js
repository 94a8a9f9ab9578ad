// Tags sort conversations: added by hand or key, seen by a colleague at once, and filtered by.
import { marker } from "../support/cast.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

const row = (page, subject) => page.locator(".list .rows li > a").filter({ hasText: subject });

test("a tag is added, seen live in the list, filtered by and removed", async ({ visit, house }) => {
  const guest = await house.guest({ name: marker("Tom"), subject: marker("Tagged"), body: "Hello" });
  await house.guest({ name: marker("Tim"), subject: marker("Plain"), body: "Hello" });
  const [page, omarPage] = [await visit({ as: "nora" }), await visit({ as: "omar" })];
  const [team, omar] = [teamPage(page), teamPage(omarPage)];
  await team.open(`/inbox/${guest.id}`);
  await omar.open("/inbox");
  const word = `late-${Date.now().toString(36)}`;
  await page.getByLabel("Add a tag").fill(word.toUpperCase());
  await page.keyboard.press("Enter");
  await expect(row(omarPage, guest.subject).getByText(word)).toBeVisible();
  await page.getByRole("link", { name: word, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/inbox\\?tag=${word}$`));
  await expect(page.locator(".list .rows li")).toHaveCount(1);
  await row(page, guest.subject).click();
  await page.getByRole("button", { name: `Remove the tag “${word}”` }).click();
  await expect(row(page, guest.subject)).toHaveCount(0);
  await expect(team.conversation.getByText(`removed the tag “${word}”`)).toBeVisible();
});
