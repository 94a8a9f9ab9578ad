// A colleague is mentioned in a note and told; following brings a conversation's mails, and can be ended.
import { marker } from "../support/cast.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

test("a colleague is offered at @, and follows from then on", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Mia Long", body: marker("Who knows") });
  const page = await visit({ as: "nora" });
  const team = teamPage(page);
  await team.open(`/inbox/${guest.id}`);
  await team.noteMode.click();
  await team.noteComposer.pressSequentially("Over to you ");
  await page.keyboard.type("@");
  const offered = page.getByRole("dialog", { name: "Mention a colleague" });
  await offered.getByRole("searchbox").fill(nameOf("omar"));
  await page.keyboard.press("Enter");
  await expect(team.noteComposer).toHaveValue(`Over to you @${nameOf("omar")} `);
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(team.notes.filter({ hasText: `@${nameOf("omar")}` })).toHaveCount(1);

  const omarPage = await visit({ as: "omar" });
  await teamPage(omarPage).open(`/inbox/${guest.id}`);
  const follow = omarPage.getByRole("button", { name: "Stop following" });
  await expect(follow).toBeVisible();
  await follow.click();
  await expect(omarPage.getByRole("button", { name: "Follow", exact: true })).toBeVisible();
});

test("whoever takes part follows, without a reload", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Max Short", body: marker("Anybody") });
  const page = await visit({ as: "omar" });
  const team = teamPage(page);
  await team.open(`/inbox/${guest.id}`);
  await expect(page.getByRole("button", { name: "Follow", exact: true })).toBeVisible();
  await team.reply(marker("I am"));
  await expect(page.getByRole("button", { name: "Stop following" })).toBeVisible();
});
