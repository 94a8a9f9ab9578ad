// The team's plain pages: forms by the server, and a rail that lives.
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["vera", "olga"] });

test("the rail of a plain page counts live, in the tab's title too, and leads on", async ({ visit, house }) => {
  const page = await visit({ as: "olga", path: "/inbox" });
  await page.getByRole("link", { name: "Administration" }).click();
  await expect(page).toHaveURL(/\/settings$/);
  await page.getByRole("link", { name: "Contact form" }).click();
  await expect(page.getByRole("heading", { name: "Contact form" })).toBeVisible();
  await alive(page);
  await expect(page.getByRole("link", { name: "Administration" })).toHaveAttribute("aria-current", "page");
  await expect(page).toHaveTitle("Contact form");
  await house.guest({ name: "Live Count", body: marker("While the settings are open") });
  await expect(teamPage(page).badge(1)).toBeVisible();
  await expect(page).toHaveTitle("(1) Contact form");

  await page.getByLabel("You and this page").click();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { name: "Kontaktformular" })).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/form$/);
  await page.getByRole("link", { name: /^Posteingang/ }).click();
  await expect(page).toHaveURL(/\/inbox$/);
});

test("whoever may administrate nothing sees no way there, and is told why not", async ({ visit }) => {
  const page = await visit({ as: "vera", path: "/inbox", expected: [/^answer: 403 \/settings\/form/] });
  await expect(page.getByRole("link", { name: /^Inbox/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
  await page.goto("/settings/form");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("HTML of the contact form")).toHaveCount(0);
});
