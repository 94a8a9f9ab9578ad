// A guest who has left is reached by mail, and comes back through its private link.
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys, nameOf } from "../support/test.js";

const test = journeys({ people: ["nora"], options: { "support-recipients": "desk@harbour.example" } });

test("the mailed link opens the conversation in a fresh browser, and the answer proves the address", async ({
  visit,
  house,
}) => {
  const words = { name: marker("Ferris"), subject: marker("Parcel"), body: marker("Not here yet") };
  const guest = await house.guest(words);
  const nora = teamPage(await visit({ as: "nora", path: `/inbox/${guest.id}` }));
  const customer = nora.conversation.getByRole("region", { name: "Customer" });
  await expect(customer).toContainText("Address not verified");

  const first = await house.relay.mailTo(guest.email);
  await test.step("the first mail holds a link and nothing that the guest typed", () => {
    for (const typed of Object.values(words)) {
      for (const part of [first.subject, first.text, first.html, first.raw]) {
        expect(part).not.toContain(typed);
      }
    }
    expect(first.html).toContain(first.link);
    expect(first.headers.get("auto-submitted")).toBe("auto-generated");
  });

  const answer = marker("It leaves today");
  await nora.reply(answer);
  const second = await house.relay.mailTo(guest.email, 2);
  await test.step("the answer comes as text and HTML, with a fresh link", () => {
    expect(second.text).toContain(answer);
    expect(second.text).toContain(nameOf("nora"));
    expect(second.html).toContain(answer);
    expect(second.html).toContain(second.link);
    expect(second.link).not.toBe(first.link);
    expect(second.raw).not.toContain("@team.example");
    for (const typed of Object.values(words)) expect(second.text).not.toContain(typed);
  });
  await expect(nora.conversation.getByText("Mailed", { exact: true })).toBeVisible();

  const page = await visit();
  await page.goto(second.link);
  await alive(page);
  await test.step("the address is clean, and the cookie is out of every script's reach", async () => {
    expect(new URL(page.url()).pathname).toBe(`/c/${guest.id}`);
    const token = second.link.split("/").at(-1);
    expect(await page.content()).not.toContain(token);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Lax", value: token });
    expect(cookie.name).toBe(`__Host-pigeon-c-${guest.id}`);
  });

  const ferris = guestPage(page);
  await expect(ferris.entries.filter({ hasText: answer })).toBeVisible();
  const thanks = marker("Thank you");
  await ferris.reply(thanks);
  await test.step("the team sees that the address is the guest's own", async () => {
    await expect(nora.conversation.getByText(thanks)).toBeVisible();
    await expect(nora.conversation.getByText("through the mailed link")).toBeVisible();
    await expect(customer).toContainText("Address verified");
    await expect(nora.row(words.subject)).toContainText("Address verified");
  });

  await test.step("older links go on working", async () => {
    const again = await visit();
    await again.goto(first.link);
    await expect(guestPage(again).entries.filter({ hasText: thanks })).toBeVisible();
  });

  await test.step("no link stands in the server's log", () => {
    for (const { link } of [first, second]) {
      expect(house.pigeon.log).not.toContain(link.split("/").at(-1));
    }
  });
});

test("the support address hears of a question that nobody looks after", async ({ house }) => {
  const body = marker("Do you repair saws");
  const heard = house.relay.mailsTo("desk@harbour.example").length;
  const guest = await house.guest({ name: "Hale Moor", subject: "Saws", body });
  const mail = await house.relay.mailTo("desk@harbour.example", heard + 1);
  expect(mail.text).toContain(body);
  expect(mail.text).toContain(`${house.url}/inbox/${guest.id}`);
});

test("the team sees what became of each mail", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Nils Gone", body: marker("Please answer") });
  await house.relay.mailTo(guest.email);
  const nora = teamPage(await visit({ as: "nora" }));
  await nora.open(`/inbox/${guest.id}`);

  house.relay.refuse(guest.email, 451);
  await nora.reply(marker("Once"));
  await expect(nora.conversation.getByText("Mail delayed, will be tried again")).toBeVisible();

  house.relay.refuse(guest.email, 550);
  await nora.reply(marker("Twice"));
  await expect(nora.conversation.getByText("Mail could not be delivered").first()).toBeVisible();
});
