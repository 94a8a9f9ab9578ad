// The team's pages are of use before, and without, their program: to log in, read and look around.
import { CAST, PASSWORD, marker } from "../support/cast.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

test("the inbox is read, page by page, with scripts switched off", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Stig Plain", subject: "Plain", body: marker("Read me") });
  const page = await visit({ path: "/inbox" });
  await page.getByLabel("E-mail address").fill(CAST.nora.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();

  const nora = teamPage(page);
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(nora.badge(1)).toBeVisible();
  await nora.row("Stig Plain").click();
  await expect(page).toHaveURL(new RegExp(`/inbox/${guest.id}$`));
  await expect(nora.conversation.getByText(guest.body)).toBeVisible();

  await page.getByRole("link", { name: "Dashboard" }).click();
  await expect(page.getByRole("heading", { name: "1 conversation needs a reply" })).toBeVisible();

  await page.getByLabel("You and this page").click();
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByLabel("You and this page").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login/);
});

test("many who look at the same moment all get their page", async ({ house }) => {
  const { cookie } = await house.account("nora");
  const guest = await house.guest({ name: "Rush Hour", body: marker("Everybody at once") });
  const paths = ["/inbox", "/dashboard", `/inbox/${guest.id}`];
  const answers = new Map();
  const look = async (at) => {
    const answer = await fetch(house.url + paths[at % 3], { headers: { Cookie: cookie } });
    await answer.text();
    answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
  };
  for (let round = 0; round < 40; round += 1) {
    await Promise.all(Array.from({ length: 15 }, (_, at) => look(at)));
  }
  expect([...answers]).toEqual([[200, 600]]);
});
