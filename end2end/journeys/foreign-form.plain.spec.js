// A plain form on any other site's page, with nothing of ours in it.
import { createServer } from "node:http";
import { once } from "node:events";
import { freshAddress, marker } from "../support/cast.js";
import { guestPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

/** Another site: another name and another port, so for a browser another site altogether. */
async function anotherSite(action) {
  const page = `<!doctype html><meta charset="utf-8"><title>Shop</title>
    <form method="post" action="${action}">
      <label>Name <input name="name"></label>
      <label>Address <input name="email"></label>
      <label>Question <textarea name="body"></textarea></label>
      <label>Website <input name="website"></label>
      <button>Ask</button>
    </form>`;
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/" ? 200 : 204, { "Content-Type": "text/html" });
    response.end(request.url === "/" ? page : undefined);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${server.address().port}/`,
    close: () => server.close(),
  };
}

test("a plain form on another site starts a conversation", async ({ visit, house }) => {
  const shop = await anotherSite(`${house.url}/contact`);
  const page = await visit({ path: shop.url });
  const body = marker("Do you ship to Malta");
  await page.getByLabel("Name").fill("Zita Borg");
  await page.getByLabel("Address").fill(freshAddress("zita"));
  await page.getByLabel("Question").fill(body);
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page).toHaveURL(new RegExp(`^${house.url}/c/`));
  await expect(guestPage(page).entries).toContainText([body]);
  shop.close();
});

test("what fills the trap is thanked like everybody, and no one on the team is bothered", async ({
  visit,
  house,
}) => {
  const shop = await anotherSite(`${house.url}/contact`);
  const page = await visit({ path: shop.url });
  const body = marker("Cheap pills");
  await page.getByLabel("Address").fill(freshAddress("robot"));
  await page.getByLabel("Question").fill(body);
  await page.getByLabel("Website").fill("https://pills.example");
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByRole("heading", { name: "Thank you, your message is on its way" })).toBeVisible();
  shop.close();

  const inbox = await visit({ as: "nora", path: "/inbox" });
  await expect(inbox.getByRole("region", { name: "All" })).toBeVisible();
  await expect(inbox.getByText(body)).toHaveCount(0);
});
