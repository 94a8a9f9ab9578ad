// What is written often is written once: canned replies are made, found by `/`, and filled in.
import { AxeBuilder } from "@axe-core/playwright";
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

test("a canned reply is written once, and put into replies by its name", async ({ visit, house }) => {
  const name = marker("Greeting");
  const page = await visit({ as: "nora", path: "/canned" });
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Text").fill("Dear {first_name},\nthank you for writing to us.");
  await page.getByLabel("For the whole team").check();
  await page.getByRole("button", { name: "Add canned reply" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  const guest = await house.guest({ name: "Carla Conti", subject: "Canned", body: "Hello?" });
  const there = await visit({ as: "omar", path: `/inbox/${guest.id}` });
  await alive(there);
  const omar = teamPage(there);
  const dialog = there.getByRole("dialog", { name: "Canned replies" });
  await omar.composer.focus();
  await there.keyboard.press("/");
  await expect(dialog).toBeVisible();
  const axe = await new AxeBuilder({ page: there }).include("dialog#canned").analyze();
  expect(axe.violations).toEqual([]);
  await there.keyboard.type(name.toLowerCase());
  await there.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(omar.composer).toHaveValue("Dear Carla,\nthank you for writing to us.");
  await expect(omar.composer).toBeFocused();

  // What is typed goes on after it; a slash elsewhere is a slash, and so is one that finds nothing.
  await there.keyboard.type(" and/or");
  await there.keyboard.press("Enter");
  await there.keyboard.press("/");
  await expect(dialog).toBeVisible();
  await there.keyboard.press("Escape");
  await there.keyboard.type("etc");
  const whole = "Dear Carla,\nthank you for writing to us. and/or\n/etc";
  await expect(omar.composer).toHaveValue(whole);
  await omar.send.click();
  await expect(omar.conversation.getByText("thank you for writing to us.")).toHaveCount(1);

  // Its author changes it; who did not write it cannot.
  await page.getByRole("link", { name: `Change “${name}”` }).click();
  await page.getByLabel("Text").fill("Hello {customer}!");
  await page.getByRole("button", { name: "Save" }).click();
  await there.getByRole("button", { name: "Canned reply" }).click();
  await dialog.getByRole("button", { name }).click();
  await expect(omar.composer).toHaveValue("Hello Carla Conti!");
  await there.goto("/canned");
  await expect(there.getByRole("heading", { name })).toBeVisible();
  await expect(there.getByRole("link", { name: `Change “${name}”` })).toHaveCount(0);
});
