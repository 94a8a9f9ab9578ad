// A canned reply can do something beside what it says: that is shown before it is sent, and done with it.
import { AxeBuilder } from "@axe-core/playwright";
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

test("what a canned reply does is chosen once, told before, and done with the reply", async ({ visit, house }) => {
  const [says, tag] = [marker("Solved"), `done-${Date.now().toString(36)}`];
  const page = await visit({ as: "nora", path: "/canned", expected: [/^answer: 422 /] });
  await page.getByLabel("Name").fill(says);
  await page.getByLabel("Text").fill("Dear {first_name}, it is solved.");
  await page.getByLabel("Status").selectOption({ label: "Closed" });
  await page.getByLabel("Give it to").selectOption({ label: "Whoever sends it" });
  await page.getByLabel("Add tags").fill(tag);
  await page.getByLabel("Snooze").selectOption({ label: "Until tomorrow morning" });
  await page.getByRole("button", { name: "Add canned reply" }).click();
  // What is closed does not come back by itself.
  await expect(page.getByLabel("Snooze")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Snooze").selectOption({ label: "Leave as it is" });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("button", { name: "Add canned reply" }).click();
  await expect(page.getByText(`Will also: tag ${tag}, take over, close`)).toBeVisible();

  const guest = await house.guest({ name: "Carla Conti", subject: marker("Macro"), body: "Hello?" });
  await page.goto(`/inbox/${guest.id}`);
  await alive(page);
  const nora = teamPage(page);
  const dialog = page.getByRole("dialog", { name: "Canned replies" });

  await nora.composer.focus();
  await page.keyboard.press("/");
  await expect(dialog).toBeVisible();
  expect((await new AxeBuilder({ page }).include("dialog#canned").analyze()).violations).toEqual([]);
  await dialog.getByRole("button", { name: says }).click();
  await expect(nora.composer).toHaveValue("Dear Carla, it is solved.");
  const told = page.getByRole("checkbox", { name: `Will also: tag ${tag}, take over, close` });
  await expect(told).toBeVisible();
  // A note does none of it, and it can be left out.
  await nora.noteMode.click();
  await expect(told).toBeHidden();
  await nora.replyMode.click();
  await told.uncheck();
  await nora.send.click();
  await expect(nora.conversation.getByText("it is solved.")).toHaveCount(1);
  await expect(told).toBeHidden();
  await expect(nora.status).not.toHaveValue("closed");

  // Chosen again, it is done; and in another conversation it is not there any more.
  const elsewhere = marker("Elsewhere");
  await house.guest({ name: "Otto", subject: elsewhere, body: "Hello?" });
  await nora.composer.focus();
  await page.keyboard.press("/");
  await dialog.getByRole("button", { name: says }).click();
  await expect(told).toBeChecked();
  await nora.row(elsewhere).click();
  await expect(told).toBeHidden();
  await page.goBack();
  await expect(nora.composer).toHaveValue("Dear Carla, it is solved.");
  await nora.composer.fill("");
  await nora.composer.focus();
  await page.keyboard.press("/");
  await dialog.getByRole("button", { name: says }).click();
  await nora.send.click();
  await expect(nora.conversation.getByText("it is solved.")).toHaveCount(2);
  await expect(page.getByRole("link", { name: tag, exact: true })).toBeVisible();
  await expect(nora.status).toHaveValue("closed");
  await expect(told).toBeHidden();
});

test("what a colleague has decided meanwhile stays, and the reply is sent all the same", async ({ visit, house }) => {
  const name = marker("Mine");
  const page = await visit({ as: "nora", path: "/canned", expected: [/^answer: 409 /] });
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Text").fill("I am on it.");
  await page.getByLabel("Give it to").selectOption({ label: "Whoever sends it" });
  await page.getByRole("button", { name: "Add canned reply" }).click();
  const guest = await house.guest({ name: "Carl", subject: marker("Quicker"), body: "Hello?" });
  await page.goto(`/inbox/${guest.id}`);
  await alive(page);
  const nora = teamPage(page);
  await nora.composer.focus();
  await page.keyboard.press("/");
  await page.getByRole("dialog", { name: "Canned replies" }).getByRole("button", { name }).click();
  await expect(page.getByRole("checkbox", { name: "Will also: take over" })).toBeChecked();
  const there = await visit({ as: "omar", path: `/inbox/${guest.id}` });
  await alive(there);
  await there.keyboard.press("i");
  await expect(nora.conversation.getByText("took the conversation")).toBeVisible();
  await nora.send.click();
  await page.getByRole("button", { name: "Send anyway" }).click();
  await expect(nora.conversation.getByText("I am on it.")).toHaveCount(1);
  await expect(nora.conversation.getByText("took the conversation")).toHaveCount(1);
});
