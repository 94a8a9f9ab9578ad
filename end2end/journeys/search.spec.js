// Searching: from the rail to a hit, and on to its conversation.
import { AxeBuilder } from "@axe-core/playwright";
import { marker } from "../support/cast.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

test("what a guest wrote is found without its accents, and leads to the conversation", async ({ visit, house }) => {
  const body = marker("The crème brûlée never arrived");
  await house.guest({ name: "Search Me", body });
  const page = await visit({ as: "nora", path: "/inbox" });
  await page.getByRole("link", { name: "Search", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Search" })).toBeVisible();
  await page.getByLabel("Words, names, addresses").fill("BRULEE creme");
  await page.getByRole("button", { name: "Search" }).click();
  const hits = page.getByRole("main").getByRole("listitem");
  await expect(hits).toHaveCount(1);
  await expect(hits.locator("mark")).toHaveText(["crème", "brûlée"]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await hits.getByRole("link").click();
  await expect(page).toHaveURL(/\/inbox\//);
  await expect(page.getByText(body).last()).toBeVisible();
});
