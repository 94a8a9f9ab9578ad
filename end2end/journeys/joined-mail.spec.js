// Mails about new messages wait a little: for more to join them, and for the guest to look.
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"], options: { "mail-joining-delay-s": 2 } });

test("a guest who sees the answer on the page gets no mail about it", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Ada Present", body: marker("Still here") });
  const page = await visit({ guest, path: `/c/${guest.id}` });
  const nora = teamPage(await visit({ as: "nora" }));
  await Promise.all([alive(page), nora.open(`/inbox/${guest.id}`)]);
  const answer = marker("Good to have you");
  await nora.reply(answer);
  await expect(guestPage(page).entries.filter({ hasText: answer })).toBeVisible();
  await expect(nora.conversation.getByText("No mail needed")).toBeVisible();
  expect(house.relay.mailsTo(guest.email).map(({ text }) => text).join()).not.toContain(answer);
});

test("answers in a row come in one mail", async ({ house }) => {
  const guest = await house.guest({ name: "Bo Away", body: marker("Leaving now") });
  await house.relay.mailTo(guest.email);
  const nora = await house.account("nora");
  const answers = [marker("First"), marker("Second"), marker("Third")];
  for (const answer of answers) await nora.reply(guest.id, answer);
  const { text } = await house.relay.mailTo(guest.email, 2);
  for (const answer of answers) expect(text).toContain(answer);
  expect(house.relay.mailsTo(guest.email)).toHaveLength(2);
});
