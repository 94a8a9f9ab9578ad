// A conversation is given to a colleague with a word for them.
import { marker } from "../support/cast.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

test("a colleague gets a conversation and is told why", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Hanna Over", body: marker("Who") });
  const omarPage = await visit({ as: "omar" });
  const omar = teamPage(omarPage);
  await omar.open(`/inbox/${guest.id}`);
  const page = await visit({ as: "nora" });
  const nora = teamPage(page);
  await nora.open(`/inbox/${guest.id}`);
  await nora.assignee.selectOption({ label: "Hand over with a note…" });
  await expect(page.getByRole("heading", { name: "Hand over" })).toBeVisible();
  await page.getByLabel("Give it to").selectOption({ label: nameOf("omar") });
  const why = marker("She likes tea");
  await page.getByLabel("What they should know").fill(why);
  await page.getByRole("button", { name: "Hand over" }).click();
  await expect(page).toHaveURL(new RegExp(`/inbox/${guest.id}$`));
  await expect(nora.assignee.locator("option:checked")).toHaveText(nameOf("omar"));
  for (const team of [nora, omar]) await expect(team.notes.filter({ hasText: why })).toHaveCount(1);
});
