// The journeys' own `test`: a server for each file, and pages that are watched.
import { test as base } from "@playwright/test";
import { CAST } from "./cast.js";
import { keep } from "./cookie.js";
import { House } from "./house.js";
import { followLine } from "./line.js";
import { watch } from "./watch.js";

export { expect } from "@playwright/test";

/**
 * A `test` whose file has a house of its own. `visit` opens a page in a fresh browser profile, for
 * somebody of the cast or for nobody, and fails the test for whatever goes wrong in it.
 */
export const journeys = (plan = {}) =>
  base.extend({
    house: [
      async ({}, use) => {
        const house = await House.open(plan);
        await use(house);
        await house.close();
      },
      { scope: "worker", timeout: 60_000 },
    ],
    visit: async ({ house, browser }, use) => {
      const visits = [];
      await use(async ({ as, guest, path, expected, ...options } = {}) => {
        const context = await browser.newContext({ baseURL: house.url, ...options });
        visits.push({ context, faults: await watch(context, expected) });
        if (as) await keep(context, (await house.account(as)).cookie);
        if (guest) await keep(context, guest.cookie);
        const page = await context.newPage();
        followLine(page);
        if (path) await page.goto(path);
        return page;
      });
      const faults = visits.flatMap((visit) => visit.faults);
      for (const { context } of visits) await context.close();
      base.expect(faults, "what went wrong in the pages").toEqual([]);
    },
  });

/** The name by which the cast is known on screen. */
export const nameOf = (who) => CAST[who].name;
