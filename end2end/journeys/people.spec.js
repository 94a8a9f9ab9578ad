// People: invited by mail, accepted in another browser, deactivated while their inbox is open.
import { AxeBuilder } from "@axe-core/playwright";
import { PASSWORD, freshAddress, marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["olga", "nora", "omar", "vera"] });

async function expectNoViolations(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

async function invite(page, email, role) {
  await page.getByText("Invite somebody").click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Role").first().selectOption(role);
  await page.getByRole("button", { name: "Send the invitation", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Invited." })).toBeVisible();
}

test("an invitation comes by mail, is accepted in another browser, and leads into the inbox", async ({ visit, house }) => {
  const email = freshAddress("ina");
  const olga = await visit({ as: "olga", path: "/inbox" });
  await olga.getByRole("link", { name: "Administration" }).click();
  await olga.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "People" }).click();
  await expect(olga.getByRole("heading", { name: "People", exact: true })).toBeVisible();
  await expectNoViolations(olga);
  await invite(olga, email, "Agent");
  const row = olga.getByRole("listitem").filter({ hasText: email });
  await expect(row).toContainText("Agent");

  const { link } = await house.relay.mailTo(email);
  await expect(async () => {
    await olga.reload();
    await expect(row).toContainText("Mailed", { timeout: 200 });
  }).toPass();
  const ina = await visit({ path: link, expected: [/^answer: 422 \/invite/] });
  await expect(ina).toHaveURL(`${house.url}/invite`);
  await expect(ina.getByText(`${nameOf("olga")} invites you`)).toBeVisible();
  await expectNoViolations(ina);
  await ina.getByLabel("Name, as others see it").fill("Ina Fresh");
  await ina.getByLabel("Password").fill("short");
  await ina.getByRole("button", { name: "Make the account" }).click();
  await expect(ina.getByLabel("Password")).toHaveAccessibleDescription(/At least 10 characters/);
  await expect(ina.getByLabel("Name, as others see it")).toHaveValue("Ina Fresh");
  await ina.getByLabel("Password").fill(PASSWORD);
  await ina.getByRole("button", { name: "Make the account" }).click();
  await expect(ina).toHaveURL(/\/inbox$/);
  await alive(ina);

  const late = await visit({ expected: [/^answer: 404 \/invite/] });
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This invitation does not work" })).toBeVisible();
  await expectNoViolations(late);
  await olga.goto("/people?q=ina");
  await expect(olga.getByRole("link", { name: "Ina Fresh" })).toBeVisible();
  await expect(olga.getByRole("heading", { name: "Pending invitations" })).toHaveCount(0);
});

test("what the mail server refuses stands beside the invitation", async ({ visit, house }) => {
  const email = freshAddress("nobody");
  house.relay.refuse(email, 550);
  const page = await visit({ as: "olga", path: "/people" });
  await invite(page, email, "Viewer");
  const row = page.getByRole("listitem").filter({ hasText: email });
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText("Mail could not be delivered", { timeout: 200 });
  }).toPass();
  await expect(row).toContainText("No such mailbox here");
  await row.getByRole("button", { name: "Take the invitation" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: email })).toHaveCount(0);
});

test("whoever is deactivated while their inbox is open is signed out within a second", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Held Back", body: marker("Who looks after me") });
  const nora = await house.account("nora");
  const { id } = await nora.call("session/me", {});
  await nora.call("thread/assign", { thread: guest.id, from: null, to: id });
  const open = await visit({ as: "nora", path: "/inbox", expected: [/^answer: 401 /] });
  await alive(open);

  const olga = await visit({ as: "olga", path: "/people" });
  await olga.getByRole("link", { name: nameOf("nora") }).click();
  await expect(olga.getByText("1 conversation is assigned to them.")).toBeVisible();
  await expectNoViolations(olga);
  await olga.getByText("Deactivate…").click();
  await expect(olga.getByLabel("Make the 1 conversation")).toBeChecked();
  await olga.getByRole("button", { name: `Deactivate ${nameOf("nora")}` }).click();
  const began = Date.now();
  await expect(open).toHaveURL(/\/login/, { timeout: 5_000 });
  const took = Date.now() - began;
  await expect(olga.getByText("The account is deactivated.")).toBeVisible();
  expect(took).toBeLessThan(3_000);
  await expect(olga.getByText("No conversation is assigned to them.")).toBeVisible();

  await olga.getByRole("button", { name: "Reactivate" }).click();
  await expect(olga.getByText("The account is active again.")).toBeVisible();
});

test("the last owner is told before trying, and an agent finds no way here", async ({ visit }) => {
  const olga = await visit({ as: "olga", path: "/people" });
  await olga.getByRole("link", { name: nameOf("olga") }).click();
  await expect(olga.getByText("This is the last owner who can sign in")).toBeVisible();
  await expect(olga.getByText("Deactivate…")).toHaveCount(0);
  await expect(olga.getByRole("button", { name: "Change role" })).toHaveCount(0);

  const omar = await visit({ as: "omar", path: "/people", expected: [/^answer: 403 \/people/] });
  await expect(omar.getByRole("alert")).toBeVisible();
  await expect(omar.getByText(nameOf("olga"))).toHaveCount(0);
});
