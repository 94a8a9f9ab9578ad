// The first day: the owner is made in the browser, and everybody gets what their role allows.
import { CAST, PASSWORD, marker } from "../support/cast.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["nora", "vera", "uma"] });

async function logIn(page, email, password) {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

test("the link that the first start prints makes the owner, once", async ({ visit, house }) => {
  const link = await house.pigeon.setUpLink();
  const page = await visit({ path: link, expected: [/^answer: 422 \/setup\//] });
  await page.getByLabel("Name, as others see it").fill(CAST.olga.name);
  await page.getByLabel("E-mail address").fill(CAST.olga.email);
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create the owner" }).click();
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/At least 10 characters/);
  await expect(page.getByLabel("E-mail address")).toHaveValue(CAST.olga.email);

  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create the owner" }).click();
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(page.getByText("No conversations yet.")).toBeVisible();

  const late = await visit({ expected: [/^answer: 404 \/setup\//] });
  await late.goto(link);
  await expect(late.getByText("This link has been used already")).toBeVisible();
  await expect(late.getByLabel("Password")).toHaveCount(0);
});

test("a wrong password is told, the right one opens, and logging out closes", async ({ visit }) => {
  const page = await visit({ path: "/login", expected: [/^answer: 401 \/login/] });
  await logIn(page, CAST.nora.email, "four calm grey herons");
  await expect(page.getByRole("alert")).toHaveText("This address and password do not belong together.");
  await expect(page.getByLabel("E-mail address")).toHaveValue(CAST.nora.email);
  await expect(page.getByLabel("Password")).toHaveValue("");

  await logIn(page, CAST.nora.email, PASSWORD);
  await expect(page).toHaveURL(/\/inbox$/);
  await page.getByLabel("You and this page").click();
  await expect(page.getByText(`Signed in as ${nameOf("nora")}`)).toBeVisible();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto("/inbox");
  await expect(page).toHaveURL(/\/login\?next=/);
});

test("nobody learns whether an account exists", async ({ visit }) => {
  const told = [];
  for (const email of [CAST.vera.email, "nobody@team.example"]) {
    const page = await visit({ path: "/login", expected: [/^answer: 401 \/login/] });
    await logIn(page, email, "four calm grey herons");
    told.push(await page.getByRole("alert").textContent());
  }
  expect(told[0]).toBe(told[1]);
});

test("who asked for a conversation gets there after logging in", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Lea Rask", body: marker("Are you there") });
  const page = await visit({ path: `/inbox/${guest.id}` });
  await expect(page).toHaveURL(/\/login\?next=/);
  await logIn(page, CAST.nora.email, PASSWORD);
  await expect(page).toHaveURL(`${house.url}/inbox/${guest.id}`);
  await expect(teamPage(page).conversation.getByText(guest.body)).toBeVisible();
});

test("a viewer reads everything and changes nothing", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Rolf Ek", body: marker("Only reading") });
  const page = await visit({ as: "vera" });
  const vera = teamPage(page);
  await vera.open(`/inbox/${guest.id}`);
  await expect(vera.conversation.getByText(guest.body)).toBeVisible();
  await expect(vera.conversation.getByText("you need a role that manages threads")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(vera.status).toHaveCount(0);
  await expect(vera.assignee).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Take|Revoke/ })).toHaveCount(0);
});

test("who has no role sees no inbox, and learns who can change that", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Siri Vik", body: marker("For the team") });
  const expected = [/^answer: 403 \/(inbox|dashboard|ui)/, /^answer: 404 \/(inbox|ui)/];
  for (const path of ["/inbox", "/dashboard", `/inbox/${guest.id}`]) {
    const page = await visit({ as: "uma", path, expected });
    const advice = page.getByText("Ask an owner or admin of this Pigeon for a role that may");
    await expect(advice.first()).toBeVisible();
    await expect(page.getByText(guest.body)).toHaveCount(0);
    await expect(page.getByText("Siri Vik")).toHaveCount(0);
  }
});
