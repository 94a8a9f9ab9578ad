// Roles: made, given, changed under an open page, and deleted with a move.
import { AxeBuilder } from "@axe-core/playwright";
import { alive } from "../support/line.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["olga", "vera", "omar"] });

async function expectNoViolations(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test("a custom role is made, given, widened under an open page, and deleted with a move", async ({ visit, house }) => {
  const olga = await visit({ as: "olga", path: "/roles", expected: [/^answer: 422 \/roles/] });
  await expectNoViolations(olga);
  await olga.getByLabel("Name of the role").fill("owner");
  await olga.getByLabel("Assign conversations").check();
  await olga.getByRole("button", { name: "Make the role" }).click();
  await expect(olga.getByLabel("Name of the role")).toHaveAccessibleDescription("Somebody has this already.");
  await expect(olga.getByLabel("Assign conversations")).toBeChecked();
  await olga.getByLabel("Assign conversations").uncheck();
  await olga.getByLabel("Read the inbox").check();
  await olga.getByLabel("Name of the role").fill("Night desk");
  await olga.getByRole("button", { name: "Make the role" }).click();
  const made = olga.getByRole("listitem").filter({ has: olga.getByRole("heading", { name: "Night desk" }) });
  await expect(made).toContainText("Read the inbox");

  await olga.goto("/people");
  await olga.getByRole("link", { name: nameOf("vera") }).click();
  await olga.getByLabel("What they may do").selectOption("Night desk");
  await olga.getByRole("button", { name: "Change role" }).click();
  await expect(olga.getByText("The role is changed.")).toBeVisible();

  const guest = await house.guest({ name: "Read Only", body: "May Vera answer?" });
  const page = await visit({ as: "vera", path: `/inbox/${guest.id}` });
  await alive(page);
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await olga.goto("/roles");
  await olga.getByRole("link", { name: "Change Night desk" }).click();
  await expectNoViolations(olga);
  await olga.getByLabel("Answer conversations").check();
  await olga.getByRole("button", { name: "Save", exact: true }).click();
  await expect(olga.getByText("Whoever has the role gains or loses at once.")).toBeVisible();
  await expect(teamPage(page).composer).toBeVisible();

  await olga.getByText("Delete…").click();
  await olga.getByRole("button", { name: "Delete Night desk" }).click();
  await expect(olga.getByRole("alert")).toHaveText("Somebody still has this.");
  await olga.getByText("Delete…").click();
  await olga.getByLabel("Their new role").selectOption("Viewer");
  await olga.getByRole("button", { name: "Delete Night desk" }).click();
  await expect(olga.getByText("The role is deleted.")).toBeVisible();
  await expect(teamPage(page).composer).toHaveCount(0);
});

test("the reading of others' direct conversations is told to every owner", async ({ visit, house }) => {
  const olga = await visit({ as: "olga", path: "/roles" });
  await olga.getByLabel("Name of the role").fill("Trust");
  await olga.getByLabel("Read others’ direct conversations").check();
  await olga.getByRole("button", { name: "Make the role" }).click();
  await expect(olga.getByRole("heading", { name: "Trust" })).toBeVisible();
  const { link } = await house.relay.mailTo("olga@team.example");
  await olga.goto(link);
  await expect(olga.getByRole("listitem").filter({ hasText: "let the role Trust read" })).toBeVisible();
});
