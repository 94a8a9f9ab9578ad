// The own conversations of users without JavaScript: asking the team, and writing to each other.
import { marker } from "../support/cast.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["olga", "nora", "uma", "vera"] });

test("a user asks the team, reads the answer and replies", async ({ visit, house }) => {
  const page = await visit({ as: "uma", path: "/threads" });
  await expect(page.getByRole("link", { name: "Inbox" })).toHaveCount(0);
  await page.getByRole("link", { name: "Ask the team" }).click();
  const body = marker("Does the kettle whistle");
  await page.getByLabel("Subject").fill("Whistle");
  await page.getByLabel("Your message").fill(body);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page).toHaveURL(/\/threads\/[0-9a-f]+$/);
  await expect(page.getByRole("heading", { name: "Whistle" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Conversation" })).toContainText(body);

  const nora = await house.account("nora");
  const answer = marker("It does");
  await nora.reply(page.url().split("/").at(-1), answer);
  await page.goto("/threads");
  await expect(page.getByText("1 unread")).toBeVisible();
  await page.getByRole("link", { name: "Whistle" }).click();
  const theirs = page.getByRole("listitem").filter({ hasText: answer });
  await expect(theirs).toContainText(nameOf("nora"));
  await page.getByRole("button", { name: "Mark as read" }).click();
  await expect(page.getByText("Marked as read.")).toBeVisible();
  await page.getByRole("button", { name: "Mark as unread" }).click();
  await page.goto("/threads?view=unread");
  await page.getByRole("link", { name: "Whistle" }).click();
  const thanks = marker("Lovely");
  await page.getByLabel("Your message").fill(thanks);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: thanks })).toHaveCount(1);
  await page.goto("/threads?view=unread");
  await expect(page.getByText("You have read everything.")).toBeVisible();
});

test("two users write to each other after the first was asked", async ({ visit }) => {
  const uma = await visit({ as: "uma", path: "/threads/write" });
  const body = marker("Shall we");
  await uma.getByLabel("Addresses").fill("vera@team.example");
  await uma.getByLabel("Subject").fill("Tea");
  await uma.getByLabel("Your message").fill(body);
  await uma.getByRole("button", { name: "Send", exact: true }).click();
  await expect(uma.getByText("vera@team.example")).toBeVisible();

  const vera = await visit({ as: "vera", path: "/threads" });
  await vera.getByRole("link", { name: "Requests (1)" }).click();
  await vera.getByRole("link", { name: "Tea" }).click();
  await expect(vera.getByText(`${nameOf("uma")} wants to write to you.`)).toBeVisible();
  await vera.getByRole("button", { name: "Accept" }).click();
  await expect(vera.getByText("a conversation like any other")).toBeVisible();
  const reply = marker("Gladly");
  await vera.getByLabel("Your message").fill(reply);
  await vera.getByRole("button", { name: "Send", exact: true }).click();
  await uma.reload();
  await expect(uma.getByRole("listitem").filter({ hasText: reply })).toContainText(nameOf("vera"));
  await expect(uma.getByText(`${nameOf("vera")} joined the conversation`)).toBeVisible();

  const where = new URL(uma.url()).pathname;
  const olga = await visit({ as: "olga", path: where, expected: [/^answer: 404/] });
  await expect(olga.getByText(reply)).toHaveCount(0);
});
