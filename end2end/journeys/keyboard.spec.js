// Everything by keys alone, and always visible where the focus is.
import { freshAddress, marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora"] });

/** What has the focus, and whether a reader can see that it has. */
function focused(page) {
  return page.evaluate(() => {
    const here = document.activeElement;
    const labels = here.labels ? [...here.labels].map((label) => label.innerText) : [];
    const name = here.getAttribute("aria-label") ?? labels[0] ?? here.innerText ?? "";
    // A composer shows the focus of its text around itself.
    const isVisible = [here, here.closest("form") ?? here].some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    return { name: name.split("\n")[0].trim(), isVisible };
  });
}

/** Presses Tab until something called `last` has the focus, and answers with all stops on the way. */
async function stops(page, last, most = 40) {
  const names = [];
  while (names.length < most) {
    await page.keyboard.press("Tab");
    const { name, isVisible } = await focused(page);
    expect(isVisible, `the focus on "${name}" is visible`).toBe(true);
    names.push(name);
    if (name === last) return names;
  }
  throw new Error(`never came to ${last}, only to ${names.join(", ")}`);
}

test("the contact form is filled and sent by keys, in the order in which it is read", async ({
  visit,
}) => {
  const page = await visit({ path: "/contact" });
  const order = await stops(page, "Send");
  const writing = ["Your message", "Add files", "Send"];
  const expected = ["Your name", "Your e-mail address", "Subject", ...writing];
  expect(order.map((name) => name.replace(/ ?optional$/, ""))).toEqual(expected);

  await page.goto("/contact");
  const body = marker("By keys alone");
  for (const typed of ["Kira Keys", freshAddress("kira"), "Keys", body]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(typed);
  }
  await stops(page, "Send");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/c\/[0-9a-f]+$/);
  await alive(page);

  const order2 = await stops(page, "Send");
  expect(order2.slice(-3)).toEqual(writing);
  const more = marker("Once more");
  await guestPage(page).composer.focus();
  await page.keyboard.type(more);
  await page.keyboard.press("Control+Enter");
  await expect(guestPage(page).entries.filter({ hasText: more })).toHaveCount(1);
});

test("a refused form puts the focus on what is wrong", async ({ visit }) => {
  const page = await visit({ path: "/contact", expected: [/^answer: 422 \/contact/] });
  await page.getByLabel("Your e-mail address").fill("kira@nowhere");
  await page.getByLabel("Your message").fill("Hello");
  await stops(page, "Send");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Your e-mail address")).toBeFocused();
});

test("the inbox is worked by keys: open, read, answer, note", async ({ visit, house }) => {
  const guest = await house.guest({ name: "Lars Wait", subject: "Keys", body: marker("Hello") });
  const page = await visit({ as: "nora" });
  const nora = teamPage(page);
  await nora.open("/inbox");
  await page.keyboard.press("Tab");
  expect((await focused(page)).name).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#content$/);

  await nora.row("Lars Wait").focus();
  await page.keyboard.press("Enter");
  await expect(nora.conversation.getByText(guest.body)).toBeVisible();
  await nora.status.focus();
  const order = await stops(page, "Write a reply");
  expect(order).toContain("Assigned to");

  const answer = marker("By keys");
  await page.keyboard.type(answer);
  await page.keyboard.press("Control+Enter");
  await expect(nora.conversation.getByText(answer)).toHaveCount(1);
  await expect(nora.composer).toHaveValue("");
  await expect(nora.composer).toBeFocused();

  await nora.noteMode.focus();
  await page.keyboard.press("Enter");
  const note = marker("For us");
  await stops(page, "Write a note for the team");
  await page.keyboard.type(note);
  await page.keyboard.press("Control+Enter");
  await expect(nora.notes.filter({ hasText: note })).toHaveCount(1);
});
