// The main job: a guest writes, the team sees it at once, and each sees what is theirs.
import { freshAddress, marker } from "../support/cast.js";
import { alive, keepsPage } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys, nameOf } from "../support/test.js";
import { Wire } from "../support/wire.js";

const test = journeys({ people: ["nora", "omar", "ines"] });

test("a question, its answer and all that happens to it appear in every window by themselves", async ({
  visit,
  house,
}) => {
  const words = {
    name: "Gwen Alder",
    email: freshAddress("gwen"),
    subject: marker("A drill that stalls"),
    body: marker("It stops after a minute"),
  };
  const noraPage = await visit({ as: "nora" });
  const omarPage = await visit({ as: "omar" });
  const desk = await visit({ as: "nora" });
  const guest = await visit();
  const wire = new Wire(guest);
  const [nora, omar, gwen] = [teamPage(noraPage), teamPage(omarPage), guestPage(guest)];
  await Promise.all([nora.open("/inbox"), omar.open("/inbox"), teamPage(desk).open("/dashboard")]);
  const kept = await Promise.all([noraPage, omarPage, desk].map(keepsPage));

  await test.step("the question arrives in both inboxes, in the badge and in the tab's title", async () => {
    await gwen.write(words);
    await expect(gwen.entries.filter({ hasText: words.body })).toHaveCount(1);
    for (const [page, screen] of [
      [noraPage, nora],
      [omarPage, omar],
    ]) {
      await expect(screen.row(words.subject)).toContainText(words.name);
      await expect(screen.badge(1)).toBeVisible();
      await expect(page).toHaveTitle(/^\(1\) /);
    }
    await expect(desk.getByRole("heading", { level: 1 })).toHaveText("1 conversation needs a reply");
    await expect(teamPage(desk).row(words.subject)).toBeVisible();
  });
  await alive(guest);
  kept.push(await keepsPage(guest));

  const answer = marker("Please press the red button");
  await test.step("one answers, and guest and colleague see it", async () => {
    await nora.row(words.subject).click();
    await omar.row(words.subject).click();
    await expect(omar.conversation.getByText(words.body)).toBeVisible();
    await nora.reply(answer);
    await expect(gwen.entries.filter({ hasText: answer })).toContainText(nameOf("nora"));
    await expect(omar.conversation.getByText(answer)).toBeVisible();
    await expect(nora.conversation.getByText(answer)).toHaveCount(1);
    await expect(guest.getByText("We have answered.")).toBeVisible();
    await expect(noraPage).not.toHaveTitle(/^\(/);
    await expect(desk.getByRole("heading", { level: 1 })).toHaveText("No conversation needs a reply");
  });

  const secret = marker("Third stall this month");
  await test.step("a note reaches the team alone, and leaves no trace with the guest", async () => {
    const before = wire.changes.length;
    await omar.addNote(secret);
    await expect(nora.notes.filter({ hasText: secret })).toContainText("only the team sees this");
    expect(wire.changes.length, "frames about a note").toBe(before);
  });

  const more = marker("It works again");
  await test.step("the guest writes on, and the badge is back", async () => {
    await gwen.reply(more);
    await expect(gwen.entries.filter({ hasText: more })).toHaveCount(1);
    await expect(nora.conversation.getByText(more)).toHaveCount(1);
    await expect(omar.conversation.getByText(more)).toHaveCount(1);
    await expect(omar.badge(1)).toBeVisible();
  });

  await test.step("an assignment shows in the other window and moves the badge", async () => {
    const before = wire.changes.length;
    await nora.assignee.selectOption({ label: nameOf("ines") });
    const told = omar.conversation.getByText(`${nameOf("nora")} assigned ${nameOf("ines")}`);
    await expect(told).toBeVisible();
    await expect(omar.conversation.getByTitle(`Assigned to ${nameOf("ines")}`)).toBeVisible();
    await expect(noraPage).not.toHaveTitle(/^\(/);
    await expect(omarPage).not.toHaveTitle(/^\(/);
    expect(wire.changes.length, "frames about an assignment").toBe(before);
  });

  await test.step("a closing is told to everybody", async () => {
    await nora.status.selectOption({ label: "Closed" });
    await expect(gwen.entries.last()).toContainText(`${nameOf("nora")} closed the conversation`);
    await expect(guest.getByText("This conversation is closed.")).toBeVisible();
    await expect(omar.conversation.getByText("closed the conversation")).toBeVisible();
  });

  for (const one of kept) await one.check();
  const account = await house.account("nora");
  const thread = await account.call("thread/open", { thread: guest.url().split("/").at(-1) });
  const hidden = thread.entries.filter(
    ({ content }) => content.kind === "note" || content.event === "assigned",
  );
  expect(hidden).toHaveLength(2);
  const bytes = await wire.all();
  expect(wire.unread, "answers that could not be read back").toEqual([]);
  expect(bytes, "what the guest does receive").toContain(answer);
  const ids = [...hidden.map(({ id }) => id), thread.head.assignee.id];
  for (const trace of [secret, "Quillfeather", "@team.example", ...ids]) {
    expect(bytes).not.toContain(trace);
    expect(bytes).not.toContain(trace.replaceAll("-", ""));
  }
});

test("the team reads a note that was written while nobody looked, and the guest's new page has none", async ({
  visit,
  house,
}) => {
  const secret = marker("Ask the workshop first");
  const guest = await house.guest({ name: "Ivo Lindt", body: marker("Where is my order") });
  const omar = await house.account("omar");
  await omar.note(guest.id, secret);
  const noraPage = await visit({ as: "nora" });
  await teamPage(noraPage).open(`/inbox/${guest.id}`);
  await expect(teamPage(noraPage).notes).toContainText(secret);

  const page = await visit({ guest });
  const wire = new Wire(page);
  await page.goto(`/c/${guest.id}`);
  await alive(page);
  await expect(guestPage(page).entries).toHaveCount(1);
  expect(await wire.all()).not.toContain(secret);
});
