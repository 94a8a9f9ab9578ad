// A guest's whole way with scripts switched off: plain forms, plain pages, nothing lost.
import { freshAddress, marker } from "../support/cast.js";
import { guestPage } from "../support/screens.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["nora"] });

const answer = (status, path) => new RegExp(`^answer: ${status} ${path}`);

test("a form with a mistake comes back with every word that was typed", async ({ visit }) => {
  const page = await visit({ path: "/contact", expected: [answer(422, "/contact")] });
  const words = { name: "Mara Finch", email: "mara@nowhere", body: marker("Long and careful") };
  await page.getByLabel("Your name").fill(words.name);
  await page.getByLabel("Your e-mail address").fill(words.email);
  await page.getByLabel("Subject").fill("Opening hours");
  await page.getByLabel("Your message").fill(words.body);
  await page.getByRole("button", { name: "Send", exact: true }).click();

  await expect(page.getByRole("alert")).toContainText("Not sent yet");
  await expect(page.getByRole("alert").getByRole("link", { name: "Your e-mail address" })).toBeVisible();
  const email = page.getByLabel("Your e-mail address");
  await expect(email).toHaveAccessibleDescription(/does not look like a mail address/);
  await expect(email).toHaveValue(words.email);
  await expect(page.getByLabel("Your name")).toHaveValue(words.name);
  await expect(page.getByLabel("Subject")).toHaveValue("Opening hours");
  await expect(page.getByLabel("Your message")).toHaveValue(words.body);

  await email.fill(freshAddress("mara"));
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page).toHaveURL(/\/c\/[0-9a-f]+$/);
  await expect(guestPage(page).entries).toContainText([words.body]);
});

test("a conversation goes back and forth by plain forms", async ({ visit, house }) => {
  const page = await visit({ expected: [answer(422, "/c/")] });
  const guest = guestPage(page);
  const body = marker("Is it open on Sunday");
  await guest.write({ name: "Pia Holm", email: freshAddress("pia"), subject: "Sunday", body });
  await expect(page.getByRole("heading", { name: "Sunday" })).toBeVisible();

  const nora = await house.account("nora");
  const reply = marker("From ten to four");
  await nora.reply(page.url().split("/").at(-1), reply);
  await page.reload();
  await expect(guest.entries.filter({ hasText: reply })).toContainText(nameOf("nora"));

  const odd = `${marker("With a bell")}\u0007`;
  await guest.reply(odd);
  await expect(page.getByText("a character that does not belong here")).toBeVisible();
  await expect(guest.composer).toHaveValue(odd);

  const thanks = marker("See you then");
  await guest.reply(thanks);
  await expect(guest.entries.filter({ hasText: thanks })).toHaveCount(1);
  await expect(guest.composer).toHaveValue("");
  await page.reload();
  await expect(guest.entries.filter({ hasText: thanks })).toHaveCount(1);
});

test("a mailed link leads in, signing out leads out, and the link leads in again", async ({
  visit,
  house,
}) => {
  const written = await house.guest({ name: "Tom Reed", body: marker("Hello there") });
  const { link } = await house.relay.mailTo(written.email);
  const page = await visit({ path: link, expected: [answer(404, "/c/")] });
  await expect(guestPage(page).entries).toContainText([written.body]);
  await guestPage(page).reply(marker("By the link"));

  await page.locator("summary").click();
  await page.getByRole("button", { name: "Sign out in this browser" }).click();
  await expect(page.getByRole("heading", { name: "Signed out" })).toBeVisible();
  await page.goto(`/c/${written.id}`);
  await expect(page.getByRole("heading", { name: "This link has expired" })).toBeVisible();
  await expect(page.getByText(written.body)).toHaveCount(0);

  await page.goto(link);
  await expect(guestPage(page).entries).toHaveCount(2);
});

test("who got a stranger's link ends it for good", async ({ visit, house }) => {
  const written = await house.guest({ name: "Not Ann", body: marker("Wrong address") });
  const { link } = await house.relay.mailTo(written.email);
  const page = await visit({ path: link, expected: [answer(410, "/t/")] });
  await page.locator("summary").click();
  await page.getByRole("button", { name: /^This is not mine/ }).click();
  await expect(page.getByRole("heading", { name: "Thank you for telling us" })).toBeVisible();

  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link has expired" })).toBeVisible();
  await expect(page.getByText(written.body)).toHaveCount(0);
});

test("a link that is revoked while the guest writes costs no word", async ({ visit, house }) => {
  const written = await house.guest({ name: "Rosa Lind", body: marker("First") });
  const { link } = await house.relay.mailTo(written.email);
  const page = await visit({ path: link, expected: [answer(410, "/c/")] });
  const nora = await house.account("nora");
  await nora.call("thread/links/revoke", { thread: written.id });

  const text = marker("A page full of thoughts");
  await guestPage(page).reply(text);
  await expect(page.getByRole("heading", { name: "This link has expired" })).toBeVisible();
  await expect(page.getByLabel("Your text was not sent.")).toHaveValue(text);

  const known = house.relay.mailsTo(written.email).length;
  await page.getByRole("button", { name: "Send me a fresh link" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
  const fresh = await house.relay.mailTo(written.email, known + 1);
  await page.goto(fresh.link);
  await expect(guestPage(page).entries).toContainText([written.body]);
});

test("an expired link offers a fresh one in one tap, without the address in sight", async ({
  visit,
  house,
}) => {
  const written = await house.guest({ name: "Emil Voss", body: marker("Back soon") });
  const { link } = await house.relay.mailTo(written.email);
  const nora = await house.account("nora");
  await nora.call("thread/links/revoke", { thread: written.id });

  const page = await visit({ path: link, expected: [answer(410, "/t/")] });
  await expect(page.getByText(/We can send a fresh one to g•••@guests\.example/)).toBeVisible();
  await expect(page.getByText(written.email)).toHaveCount(0);
  await page.getByRole("button", { name: "Send me a fresh link" }).click();
  await expect(page).toHaveURL(/\/link\/sent$/);
  const fresh = await house.relay.mailTo(written.email, 2);
  expect(fresh.links.length).toBeGreaterThan(0);
});

test("an unknown link asks for the address, and says the same whether it is known or not", async ({
  visit,
  house,
}) => {
  const written = await house.guest({ name: "Kim Dahl", body: marker("Lost my mail") });
  const pages = [];
  for (const email of [written.email, freshAddress("nobody")]) {
    const path = `/t/${"A".repeat(43)}`;
    const page = await visit({ path, expected: [answer(404, "/t/")] });
    await page.getByLabel("Your e-mail address").fill(email);
    await page.getByRole("button", { name: "Send me a fresh link" }).click();
    await expect(page.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
    pages.push(await page.getByRole("main").innerHTML());
  }
  expect(pages[0]).toBe(pages[1]);
  const mail = await house.relay.mailTo(written.email, 2);
  const page = await visit({ path: mail.link });
  await expect(guestPage(page).entries).toContainText([written.body]);
});

test("one request brings the links to all of a guest's conversations", async ({ visit, house }) => {
  const email = freshAddress("many");
  const ids = [];
  for (const subject of ["One", "Two"]) {
    ids.push((await house.guest({ name: "Many", email, subject, body: marker(subject) })).id);
  }
  await house.relay.mailTo(email, 2);
  const page = await visit({ path: "/link" });
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Send me a fresh link" }).click();
  const { links } = await house.relay.mailTo(email, 3);
  const found = [];
  for (const link of links) {
    await page.goto(link);
    found.push(page.url().split("/").at(-1));
  }
  expect(found.toSorted()).toEqual(ids.toSorted());
});
