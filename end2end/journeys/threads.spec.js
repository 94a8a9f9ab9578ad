// The own conversations of users, live: with the team, and with each other.
import { marker } from "../support/cast.js";
import { alive, keepsPage } from "../support/line.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["nora", "uma", "vera"] });

/** What a page may say of a request that does not get through. */
const GONE = [/^console: .*net::ERR_FAILED/];

const talk = (page) => ({
  entries: page.getByRole("list", { name: "Conversation" }).getByRole("listitem"),
  composer: page.getByLabel("Your message"),
  send: page.getByRole("button", { name: "Send", exact: true }),
  state: page.locator(".own-state"),
});

/** Uma asks the team, in a page that stays open. */
async function ask(visit, body, expected) {
  const page = await visit({ as: "uma", path: "/threads/new", expected });
  await page.getByLabel("Subject").fill("Kettle");
  await page.getByLabel("Your message").fill(body);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page).toHaveURL(/\/threads\/[0-9a-f]+$/);
  await alive(page);
  return { page, id: page.url().split("/").at(-1) };
}

test("the team's answer and its receipt come while the page is open", async ({ visit, house }) => {
  const { page, id } = await ask(visit, marker("Does it whistle"));
  const kept = await keepsPage(page);
  const uma = talk(page);
  await expect(uma.state).toContainText("We are looking at it.");
  const nora = await house.account("nora");
  const { entries } = await nora.call("thread/open", { thread: id });
  await nora.call("thread/seen", { thread: id, upto: entries.at(-1).place });
  await expect(uma.entries.first()).toContainText("Seen by the team");

  const answer = marker("It does");
  await nora.reply(id, answer);
  await expect(uma.entries.filter({ hasText: answer })).toContainText(nameOf("nora"));
  await expect(uma.state).toContainText("We have answered.");
  await expect(page.getByRole("button", { name: "Mark as unread" })).toBeVisible();

  const thanks = marker("Lovely");
  await uma.composer.fill(thanks);
  await uma.composer.press("Control+Enter");
  const sent = uma.entries.filter({ hasText: thanks });
  await expect(sent).toContainText("Sent");
  await expect(page.getByText(thanks)).toHaveCount(1);
  await expect(uma.composer).toHaveValue("");
  await kept.check();
});

test("two users talk at once, see what was read, and the badge counts what was not", async ({
  visit,
}) => {
  const uma = await visit({ as: "uma", path: "/threads/write" });
  await uma.getByLabel("Addresses").fill("vera@team.example");
  await uma.getByLabel("Subject").fill("Tea");
  await uma.getByLabel("Your message").fill(marker("Shall we"));
  await uma.getByRole("button", { name: "Send", exact: true }).click();
  await expect(uma).toHaveURL(/\/threads\/[0-9a-f]+$/);
  await alive(uma);
  const where = new URL(uma.url()).pathname;

  const vera = await visit({ as: "vera", path: "/threads/requests" });
  await vera.getByRole("link", { name: "Tea" }).click();
  await vera.getByRole("button", { name: "Accept" }).click();
  await expect(uma.getByText(`${nameOf("vera")} joined the conversation`)).toBeVisible();
  await vera.goto(where);
  await alive(vera);

  await expect(uma.getByText(`${nameOf("vera")} is here`)).toBeVisible();
  const question = marker("At four");
  await talk(uma).composer.pressSequentially(question);
  await expect(vera.getByText(`${nameOf("uma")} is typing…`)).toBeVisible();
  await talk(uma).send.click();
  await expect(talk(vera).entries.filter({ hasText: question })).toContainText(nameOf("uma"));
  await expect(vera.getByText(`${nameOf("uma")} is typing…`)).toHaveCount(0);
  const mine = talk(uma).entries.filter({ hasText: question });
  await expect(mine).toContainText(`Seen by ${nameOf("vera")}`);

  // Elsewhere, Uma's own list is open: what is written now is unread there.
  const list = await visit({ as: "uma", path: "/threads" });
  await alive(list);
  await uma.close();
  const answer = marker("Gladly");
  await talk(vera).composer.fill(answer);
  await talk(vera).send.click();
  const badge = list.getByRole("link", { name: "1 of your conversations" });
  await expect(badge).toBeVisible();
  await expect(list).toHaveTitle(/^\(1\)/);
  const row = list.getByRole("list", { name: "Conversations" }).getByRole("listitem").first();
  await expect(row).toContainText(answer);
  await expect(row).toContainText("1 unread");
  await list.goto(where);
  await expect(talk(list).entries.filter({ hasText: answer })).toBeVisible();
  await expect(list.getByRole("link", { name: "1 of your conversations" })).toHaveCount(0);
});

test("what could not be sent stands in the composer again and is posted once", async ({ visit }) => {
  const { page } = await ask(visit, marker("Is it there"), GONE);
  const uma = talk(page);
  await page.route("**/ui/mine/reply", (route) => route.abort());
  const text = marker("Half a mile");
  await uma.composer.fill(text);
  await uma.send.click();
  await expect(page.getByRole("alert").filter({ hasText: "could not be sent" })).toBeVisible();
  await expect(uma.composer).toHaveValue(text);
  await page.unroute("**/ui/mine/reply");
  await uma.send.click();
  await expect(uma.entries.filter({ hasText: text })).toHaveCount(1);
  await expect(uma.composer).toHaveValue("");
});
