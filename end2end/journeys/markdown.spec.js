// What people write is shown with its marks, alike wherever it is shown, and never more than shown: no script
// of it runs, nothing is asked of anywhere, and links lead only where links may.
import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { freshAddress, marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { guestPage, teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

const NICE = [
  "Hello **Nora**, it is *so* `cold`:",
  "",
  "> what you wrote",
  "> and more",
  "",
  "- one",
  "- two",
  "3. three",
  "4. four",
  "```sh",
  "# a line that is far longer than any telephone is wide, and is moved in itself, by its own reader, not by the page",
  "```",
  "see [the manual](https://manual.example/x) or https://pigeon.example/y.",
].join("\n");

const HOSTILE = [
  "<script>window.hacked = 1</script><img src=x onerror=window.hacked=2>",
  "[a](javascript:window.hacked=3) [b](JAVASCRIPT:window.hacked=3) [c](data:text/html,<script>window.hacked=4</script>)",
  '[d](https://evil.example/"onmouseover="window.hacked=5) ![e](https://evil.example/pixel.png)',
  "[bank.example](https://evil.example/in)",
  "**<svg onload=window.hacked=6>** `</code><script>window.hacked=7</script>`",
  "> <iframe src=https://evil.example></iframe>",
  "```",
  "</code></pre><script>window.hacked = 8</script>",
  "```",
].join("\n");

/** What stands in a message, without the marks that the framework leaves for itself. */
const made = (page, words) =>
  page
    .locator(".prose")
    .filter({ hasText: words })
    .first()
    .evaluate((prose) => {
      const copy = prose.cloneNode(true);
      const all = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
      const comments = [];
      while (all.nextNode()) comments.push(all.currentNode);
      for (const comment of comments) comment.remove();
      copy.normalize();
      return copy.outerHTML;
    });

/** Listens for whatever must not happen. */
function guard(page, house) {
  const asked = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(house.url).origin) asked.push(request.url());
  });
  page.on("dialog", (dialog) => asked.push(dialog.message()));
  return async () => {
    expect(await page.evaluate(() => window.hacked)).toBeUndefined();
    expect(asked).toEqual([]);
    const targets = await page.locator(".prose a").evaluateAll((links) => links.map((link) => link.protocol));
    expect(targets.filter((protocol) => !["https:", "http:", "mailto:"].includes(protocol))).toEqual([]);
    await expect(page.locator(".prose :is(img, svg, iframe, script, h1, h2, table)")).toHaveCount(0);
  };
}

test("the frame on other sites reads as the server does", async () => {
  const from = (path) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");
  const read = new Function(`${await from("server/embed/prose.js")}; return pigeonProse;`)();
  const one = (piece) => {
    if (typeof piece === "string") return piece;
    const [name, value] = piece;
    return piece.length === 1 ? "}" : `{${name}${value === null ? "" : ` ${value}`}|`;
  };
  for (const [text, expected] of JSON.parse(await from("wire/src/prose/cases.json"))) {
    expect(read(text).map(one).join(""), text).toBe(expected);
  }
  for (const unit of ["*", "* ", "`a ", "[a](http://x(", "http://a ", ">\n", "- a\n", "```\n", "- a\n  - b\n", "["]) {
    const began = performance.now();
    read(unit.repeat(20_000 / unit.length));
    expect(performance.now() - began, unit).toBeLessThan(500);
  }
});

test("marks are shown alike by the server, in a living page and in one that hears of them", async ({
  visit,
  house,
}) => {
  const [nice, hostile] = [marker("Nice"), marker("Hostile")];
  const guest = await house.guest({ name: "Gwen Alder", email: freshAddress("gwen"), subject: "Marks", body: "Hello" });
  const there = await visit({ as: "nora" });
  const theirs = await visit({ guest });
  const checks = [guard(there, house), guard(theirs, house)];
  const nora = teamPage(there);
  await nora.open(`/inbox/${guest.id}`);
  await theirs.goto(`/c/${guest.id}`);
  await alive(theirs);

  // The guest's text arrives at the team's page, and the team's at the guest's.
  await guestPage(theirs).reply(`${HOSTILE}\n${hostile}`);
  await expect(nora.conversation.getByText(hostile)).toBeVisible();
  await nora.reply(`${NICE}\n${nice}`);
  await expect(theirs.getByText(nice)).toBeVisible();
  await nora.addNote(`**Careful**: \`${hostile}-note\``);
  await expect(nora.notes.locator("strong").filter({ hasText: "Careful" })).toBeVisible();

  const heard = [await made(there, nice), await made(theirs, nice), await made(there, hostile)];
  const mark = theirs.locator(".prose").filter({ hasText: nice });
  await expect(mark.locator("strong")).toHaveText("Nora");
  await expect(mark.locator("em")).toHaveText("so");
  await expect(mark.locator("blockquote")).toHaveText("what you wrote\nand more");
  await expect(mark.locator("ul > li")).toHaveText(["one", "two"]);
  await expect(mark.locator("ol > li").first()).toHaveAttribute("value", "3");
  await expect(mark.locator("pre > code")).toContainText("# a line");
  const link = mark.getByRole("link", { name: "the manual" });
  await expect(link).toHaveAttribute("href", "https://manual.example/x");
  await expect(link).toHaveAttribute("rel", /noopener noreferrer/);
  await expect(theirs.getByText("[a](javascript:window.hacked=3)")).toBeVisible();
  await expect(theirs.getByRole("link", { name: "bank.example", exact: true })).toHaveCount(0);

  // The pages as the server makes them, and as their programs take them over.
  const plain = [
    await visit({ as: "nora", path: `/inbox/${guest.id}`, javaScriptEnabled: false }),
    await visit({ guest, path: `/c/${guest.id}`, javaScriptEnabled: false }),
  ];
  const rendered = [await made(plain[0], nice), await made(plain[1], nice), await made(plain[0], hostile)];
  expect(rendered).toEqual(heard);
  await there.reload();
  await alive(there);
  await theirs.reload();
  await alive(theirs);
  expect([await made(there, nice), await made(theirs, nice), await made(there, hostile)]).toEqual(heard);
  await there.locator(".prose :is(code, a, strong)").first().hover();
  for (const check of checks) await check();

  // Long code is moved in itself, and whoever has only keys reaches it.
  for (const page of [there, theirs]) {
    await page.setViewportSize({ width: 390, height: 844 });
    const code = page.locator(".prose pre").filter({ hasText: "a line that is far longer" });
    expect(await code.evaluate((pre) => pre.scrollWidth > pre.clientWidth)).toBe(true);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBe(0);
    await code.focus();
    await expect(code).toBeFocused();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      expect((await new AxeBuilder({ page }).include(".prose").analyze()).violations).toEqual([]);
    }
  }
  await there.keyboard.press("Escape");
});

test("a mail shows the same marks, and as text what was typed", async ({ house }) => {
  const nora = await house.account("nora");
  const guest = await house.guest({ name: "Gwen", email: freshAddress("gwen"), subject: "By mail", body: "Hello" });
  const body = "It is **ready**: [here](https://a.example/x), [not here](javascript:alert(1))";
  await house.relay.mailTo(guest.email);
  await nora.reply(guest.id, body);
  const mail = await house.relay.mailTo(guest.email, 2);
  expect(mail.text).toContain(body);
  expect(mail.html).toContain("<strong>ready</strong>");
  expect(mail.html).toContain('<a href="https://a.example/x"');
  expect(mail.html).toContain("[not here](javascript:alert(1))");
});
