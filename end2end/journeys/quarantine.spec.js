// What the honeypot caught: nothing is lost, and a person decides.
import { AxeBuilder } from "@axe-core/playwright";
import { freshAddress, marker } from "../support/cast.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["omar"] });

/** A browser that fills in every field it finds. */
async function robot(house, { email, body }) {
  const form = new URLSearchParams({ name: "Form Filler", email, body, website: "http://x.example" });
  const answer = await fetch(`${house.url}/contact`, { method: "POST", redirect: "manual", body: form });
  expect(answer.headers.get("location")).toBe("/contact/sent");
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`what is no robot's becomes a conversation ${how}`, async ({ visit, house }) => {
    const [good, bad] = [freshAddress("good"), freshAddress("bad")];
    const body = marker("My browser filled in everything");
    await robot(house, { email: good, body });
    await robot(house, { email: bad, body: "Buy <b>now</b>" });
    const page = await visit({ as: "omar", path: "/inbox", javaScriptEnabled });
    await page.getByRole("link", { name: "Administration" }).click();
    await expect(page.getByRole("heading", { name: "Quarantine" })).toBeVisible();
    const one = (email) => page.getByRole("main").getByRole("listitem").filter({ hasText: email });
    await expect(one(bad)).toContainText("Buy <b>now</b>");
    // The checker is a script itself.
    if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await one(good).getByRole("button", { name: "Accept" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Accepted:" })).toBeVisible();
    await house.relay.mailTo(good);
    await page.getByRole("button", { name: /^Delete / }).last().click();
    await expect(page.getByText("Nothing is in the quarantine.")).toBeVisible();
    expect(house.relay.mailsTo(bad)).toEqual([]);

    await page.getByRole("link", { name: /^Inbox/ }).click();
    await teamPage(page).row(body).click();
    await expect(teamPage(page).conversation.getByText(body)).toBeVisible();
  });
}
