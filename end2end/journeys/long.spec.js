// Long conversations: opened where their reader stopped, and loaded both ways as they are read.
import { alive } from "../support/line.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "vera"] });

async function longOne(house, count) {
  const guest = await house.guest({ name: "Long Talk", body: "It began long ago." });
  const nora = await house.account("nora");
  for (let n = 2; n <= count; n += 1) await nora.reply(guest.id, `number ${n}`);
  return guest;
}

const said = (page) => page.locator(".talk .message .bubble").evaluateAll((all) =>
  all.map((one) => Number(/number (\d+)$/.exec(one.innerText.trim())?.[1] ?? 1)),
);

test("older messages come as their reader scrolls up, and nothing moves", async ({ visit, house }) => {
  const guest = await longOne(house, 150);
  const page = await visit({ as: "nora", path: `/inbox/${guest.id}` });
  await alive(page);
  const talk = page.locator(".talk");
  await expect(talk.getByText("number 150", { exact: true })).toBeInViewport();
  await expect(talk.getByText("number 50", { exact: true })).toHaveCount(0);
  const first = talk.locator(".message").first();
  const mark = await first.getAttribute("id");
  await first.scrollIntoViewIfNeeded();
  await expect(talk.getByText("number 50", { exact: true })).toHaveCount(1);
  await expect(talk.locator(`#${mark}`)).toBeInViewport();
  await talk.evaluate((one) => one.scrollTo(0, 0));
  await expect(talk.getByText("It began long ago.")).toHaveCount(1);
  await expect(talk.getByRole("link", { name: "Show earlier messages" })).toHaveCount(0);
  const numbers = await said(page);
  expect(numbers).toEqual(Array.from({ length: 150 }, (_, n) => n + 1));
});

test("a long conversation opens at what its reader has not read", async ({ visit, house }) => {
  const guest = await longOne(house, 120);
  const vera = await house.account("vera");
  const [entries] = await vera.call("thread/before", { thread: guest.id, place: 10_000 });
  const { place } = entries.find(({ content }) => content.body === "number 30");
  await vera.call("thread/seen", { thread: guest.id, upto: place });
  const page = await visit({ as: "vera", path: `/inbox/${guest.id}` });
  await alive(page);
  const talk = page.locator(".talk");
  await expect(page.locator("#new")).toBeInViewport();
  await expect(talk.getByText("number 31", { exact: true })).toBeInViewport();
  await expect(talk.getByText("number 120", { exact: true })).toHaveCount(0);
  await talk.getByRole("link", { name: "Go to the newest" }).click();
  await expect(talk.getByText("number 120", { exact: true })).toBeInViewport();
});
