// Two of the team answer at once: neither overwrites the other unseen, and no word is lost.
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

/** Omar has begun to write when Nora's answer arrives; then he sends his own. */
async function overtaken({ visit, house }) {
  const guest = await house.guest({ name: "Jon Brand", body: marker("Which size") });
  const page = await visit({ guest, path: `/c/${guest.id}` });
  const omarPage = await visit({ as: "omar", expected: [/^answer: 409 \/ui\/message\/reply/] });
  const [nora, omar] = [teamPage(await visit({ as: "nora" })), teamPage(omarPage)];
  await Promise.all([alive(page), ...[nora, omar].map((one) => one.open(`/inbox/${guest.id}`))]);
  const texts = { noras: marker("Size four"), omars: marker("Size five") };
  await omar.composer.fill(texts.omars);
  await nora.reply(texts.noras);
  await expect(omar.conversation.getByText(texts.noras)).toBeVisible();
  await omar.send.click();
  const card = omarPage.getByRole("alert").filter({ hasText: "Nora Field was active here" });
  await expect(card).toBeVisible();
  await expect(guestPage(page).entries.filter({ hasText: texts.noras })).toBeVisible();
  await expect(guestPage(page).entries.filter({ hasText: texts.omars })).toHaveCount(0);
  return { guest: guestPage(page), nora, omar, card, texts, house, id: guest.id };
}

/** What everybody would find who came only now. */
async function kept({ house, id }) {
  const account = await house.account("nora");
  const { entries } = await account.call("thread/open", { thread: id });
  return entries.map(({ content }) => `${content.kind}: ${content.body}`).slice(1);
}

test("the answer is sent all the same when its author says so", async ({ visit, house }) => {
  const scene = await overtaken({ visit, house });
  const { guest, nora, omar, card, texts } = scene;
  await card.getByRole("button", { name: "Send anyway" }).click();
  await expect(guest.entries.filter({ hasText: texts.omars })).toHaveCount(1);
  await expect(nora.conversation.getByText(texts.omars)).toHaveCount(1);
  await expect(omar.conversation.getByText(texts.omars)).toHaveCount(1);
  await expect(card).toHaveCount(0);
  expect(await kept(scene)).toEqual([`message: ${texts.noras}`, `message: ${texts.omars}`]);
});

test("the answer becomes a note for the team", async ({ visit, house }) => {
  const scene = await overtaken({ visit, house });
  const { guest, nora, omar, card, texts } = scene;
  await card.getByRole("button", { name: "Turn into note" }).click();
  await expect(nora.notes.filter({ hasText: texts.omars })).toHaveCount(1);
  await expect(omar.notes.filter({ hasText: texts.omars })).toHaveCount(1);
  await expect(card).toHaveCount(0);
  await expect(guest.entries.filter({ hasText: texts.omars })).toHaveCount(0);
  expect(await kept(scene)).toEqual([`message: ${texts.noras}`, `note: ${texts.omars}`]);
});

test("the answer goes back into the editor, word for word", async ({ visit, house }) => {
  const scene = await overtaken({ visit, house });
  await scene.card.getByRole("button", { name: "Back to the editor" }).click();
  await expect(scene.omar.composer).toHaveValue(scene.texts.omars);
  await expect(scene.card).toHaveCount(0);
  expect(await kept(scene)).toEqual([`message: ${scene.texts.noras}`]);
});

test("a guest's message in between stops nobody", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Eva Quick", body: marker("One thing") });
  const omar = teamPage(await visit({ as: "omar" }));
  await omar.open(`/inbox/${guest.id}`);
  const [more, answer] = [marker("And another"), marker("Both are fine")];
  await omar.composer.fill(answer);
  await guest.reply(more);
  await expect(omar.conversation.getByText(more)).toBeVisible();
  await omar.send.click();
  await expect(omar.conversation.getByText(answer)).toHaveCount(1);
  const all = [`message: ${more}`, `message: ${answer}`];
  await expect.poll(() => kept({ house, id: guest.id })).toEqual(all);
});
