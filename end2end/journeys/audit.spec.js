// The audit log: acts in words, filtered, with ways to the conversations.
import { AxeBuilder } from "@axe-core/playwright";
import { marker } from "../support/cast.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["olga", "nora"] });

test("acts are found by person, act and day, and lead to their conversation", async ({ visit, house }) => {
  const body = marker("Nobody reads this in a log");
  const guest = await house.guest({ name: "Logged Guest", subject: "Kettle", body });
  const nora = await house.account("nora");
  const { id } = await nora.call("session/me", {});
  await nora.call("thread/assign", { thread: guest.id, from: null, to: id });
  await nora.call("thread/status", { thread: guest.id, status: "closed" });

  const page = await visit({ as: "olga", path: "/settings/form" });
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("heading", { name: "Audit log" })).toBeVisible();
  const lines = page.getByRole("list", { name: "Acts, newest first" }).getByRole("listitem");
  await expect(lines.filter({ hasText: `${nameOf("nora")} set the status to “closed”` })).toHaveCount(1);
  await expect(page.getByText(body)).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  await page.getByLabel("Person").selectOption(nameOf("nora"));
  await page.getByLabel("Act", { exact: true }).selectOption("Conversation assigned");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(lines).toHaveText([new RegExp(`${nameOf("nora")} took a conversation in Kettle`)]);
  await expect(page.getByLabel("Person")).toHaveValue(id.replaceAll("-", ""));
  await page.getByLabel("Until").fill("2020-01-31");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByText("Nothing is in the log for this filter.")).toBeVisible();
  await page.goBack();
  await lines.getByRole("link", { name: "Kettle" }).click();
  await expect(page).toHaveURL(new RegExp(`/inbox/${guest.id}$`));

  await page.goto("/audit");
  await page.getByLabel("You and this page").click();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { name: "Protokoll" })).toBeVisible();
  const german = page.getByRole("main").getByRole("listitem");
  await expect(german.filter({ hasText: `${nameOf("nora")} hat ein Gespräch übernommen` })).toHaveCount(1);
});

test("whoever manages neither people nor settings sees no log", async ({ visit }) => {
  const page = await visit({ as: "nora", path: "/audit", expected: [/^answer: 403 \/audit/] });
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("list", { name: "Acts, newest first" })).toHaveCount(0);
});
