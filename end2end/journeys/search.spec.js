// Searching: from the rail to a hit, and on to its conversation.
import { AxeBuilder } from "@axe-core/playwright";
import { marker } from "../support/cast.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

test("what a guest wrote is found without its accents, and leads to the conversation", async ({ visit, house }) => {
  const body = marker("The crème brûlée never arrived");
  await house.guest({ name: "Search Me", body });
  const page = await visit({ as: "nora", path: "/inbox" });
  await page.getByRole("link", { name: "Search", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Search" })).toBeVisible();
  await page.getByLabel("Words, names, addresses").fill("BRULEE creme");
  await page.getByRole("button", { name: "Search" }).click();
  const hits = page.getByRole("main").getByRole("listitem");
  await expect(hits).toHaveCount(1);
  await expect(hits.locator("mark")).toHaveText(["crème", "brûlée"]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await hits.getByRole("link").click();
  await expect(page).toHaveURL(/\/inbox\//);
  await expect(page.getByText(body).last()).toBeVisible();
});

test("a hit in a long conversation opens it around itself, with ways up, down and to the end", async ({
  visit,
  house,
}) => {
  const guest = await house.guest({ name: "Long Talk", body: "It began long ago." });
  const nora = await house.account("nora");
  const word = marker("needle");
  for (let n = 2; n <= 260; n += 1) {
    await nora.reply(guest.id, n === 40 ? `number 40, ${word}` : `number ${n}`);
  }
  const page = await visit({ as: "nora", path: `/search?q="${word}"` });
  await page.getByRole("main").getByRole("listitem").getByRole("link").click();
  await expect(page).toHaveURL(/\?at=(\d+)#e\1$/);
  const talk = page.locator(".talk");
  await expect(talk.getByText(word)).toBeInViewport();
  await expect(talk.getByText("number 260", { exact: true })).toHaveCount(0);
  await expect(talk.getByText("number 21", { exact: true })).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  const last = await talk.locator(".message").last().getAttribute("id");
  await talk.getByRole("link", { name: "Show later messages" }).click();
  await expect(talk.getByText("number 130", { exact: true })).toHaveCount(1);
  await expect(talk.locator(`#${last}`)).toBeInViewport();
  await talk.getByRole("link", { name: "Go to the newest" }).click();
  await expect(talk.getByText("number 260", { exact: true })).toBeInViewport();
  await expect(talk.getByRole("link", { name: "Show later messages" })).toHaveCount(0);
  await expect(talk.getByRole("link", { name: "Show earlier messages" })).toHaveCount(1);
});

test("whoever writes below old messages goes on at the end", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Old Talk", body: "The very first." });
  const nora = await house.account("nora");
  for (let n = 2; n <= 130; n += 1) await nora.reply(guest.id, `answer ${n}`);
  const page = await visit({ as: "nora", path: `/inbox/${guest.id}?at=3#e3` });
  const talk = page.locator(".talk");
  await expect(talk.getByText("answer 3", { exact: true })).toBeInViewport();
  const text = marker("A late word");
  await page.getByRole("textbox", { name: "Write a reply" }).fill(text);
  await page.keyboard.press("Control+Enter");
  await expect(talk.getByText(text)).toBeInViewport();
  await expect(talk.getByText("answer 130", { exact: true })).toHaveCount(1);
});
