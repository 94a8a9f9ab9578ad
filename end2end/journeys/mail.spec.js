// The mails that are owed: what failed is seen, told in the mail server's words, and tried again.
import { AxeBuilder } from "@axe-core/playwright";
import { CAST, freshAddress, marker } from "../support/cast.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["olga"] });

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`a failed mail is found and tried again ${how}`, async ({ visit, house }) => {
    const email = freshAddress("full");
    const body = marker("Nobody reads this here");
    house.relay.refuse(email, 550);
    await house.guest({ name: "Full Mailbox", email, body });
    const page = await visit({ as: "olga", path: "/inbox", javaScriptEnabled });
    await page.getByRole("link", { name: "Administration" }).click();
    // Until the worker has been refused.
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("link", { name: "Mail 1 failed" })).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.getByRole("link", { name: "Mail 1 failed" }).click();
    const mail = page.getByRole("listitem").filter({ hasText: email });
    await expect(mail).toContainText("Failed");
    await expect(mail).toContainText("550 No such mailbox here");
    await expect(page.getByText(body)).toHaveCount(0);
    // The checker is a script itself.
    if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    house.relay.refuse(email, undefined);
    await mail.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Due now" })).toBeVisible();
    await house.relay.mailTo(email);
    await expect(async () => {
      await page.getByRole("link", { name: /sent in 24 hours$/ }).click();
      await expect(page.getByRole("listitem").filter({ hasText: email })).toContainText("Sent", { timeout: 500 });
    }).toPass();
  });

  test(`a test mail brings the mail server's answer ${how}`, async ({ visit, house }) => {
    const { email } = CAST.olga;
    const before = house.relay.mailsTo(email).length;
    const page = await visit({ as: "olga", path: "/mail", javaScriptEnabled });
    const send = page.getByRole("button", { name: "Send a test mail to my address" });
    await send.click();
    await expect(page.getByText(`has taken the test mail to ${email}`)).toBeVisible();
    const mail = await house.relay.mailTo(email, before + 1);
    expect(mail.subject).toBe("Test mail from Harbour Tools");
    house.relay.refuse(email, 550);
    await send.click();
    await expect(page.getByRole("alert")).toContainText("550 No such mailbox here");
    house.relay.refuse(email, undefined);
  });
}
