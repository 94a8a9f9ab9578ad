// A network that breaks everything, a server that goes and comes, a machine that sleeps: at the end pages
// that stayed open show what pages show that were opened just now.
import { setTimeout } from "node:timers/promises";
import { marker } from "../support/cast.js";
import { alive, keepsPage } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"], far: true });

/** What a page may say of all that. */
const TROUBLE = [
  /^console: .*(ERR_|WebSocket connection to)/,
  /^answer: (404|429|503) \/api\/v1\/live\//,
];
const ROUNDS = 200;
const PAUSE_MS = 100;
const SEED = 20261201;

/** Numbers from 0 to 1, the same for the same seed. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/** The texts with `word` in the order in which a page shows them. */
async function shown(entries, word) {
  const texts = await entries.filter({ hasText: word }).allInnerTexts();
  return texts.map((text) => text.match(new RegExp(`${word} \\d+`))[0]);
}

test("after two hundred broken lines a page shows what a fresh one shows", async ({
  visit,
  house,
}) => {
  test.slow();
  const { network, pigeon } = house;
  const { port } = network;
  const word = marker("Storm");
  const guest = await house.guest({ name: marker("Gusti"), body: `${word} 0` });
  const other = await house.guest({ name: marker("Olli"), body: marker("Elsewhere") });
  const [nora, omar] = [await house.account("nora"), await house.account("omar")];

  const noraTab = await visit({ as: "nora", expected: TROUBLE });
  const guestTab = await visit({ guest, expected: TROUBLE });
  for (const page of [noraTab, guestTab]) await page.clock.install();
  await noraTab.goto(`/inbox/${guest.id}`);
  await guestTab.goto(`/c/${guest.id}`);
  await Promise.all([alive(noraTab), alive(guestTab)]);
  const kept = [await keepsPage(noraTab), await keepsPage(guestTab)];
  const draft = marker("Not sent yet");
  await teamPage(noraTab).composer.fill(draft);
  const passes = (ms) =>
    Promise.all([noraTab, guestTab].map((page) => page.clock.runFor(ms)));

  const random = chance(SEED);
  const all = [`${word} 0`];
  const publicly = [`${word} 0`];
  for (let round = 1; round <= ROUNDS; round += 1) {
    network.lateMs = random() < 0.3 ? Math.floor(random() * 80) : 0;
    network.isDeaf = random() < 0.2;
    network.forbidsSockets = random() < 0.15;
    network.holdsStreams = random() < 0.5;
    if (round % 3 === 0) {
      const text = `${word} ${round}`;
      all.push(text);
      const dice = random();
      if (dice < 0.2) await omar.note(guest.id, text);
      else if (dice < 0.6) await omar.reply(guest.id, text);
      else await guest.reply(text);
      if (dice >= 0.2) publicly.push(text);
      if (dice > 0.8) await other.reply(`${word} other ${round}`);
    }
    if (round === 60 || round === 140) {
      await pigeon.kill();
      await passes(3000);
      await pigeon.start(house.flags, port);
    }
    if (round % 50 === 25) {
      // Asleep.
      for (const page of [noraTab, guestTab]) await page.clock.fastForward("20:00");
    }
    network.cut();
    await passes(700);
    // Lines come back by a real network, whatever the pages' clocks say.
    await setTimeout(PAUSE_MS);
  }

  Object.assign(network, {
    lateMs: 0,
    isDeaf: false,
    forbidsSockets: false,
    holdsStreams: false,
  });
  const last = `${word} ${ROUNDS + 1}`;
  await guest.reply(last);
  await other.reply(`${word} other ${ROUNDS + 1}`);
  all.push(last);
  publicly.push(last);
  // Whatever was waited for comes.
  await passes(60_000);

  const entries = (page) => teamPage(page).conversation.locator(".message, .note");
  const guests = (page) => guestPage(page).entries;
  await expect.poll(() => shown(entries(noraTab), word), { timeout: 30_000 }).toEqual(all);
  await expect.poll(() => shown(guests(guestTab), word), { timeout: 30_000 }).toEqual(publicly);
  await expect(teamPage(noraTab).row(other.name)).toContainText(`${word} other ${ROUNDS + 1}`);
  await expect(teamPage(noraTab).composer).toHaveValue(draft);
  for (const page of [noraTab, guestTab]) {
    await expect(page.getByText(/No connection|Reconnecting/)).toHaveCount(0);
  }
  await Promise.all(kept.map((page) => page.check()));

  const fresh = await visit({ as: "nora", path: `/inbox/${guest.id}` });
  await alive(fresh);
  // It opens with the newest, and shows the others to whoever scrolls up.
  const scrolledUp = async () => {
    await fresh.locator(".talk").evaluate((talk) => talk.scrollBy(0, -talk.scrollHeight));
    return shown(entries(fresh), word);
  };
  await expect.poll(scrolledUp).toEqual(all);
  const rows = async (page) => {
    const texts = await teamPage(page).list.getByRole("link").allInnerTexts();
    return texts.map((text) => [guest, other].findIndex(({ name }) => text.includes(name)));
  };
  expect(await rows(noraTab), "the list in its order").toEqual(await rows(fresh));
  for (const page of [noraTab, fresh]) await expect(teamPage(page).badge(2)).toBeVisible();
  const freshGuest = await visit({ guest, path: `/c/${guest.id}` });
  await expect.poll(() => shown(guests(freshGuest), word)).toEqual(publicly);
  console.log("lines opened:", JSON.stringify(network.opened));
});
