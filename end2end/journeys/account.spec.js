// The own account: name, password, other browsers.
import { AxeBuilder } from "@axe-core/playwright";
import { CAST, PASSWORD } from "../support/cast.js";
import { Account } from "../support/browserless.js";
import { keep } from "../support/cookie.js";
import { alive } from "../support/line.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });
const FRESH = "five calm grey pigeons";

test("name, password and other browsers are looked after from the menu", async ({ visit, house }) => {
  const page = await visit({ as: "nora", path: "/inbox", expected: [/^answer: 422 \/account/] });
  await alive(page);
  await page.getByLabel("You and this page").click();
  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.getByLabel("Name, as others see it").fill("Nora F. Field");
  await page.locator("form", { hasText: "Name, as others see it" }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();

  const other = await Account.logIn(house.url, CAST.nora.email, PASSWORD);
  const tablet = await visit({ expected: [/^answer: 401 /] });
  await keep(tablet.context(), other.cookie);
  await tablet.goto("/inbox");
  await alive(tablet);
  await page.reload();
  await expect(page.getByText("This browser")).toHaveCount(1);

  await page.getByLabel("Your password until now").fill("four calm grey herons");
  await page.getByLabel("New password").fill(FRESH);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByLabel("Your password until now")).toHaveAccessibleDescription("This is not your password.");
  await page.getByLabel("Your password until now").fill(PASSWORD);
  await page.getByLabel("New password").fill(FRESH);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await expect(tablet).toHaveURL(/\/login/);
  await tablet.getByLabel("E-mail address").fill(CAST.nora.email);
  await tablet.getByLabel("Password").fill(FRESH);
  await tablet.getByRole("button", { name: "Log in" }).click();
  await expect(tablet).toHaveURL(/\/inbox/);

  await page.reload();
  await page.getByRole("button", { name: "Log out everywhere else" }).click();
  await expect(page.getByText("Signed out everywhere else.")).toBeVisible();
  await expect(tablet).toHaveURL(/\/login/);
});
