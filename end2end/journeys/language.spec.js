// Everybody reads their own language and colours, and may choose others.
import { marker } from "../support/cast.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

test("the browser's language is the page's, until the guest chooses another", async ({ visit }) => {
  const page = await visit({ locale: "de-AT", path: "/contact" });
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("heading", { name: "Schreiben Sie uns" })).toBeVisible();

  await page.getByRole("button", { name: "English" }).click();
  await expect(page).toHaveURL(/\/contact$/);
  await expect(page.getByRole("heading", { name: "Write to us" })).toBeVisible();

  const french = await visit({ locale: "fr-FR", path: "/contact" });
  await expect(french.getByRole("heading", { name: "Write to us" })).toBeVisible();
});

test("a guest who reads German gets German mails and a German conversation", async ({
  visit,
  house,
}) => {
  const guest = await house.guest({ name: "Uta", body: marker("Guten Tag"), language: "de" });
  const { subject, text } = await house.relay.mailTo(guest.email);
  expect(subject).toMatch(/^Ihre Nachricht/);
  expect(text).toContain("Guten Tag,");
  const page = await visit({ locale: "de-DE", guest, path: `/c/${guest.id}` });
  await expect(page.getByText("Wir kümmern uns darum.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Ihre Nachricht" })).toBeVisible();
});

test("the team's pages speak German and come back to where they were", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Ria", body: marker("Hallo") });
  const page = await visit({ as: "nora", path: `/inbox/${guest.id}` });
  await page.getByLabel("You and this page").click();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page).toHaveURL(`${house.url}/inbox/${guest.id}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("article", { name: "Gespräch" }).getByText(guest.body)).toBeVisible();
});

test("the colours follow the system until somebody chooses", async ({ visit }) => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await visit({ colorScheme: "dark", path: "/login" });
  const light = await visit({ colorScheme: "light", path: "/login" });
  const [darkGround, lightGround] = [await ground(dark), await ground(light)];
  expect(darkGround).not.toBe(lightGround);

  await light.getByRole("button", { name: "Dark" }).click();
  await expect(light.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await ground(light)).toBe(darkGround);
  await expect(light.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");

  await dark.getByRole("button", { name: "Light" }).click();
  expect(await ground(dark)).toBe(lightGround);
});
