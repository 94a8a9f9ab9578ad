// What can be checked by rule about pages that everybody can use, on both widths and in both
// colours.
import { AxeBuilder } from "@axe-core/playwright";
import { alive } from "../support/line.js";
import { play } from "../support/scene.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar", "vera"] });

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function expectNoViolations(page, what) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${what}: ${id}: ${help}\n  ${target}\n  ${failureSummary}`),
  );
  expect(told.join("\n\n")).toBe("");
}

let scene;

test.beforeAll(async ({ house }) => {
  scene = (await play(house)).main;
});

for (const colorScheme of ["light", "dark"]) {
  test(`the guest's pages break no rule in ${colorScheme} colours`, async ({ visit }) => {
    const expected = [/^answer: (404|422) /];
    const page = await visit({ colorScheme, guest: scene, expected });
    await page.goto("/contact");
    await expectNoViolations(page, "contact");

    await page.getByLabel("Your e-mail address").fill("nobody@nowhere");
    await page.getByLabel("Your message").fill("Hello");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expectNoViolations(page, "contact, refused");

    await page.goto(`/c/${scene.id}`);
    await alive(page);
    await expectNoViolations(page, "conversation");
    await page.locator("summary").click();
    await expectNoViolations(page, "conversation, menu");

    for (const path of [`/t/${"A".repeat(43)}`, "/link", "/link/sent", "/contact/sent"]) {
      await page.goto(path);
      await expectNoViolations(page, path);
    }
  });

  test(`the pages of one's own break no rule in ${colorScheme} colours`, async ({ visit }) => {
    const page = await visit({ colorScheme, as: "nora" });
    const own = ["/threads", "/threads/search?q=x", "/threads/new", "/threads/write", "/threads/requests"];
    for (const path of [...own, "/account", "/account/tokens", "/figures?days=7"]) {
      await page.goto(path);
      await expectNoViolations(page, path);
    }
    const stranger = await visit({ colorScheme });
    for (const path of ["/login", "/reset"]) {
      await stranger.goto(path);
      await expectNoViolations(stranger, path);
    }
  });

  test(`the long page about the API breaks no rule in ${colorScheme} colours`, async ({ visit }) => {
    // Every one of its thousands of elements is looked at: half a minute's work on a quiet machine.
    test.slow();
    const page = await visit({ colorScheme, as: "nora", path: "/api/v1/docs" });
    await expectNoViolations(page, "API");
  });

  test(`the pages beside a conversation break no rule in ${colorScheme} colours`, async ({ visit }) => {
    const page = await visit({ colorScheme, as: "nora" });
    const thread = `/inbox/${scene.id}`;
    for (const path of [`${thread}/hand-over`, `${thread}/merge`, "/scheduled", "/views?view=open"]) {
      await page.goto(path);
      await expectNoViolations(page, path);
    }
  });

  test(`an expired link's page breaks no rule in ${colorScheme} colours`, async ({ visit, house }) => {
    const guest = await house.guest({ name: "Late", body: "Is it too late" });
    const { link } = await house.relay.mailTo(guest.email);
    await (await house.account("nora")).call("thread/links/revoke", { thread: guest.id });
    const page = await visit({ colorScheme, path: link, expected: [/^answer: 410 /] });
    await expect(page.getByRole("button", { name: "Send me a fresh link" })).toBeVisible();
    await expectNoViolations(page, "expired");
  });

  test(`the team's pages break no rule in ${colorScheme} colours`, async ({ visit }) => {
    const out = await visit({ colorScheme, path: "/login" });
    await expectNoViolations(out, "login");

    const page = await visit({ colorScheme, as: "nora" });
    const nora = teamPage(page);
    for (const path of ["/dashboard", "/inbox", "/inbox?view=mine", `/inbox/${scene.id}`]) {
      await nora.open(path);
      await expectNoViolations(page, path);
    }
    await nora.noteMode.click();
    await expectNoViolations(page, "conversation, note");
    await page.goto(await page.locator("#side .contact a.btn").getAttribute("href"));
    await expect(page.getByRole("button", { name: "Save note" })).toBeVisible();
    await expectNoViolations(page, "contact");
    for (const path of ["/blocked", "/quarantine"]) {
      await page.goto(path);
      await expectNoViolations(page, path);
    }
    await nora.open("/dashboard");
    await page.getByLabel("You and this page").click();
    await expectNoViolations(page, "menu");
  });

  test(`a reader's pages break no rule in ${colorScheme} colours`, async ({ visit }) => {
    const page = await visit({ colorScheme, as: "vera" });
    await teamPage(page).open(`/inbox/${scene.id}`);
    await expectNoViolations(page, "read-only conversation");
  });
}
