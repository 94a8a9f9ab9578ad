// Inviting, joining and the own account without JavaScript.
import { PASSWORD, freshAddress } from "../support/cast.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["olga", "omar"] });

test("somebody is invited, joins, changes their account and is deactivated", async ({ visit, house }) => {
  const email = freshAddress("plain");
  const olga = await visit({ as: "olga", path: "/people" });
  await olga.getByText("Invite somebody").click();
  await olga.getByLabel("E-mail address").fill(email);
  await olga.getByLabel("Role").first().selectOption("Viewer");
  await olga.getByRole("button", { name: "Send the invitation", exact: true }).click();
  await expect(olga.getByText("Invited. The mail is on its way.")).toBeVisible();

  const { link } = await house.relay.mailTo(email);
  const page = await visit({ path: link });
  await page.getByLabel("Name, as others see it").fill("Plain Paul");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page).toHaveURL(/\/inbox$/);
  await page.getByLabel("You and this page").click();
  await page.getByRole("link", { name: "Your account" }).click();
  await page.getByLabel("Name, as others see it").fill("Plain Paula");
  await page.locator("form", { hasText: "Name, as others see it" }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Name, as others see it")).toHaveValue("Plain Paula");

  await olga.goto("/people?q=paula");
  await olga.getByRole("link", { name: "Plain Paula" }).click();
  await olga.getByText("Deactivate…").click();
  await olga.getByRole("button", { name: "Deactivate Plain Paula" }).click();
  await expect(olga.getByText("The account is deactivated.")).toBeVisible();
  await page.goto("/account");
  await expect(page).toHaveURL(/\/login/);
});

test("a role and the log are read and written without a script", async ({ visit }) => {
  const olga = await visit({ as: "olga", path: "/roles" });
  await olga.getByLabel("Name of the role").fill("Night desk");
  await olga.getByLabel("Read the inbox").check();
  await olga.getByRole("button", { name: "Make the role" }).click();
  await expect(olga.getByRole("heading", { name: "Night desk" })).toBeVisible();
  await olga.goto("/audit");
  await olga.getByLabel("Act", { exact: true }).selectOption("Role made");
  await olga.getByRole("button", { name: "Filter" }).click();
  await expect(olga.getByRole("list", { name: "Acts, newest first" }).getByRole("listitem")).toHaveText([
    new RegExp(`${nameOf("olga")} made the role Night desk: Read the inbox`),
  ]);
});
