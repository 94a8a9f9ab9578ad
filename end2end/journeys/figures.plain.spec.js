// Without JavaScript: what was asked, answered and closed is told by the figures, and in their files.
import { marker } from "../support/cast.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

test("a conversation that was answered and closed is told by the figures", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Fig Ure", subject: "Figures", body: marker("Count me") });
  const nora = await house.account("nora");
  await nora.reply(guest.id, marker("Counted"));
  await nora.call("thread/status", { thread: guest.id, status: "closed" });

  const page = await visit({ as: "nora", path: "/inbox" });
  await page.getByRole("link", { name: "Figures", exact: true }).click();
  await expect(page).toHaveURL(/\/figures$/);
  await page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "7 days" }).click();
  await expect(page).toHaveURL(/days=7$/);
  await expect(page.getByRole("img", { name: /^New: at most 1, on / })).toBeVisible();
  const days = page.getByRole("table", { name: "By day" });
  await expect(days.getByRole("row")).toHaveCount(8);
  // New, reopened, closed, backlog, replies.
  const today = days.getByRole("row").nth(1).getByRole("cell");
  await expect(today.nth(0)).toHaveText("1");
  await expect(today.nth(2)).toHaveText("1");
  await expect(today.nth(3)).toHaveText("0");
  await expect(today.nth(4)).toHaveText("1");
  const people = page.getByRole("table", { name: "By person" });
  await expect(people.getByRole("row")).toHaveCount(2);

  const file = page.getByRole("link", { name: "Days as CSV" });
  const answer = await page.request.get(await file.getAttribute("href"));
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-disposition"]).toBe('attachment; filename="pigeon-days-7.csv"');
  const lines = (await answer.text()).trim().split("\r\n");
  expect(lines).toHaveLength(8);
  expect(lines[0]).toMatch(/^"day","opened","reopened","closed","backlog","replies",/);
  expect(lines[7]).toMatch(/^"\d{4}-\d\d-\d\d",1,0,1,0,1,1,/);
});
