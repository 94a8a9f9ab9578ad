// The whole job on a phone: one pane at a time, each with an address of its own.
import { freshAddress, marker } from "../support/cast.js";
import { alive, keepsPage } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

/** Nothing on the page is wider than the page. */
async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `pixels beyond the edge of ${page.url()}`).toBeLessThanOrEqual(0);
}

test("the team goes from the list into a conversation and back, and answers", async ({
  visit,
  house,
}) => {
  const guest = await house.guest({ name: "Paula Pocket", subject: "Size", body: marker("Which") });
  const page = await visit({ as: "nora" });
  const nora = teamPage(page);
  await nora.open("/inbox");
  await fits(page);
  const kept = await keepsPage(page);
  await expect(nora.conversation).toHaveCount(0);
  await nora.row("Paula Pocket").tap();
  await expect(page).toHaveURL(`${house.url}/inbox/${guest.id}`);
  await expect(nora.conversation.getByText(guest.body)).toBeVisible();
  await expect(nora.row("Paula Pocket")).toBeHidden();
  await fits(page);

  const answer = marker("Size four");
  await expect(nora.send).toBeInViewport();
  await nora.composer.fill(answer);
  await nora.send.tap();
  await expect(nora.conversation.getByText(answer)).toBeInViewport();

  await page.getByRole("button", { name: "About this conversation" }).tap();
  const about = page.getByRole("complementary");
  await expect(about.getByText(guest.email)).toBeInViewport();
  await fits(page);
  await about.getByRole("button", { name: "Close" }).tap();

  await page.getByRole("link", { name: "Back to the list" }).tap();
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(nora.row("Paula Pocket")).toContainText(answer);
  await page.goBack();
  await expect(nora.conversation.getByText(answer)).toBeVisible();
  await kept.check();
});

test("a guest writes, reads the answer and replies", async ({ visit, house }) => {
  const page = await visit();
  const guest = guestPage(page);
  await page.goto("/contact");
  await fits(page);
  const email = freshAddress("pip");
  await guest.write({ name: "Pip", email, subject: "Pocket", body: marker("From the train") });
  await alive(page);
  await fits(page);
  const nora = await house.account("nora");
  const answer = marker("Have a good trip");
  await nora.reply(page.url().split("/").at(-1), answer);
  await expect(guest.entries.filter({ hasText: answer })).toBeInViewport();
  await expect(guest.send).toBeInViewport();
  const thanks = marker("Thanks");
  await guest.reply(thanks);
  await expect(guest.entries.filter({ hasText: thanks })).toBeInViewport();
  await fits(page);
});

test("what a thumb must hit is large enough", async ({ visit, house }) => {
  const scene = await house.guest({ name: "Thea Thumb", body: marker("Hello") });
  const team = await visit({ as: "nora", path: `/inbox/${scene.id}` });
  const guest = await visit({ guest: scene, path: `/c/${scene.id}` });
  await Promise.all([alive(team), alive(guest)]);
  for (const page of [team, guest]) {
    const small = await page.locator("a:not(.skip), button, summary, select").evaluateAll((all) =>
      all
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 44))
        .map(({ one, box }) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`),
    );
    expect(small, page.url()).toEqual([]);
  }
});
