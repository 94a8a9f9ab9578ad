// A list with its filters is saved under a name, for oneself or the team, and found beside the views.
import { alive } from "../support/line.js";
import { marker } from "../support/cast.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

const views = (page) => page.getByRole("navigation", { name: "Views" });

test("a view is saved for the team, counted, opened by a colleague and deleted", async ({
  visit,
  house,
}) => {
  const name = marker("Files");
  const page = await visit({ as: "nora", path: "/inbox?view=open&file=1" });
  await alive(page);
  await page.getByRole("link", { name: "Save this view…" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("For the whole team").check();
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByText("Saved. It stands beside")).toBeVisible();

  const omar = await visit({ as: "omar", path: "/inbox" });
  await alive(omar);
  const fresh = marker("Fresh");
  await page.goto("/views?view=pending");
  await page.getByLabel("Name", { exact: true }).fill(fresh);
  await page.getByRole("button", { name: "Save view" }).click();
  await page.goto("/inbox");
  await alive(page);
  const counted = views(page).getByRole("link", { name: fresh });
  await house.guest({ name: "Cora Count", body: marker("One") });
  await expect(counted.getByTitle("Conversations in this view")).toHaveText("1");
  await house.guest({ name: "Carl Count", body: marker("Two") });
  await expect(counted.getByTitle("Conversations in this view")).toHaveText("2");
  await views(omar).getByRole("link", { name }).click();
  await expect(omar).toHaveURL(/view=open&file=1$/);
  await expect(views(omar).getByRole("link", { name })).toHaveAttribute("aria-current", "page");

  await page.goto("/views");
  await page.getByRole("button", { name: `Delete “${name}”` }).click();
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});
