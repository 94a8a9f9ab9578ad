// How long a message takes from one window to the other. Measured and printed, not judged: the
// machine may be busy with other journeys.
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });
// A recording of each step would be measured too.
test.use({ trace: "off" });

const MESSAGES = 50;

/** Notes in the page when each text with `word` and a number is first there. */
function noteArrivals(page, word) {
  return page.evaluate((wanted) => {
    window.arrivals = {};
    const number = new RegExp(`${wanted} (\\d+)`, "g");
    new MutationObserver((changes) => {
      const now = performance.timeOrigin + performance.now();
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          for (const [, at] of node.textContent.matchAll(number)) window.arrivals[at] ??= now;
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
  }, word);
}

/** Notes in the page when each message is sent off with Ctrl and Enter. */
function noteDepartures(page) {
  return page.evaluate(() => {
    window.departures = [];
    document.addEventListener(
      "keydown",
      ({ key }) => {
        if (key === "Enter") window.departures.push(performance.timeOrigin + performance.now());
      },
      { capture: true },
    );
  });
}

function told(what, took) {
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)].toFixed(1);
  console.log(`${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
}

test("fifty messages go from window to window, each way", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Flora Swift", body: marker("Quick") });
  const guestTab = await visit({ guest, path: `/c/${guest.id}` });
  const noraTab = await visit({ as: "nora" });
  await Promise.all([alive(guestTab), teamPage(noraTab).open(`/inbox/${guest.id}`)]);

  const ways = [
    ["from the team to the guest", noraTab, guestTab, teamPage(noraTab).composer],
    ["from the guest to the team", guestTab, noraTab, guestPage(guestTab).composer],
  ];
  for (const [what, from, to, composer] of ways) {
    const word = marker("Tick");
    await noteArrivals(to, word);
    await noteDepartures(from);
    for (let at = 0; at < MESSAGES; at += 1) {
      await composer.fill(`${word} ${at}`);
      await composer.press("Control+Enter");
      await to.waitForFunction((number) => window.arrivals[number], at);
    }
    const departures = await from.evaluate(() => window.departures);
    const arrivals = await to.evaluate(() => window.arrivals);
    expect(departures).toHaveLength(MESSAGES);
    told(`live delivery ${what}`, departures.map((left, at) => arrivals[at] - left));
  }
});
