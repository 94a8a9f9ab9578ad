// The inbox without a mouse: moving, acting, going somewhere, finding what can be done.
import { AxeBuilder } from "@axe-core/playwright";
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

test("twenty questions are dealt with by keys alone", async ({ visit, house }) => {
  const guests = [];
  for (let n = 0; n < 20; n++) {
    guests.push(await house.guest({ name: marker("Kim"), subject: "Keys", body: "Hello?" }));
  }
  const page = await visit({ as: "nora" });
  const nora = teamPage(page);
  await nora.open("/inbox?view=pending");
  const status = async (guest) => {
    const account = await house.account("nora");
    return (await account.call("thread/open", { thread: guest.id })).head.status;
  };
  for (let n = 0; n < guests.length; n++) {
    await page.keyboard.press("j");
    if (n === 0) {
      await page.keyboard.press("x");
      await expect(page.getByText("1 chosen")).toBeVisible();
      await page.keyboard.press("x");
      await expect(page.getByText("1 chosen")).toHaveCount(0);
    }
    await page.keyboard.press("o");
    await expect(nora.conversation.getByText("Hello?")).toBeVisible();
    if (n % 2 === 0) {
      await page.keyboard.press("r");
      await expect(nora.composer).toBeFocused();
      await page.keyboard.type("Here you are.");
      await page.keyboard.press("Control+Shift+Enter");
    } else {
      await page.keyboard.press("e");
    }
    await expect(nora.status).toHaveValue("closed");
    await page.keyboard.press("Escape");
    await page.keyboard.press("u");
    await expect(page).toHaveURL(/\/inbox\?view=pending$/);
  }
  for (const guest of guests) await expect.poll(() => status(guest)).toBe("closed");
});

test("the sheet tells the keys and switches them off on this device", async ({ visit }) => {
  const page = await visit({ as: "nora" });
  const nora = teamPage(page);
  await nora.open("/inbox");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect(sheet).toBeVisible();
  const axe = await new AxeBuilder({ page }).include("dialog#keys").analyze();
  expect(axe.violations).toEqual([]);
  await sheet.getByRole("checkbox").uncheck();
  await sheet.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await page.keyboard.press("?");
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(/\/inbox$/);
  // Commands with Ctrl stay, and the switch is where it was.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Everything that can be done" })).toBeVisible();
});

test("the palette finds pages and what can be done here", async ({ visit, house }) => {
  const guest = await house.guest({ name: marker("Pia"), subject: "Palette", body: "Hello?" });
  const page = await visit({ as: "nora", path: `/inbox/${guest.id}` });
  await alive(page);
  const palette = page.getByRole("dialog", { name: "Everything that can be done" });
  await page.keyboard.press("Control+k");
  await expect(palette).toBeVisible();
  const axe = await new AxeBuilder({ page }).include("dialog#palette").analyze();
  expect(axe.violations).toEqual([]);
  await page.keyboard.type("internal note");
  await page.keyboard.press("Enter");
  await expect(palette).toBeHidden();
  await expect(teamPage(page).noteComposer).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("unassigned");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/view=unassigned/);
  // Letters in a text are letters.
  await page.goto(`/inbox/${guest.id}`);
  await alive(page);
  await teamPage(page).composer.fill("");
  await teamPage(page).composer.pressSequentially("e# jku");
  await expect(teamPage(page).composer).toHaveValue("e# jku");
  await expect(teamPage(page).status).toHaveValue("pending");
});

test("rows are chosen one after the other, and the views make room", async ({ visit, house }) => {
  for (let n = 0; n < 3; n++) {
    await house.guest({ name: marker("Rita"), subject: "Range", body: "Hello?" });
  }
  const page = await visit({ as: "nora" });
  await teamPage(page).open("/inbox");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+J");
  await expect(page.getByText("2 chosen")).toBeVisible();
  await page.keyboard.press("Shift+J");
  await expect(page.getByText("3 chosen")).toBeVisible();
  await page.keyboard.press("Shift+K");
  await expect(page.getByText("3 chosen")).toBeVisible();

  const views = page.getByRole("navigation", { name: "Views" });
  await page.keyboard.press("[");
  await expect(views).toBeHidden();
  await teamPage(page).open("/inbox");
  await expect(views).toBeHidden();
  await page.keyboard.press("[");
  await expect(views).toBeVisible();
});
