// Where proxies forbid or break sockets: messages arrive live by other ways, and by the socket again when
// it can be had.
import { marker } from "../support/cast.js";
import { alive, keepsPage } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"], far: true });

/** What a page may say of a socket that is refused. */
const REFUSED = [/^console: .*WebSocket connection to/];

test.afterEach(({ house }) => {
  Object.assign(house.network, { forbidsSockets: false, holdsStreams: false });
});

/** Waits until the page has said by a request of its own what it wants to hear. */
const hasAsked = (page) =>
  page.waitForResponse((answer) => answer.url().includes("/live/call") && answer.status() === 204);

/** Waits until the page has a line without a socket. */
const hasLine = (page, { holdsStreams }) =>
  holdsStreams
    ? page.waitForRequest((request) => request.url().includes("/live/poll?line="))
    : page.waitForResponse((answer) => answer.url().includes("/live/events"));

/** A page of the team and a guest's, with one conversation, where sockets are forbidden. */
async function pages({ visit, house }) {
  const { network } = house;
  network.forbidsSockets = true;
  const guest = await house.guest({ name: marker("Gerd"), body: marker("Behind a wall") });
  const noraTab = await visit({ as: "nora", expected: REFUSED });
  const noraAsked = hasAsked(noraTab);
  await noraTab.goto(`/inbox/${guest.id}`);
  await noraAsked;
  const guestTab = await visit({ guest, expected: REFUSED });
  const line = hasLine(guestTab, network);
  await guestTab.goto(`/c/${guest.id}`);
  await line;
  const guestAsked = hasAsked(guestTab);
  await guestPage(guestTab).composer.pressSequentially("Hello", { delay: 800 });
  await guestAsked;
  return { guest, noraTab, guestTab };
}

/** Messages go from window to window, and signs of typing; no page is loaded anew. */
async function talk({ house, guest, noraTab, guestTab }) {
  const kept = await Promise.all([keepsPage(noraTab), keepsPage(guestTab)]);
  const nora = teamPage(noraTab);
  const screen = guestPage(guestTab);
  const question = marker("Does it arrive?");
  await guest.reply(question);
  await expect(nora.conversation.getByText(question)).toBeVisible();
  await expect(nora.row(guest.name)).toContainText(question);
  const answer = marker("It does");
  await nora.reply(answer);
  await expect(screen.entries.filter({ hasText: answer })).toBeVisible();
  for (const page of [noraTab, guestTab]) {
    await expect(page.getByText(/No connection|Reconnecting/)).toHaveCount(0);
  }
  await Promise.all(kept.map((page) => page.check()));
  return house.network.opened;
}

test("a stream of events stands in for a socket that is forbidden", async ({ visit, house }) => {
  test.slow();
  const on = await pages({ visit, house });
  const before = { ...house.network.opened };
  const after = await talk({ house, ...on });
  expect(after.socket, "no socket").toBe(before.socket);
  expect(after.poll, "no request that waits").toBe(before.poll);
  expect(after.events).toBeGreaterThan(0);
  await expect(teamPage(on.noraTab).composer).toHaveValue("");
});

test("requests that wait for news stand in where streams are held back too, and the socket comes back", async ({
  visit,
  house,
}) => {
  test.slow();
  const { network } = house;
  network.holdsStreams = true;
  const on = await pages({ visit, house });
  const before = { ...network.opened };
  const after = await talk({ house, ...on });
  expect(after.socket, "no socket").toBe(before.socket);
  expect(after.events, "no stream").toBe(before.events);
  expect(after.poll).toBeGreaterThan(before.poll);

  // The next page of the tab remembers, and does not find out again.
  const asked = hasAsked(on.noraTab);
  await on.noraTab.reload();
  await asked;
  expect(network.opened.events, "no stream").toBe(before.events);

  // Another network.
  network.forbidsSockets = false;
  for (const page of [on.noraTab, on.guestTab]) {
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await alive(page);
  }
  const polls = network.opened.poll;
  await talk({ house, ...on });
  expect(network.opened.poll, "the socket alone").toBe(polls);
});
