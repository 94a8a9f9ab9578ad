// Without JavaScript: a token is made, shown once, used by a program, and revoked.
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

test("a program gets a token, and loses it", async ({ visit, house }) => {
  const page = await visit({ as: "nora", path: "/account" });
  await page.getByRole("link", { name: "Tokens for programs" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Nightly report");
  await page.getByRole("button", { name: "Make the token" }).click();
  const token = await page.getByRole("status").locator("pre").textContent();
  expect(token).toMatch(/^pgn_[\w-]{43}$/);

  const ask = () => fetch(`${house.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  const known = await ask();
  expect(known.status).toBe(200);
  expect(await known.json()).toMatchObject({ scopes: ["read"], permissions: ["access_inbox"] });

  await page.goto("/account/tokens");
  await expect(page.getByText(token)).toHaveCount(0);
  await page.getByRole("button", { name: "Revoke Nightly report" }).click();
  await expect(page.getByText("The token is revoked.")).toBeVisible();
  expect((await ask()).status).toBe(401);

  await page.getByRole("link", { name: "What the API can do" }).click();
  await expect(page.getByRole("heading", { name: "The API" })).toBeVisible();
});
