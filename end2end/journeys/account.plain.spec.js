// Without JavaScript: an account made by oneself, a forgotten password, a change of address taken back.
import { CAST, PASSWORD } from "../support/cast.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["olga", "nora", "vera"] });
const FRESH = "five calm grey herons";

/** Follows the link about an account in the mail to `address` with this number. */
async function follow(page, house, address, number = 1) {
  const { link } = await house.relay.mailTo(address, number);
  await page.goto(link);
  await expect(page).toHaveURL(/\/confirm$/);
}

test("somebody makes an account for their own address", async ({ visit, house }) => {
  const olga = await visit({ as: "olga", path: "/settings" });
  await olga.getByLabel("Anybody may make an account").check();
  await olga.getByRole("button", { name: "Save" }).first().click();

  const page = await visit({ path: "/login" });
  await page.getByRole("link", { name: "Make an account" }).click();
  await page.getByLabel("E-mail address").fill("ina@example.net");
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.getByRole("heading", { name: "Please look into your mailbox" })).toBeVisible();
  await follow(page, house, "ina@example.net");
  await page.getByLabel("Name, as others see it").fill("Ina");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page).toHaveURL(/\/threads$/);
  await page.goto("/account");
  await expect(page.getByRole("main").getByText("ina@example.net").first()).toBeVisible();
});

test("a forgotten password is set anew by mail", async ({ visit, house }) => {
  const page = await visit({ path: "/login" });
  await page.getByRole("link", { name: "Forgotten your password?" }).click();
  await page.getByLabel("E-mail address").fill(CAST.nora.email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await follow(page, house, CAST.nora.email);
  await page.getByLabel("Password").fill(FRESH);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page).toHaveURL(/\/inbox/);
});

test("an account moves, and its old address takes it back", async ({ visit, house }) => {
  const page = await visit({ as: "vera", path: "/account" });
  await page.getByLabel("New e-mail address").fill("vera@example.net");
  await page.getByLabel("Your password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Send the link" }).click();
  await follow(page, house, "vera@example.net");
  await page.getByRole("button", { name: "Move my account" }).click();
  await expect(page.getByText("Your account has moved.")).toBeVisible();

  const owner = await visit({ path: "/login" });
  await follow(owner, house, CAST.vera.email);
  await owner.getByLabel("Password").fill(FRESH);
  await owner.getByRole("button", { name: "Take my account back" }).click();
  await expect(owner).toHaveURL(/\/inbox/);
  await page.reload();
  await expect(page).toHaveURL(/\/login/);
});
