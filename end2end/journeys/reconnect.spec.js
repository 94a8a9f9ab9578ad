// The server dies and comes back: pages that stayed open end with everything, once and in order.
import { marker } from "../support/cast.js";
import { alive, keepsPage } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

/** What a page may say of a server that is not there. */
const GONE = [/^console: .*(ERR_CONNECTION|WebSocket connection to)/];
const AWAY = 100;
const BACK = 20;

const numbered = (word, from, count) =>
  Array.from({ length: count }, (_, at) => `${word} ${String(from + at).padStart(3, "0")}`);

/** The texts with `word` in the order in which a page shows them. */
async function shown(entries, word) {
  const texts = await entries.filter({ hasText: word }).allInnerTexts();
  return texts.map((text) => text.match(new RegExp(`${word} \\d+`))[0]);
}

test("a page of the team that was cut off ends with every message once, without a reload", async ({
  visit,
  house,
}) => {
  test.slow();
  const word = marker("Line");
  const guest = await house.guest({ name: "Max Talker", body: `${word} 000` });
  const others = [];
  for (const name of ["Ann Second", "Ben Third"]) {
    others.push(await house.guest({ name, body: marker("Quiet so far") }));
  }
  const page = await visit({ as: "nora", expected: GONE });
  const nora = teamPage(page);
  await nora.open(`/inbox/${guest.id}`);
  const kept = await keepsPage(page);
  const draft = marker("Half a sentence");
  await nora.composer.fill(draft);

  const { pigeon } = house;
  const port = pigeon.port;
  await pigeon.kill();
  await expect(page.getByRole("status").filter({ hasText: "Reconnecting" })).toBeVisible();

  // Behind another door, where the page cannot find it.
  const elsewhere = await pigeon.start(house.flags);
  const missed = numbered(word, 1, AWAY);
  for (const body of missed) await guest.reply(body, elsewhere);
  for (const other of others) await other.reply(`${word} other`, elsewhere);
  await pigeon.kill();

  // At its own door again, while the talk goes on.
  const url = await pigeon.start(house.flags, port);
  const live = numbered(word, AWAY + 1, BACK);
  for (const body of live) await guest.reply(body, url);

  const entries = nora.conversation.locator(".message");
  const all = [`${word} 000`, ...missed, ...live];
  await expect(entries.filter({ hasText: all.at(-1) })).toBeVisible({ timeout: 40_000 });
  await expect.poll(() => shown(entries, word)).toEqual(all);
  await expect(page.getByRole("status").filter({ hasText: "Reconnecting" })).toHaveCount(0);
  for (const name of ["Ann Second", "Ben Third"]) {
    await expect(nora.row(name)).toContainText(`${word} other`);
  }
  await expect(nora.composer).toHaveValue(draft);
  await kept.check();

  await page.reload();
  await alive(page);
  await expect(entries.filter({ hasText: all.at(-1) })).toBeVisible();
});

test("a guest's page that was cut off ends with every answer once, without a reload", async ({
  visit,
  house,
}) => {
  test.slow();
  const word = marker("Answer");
  const guest = await house.guest({ name: "Wim Patient", body: marker("I can wait") });
  const page = await visit({ guest, path: `/c/${guest.id}`, expected: GONE });
  await alive(page);
  const kept = await keepsPage(page);
  const screen = guestPage(page);
  const draft = marker("One more thing");
  await screen.composer.fill(draft);
  const nora = await house.account("nora");

  const { pigeon } = house;
  const port = pigeon.port;
  await pigeon.kill();
  await expect(page.getByText("No connection.")).toBeVisible();

  const elsewhere = await pigeon.start(house.flags);
  const missed = numbered(word, 1, AWAY);
  for (const body of missed) await nora.reply(guest.id, body, null, elsewhere);
  await pigeon.kill();

  const url = await pigeon.start(house.flags, port);
  const live = numbered(word, AWAY + 1, BACK);
  for (const body of live) await nora.reply(guest.id, body, null, url);

  const all = [...missed, ...live];
  await expect(screen.entries.filter({ hasText: all.at(-1) })).toBeVisible({ timeout: 40_000 });
  await expect.poll(() => shown(screen.entries, word)).toEqual(all);
  await expect(page.getByText("No connection.")).toHaveCount(0);
  await expect(screen.composer).toHaveValue(draft);
  await kept.check();
});

test("a reply that is sent while the server is away waits, and arrives once", async ({
  visit,
  house,
}) => {
  const guest = await house.guest({ name: "Ole Brave", body: marker("Hello") });
  const page = await visit({ guest, path: `/c/${guest.id}`, expected: GONE });
  await alive(page);
  const screen = guestPage(page);
  const { pigeon } = house;
  const port = pigeon.port;
  await pigeon.kill();
  const text = marker("Into the dark");
  await screen.reply(text);
  await expect(page.getByText("Not sent.")).toBeVisible();
  await pigeon.start(house.flags, port);
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(screen.entries.filter({ hasText: text })).toHaveCount(1);
  await page.reload();
  await expect(screen.entries.filter({ hasText: text })).toHaveCount(1);
});
