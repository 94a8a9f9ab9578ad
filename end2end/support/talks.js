// Users in the middle of their own conversations: with the team, with each other, and asked by others.

/** `open` opens a page as somebody of the cast. Answers where the conversations are. */
export async function talk(house, open) {
  const support = await write(await open("uma", "/threads/new"), {
    Subject: "Handle of the D-7",
    "Your message": "Hello,\n\nthe handle of my D-7 is loose. Can I tighten it myself, or do I send it in?",
  });
  const nora = await house.account("nora");
  const id = support.split("/").at(-1);
  const { entries, change } = await nora.call("thread/open", { thread: id });
  await nora.call("thread/seen", { thread: id, upto: entries.at(-1).place });
  await nora.reply(id, "Hello Uma,\n\nyou can: two screws under the cap, a 4 mm key. The page is https://harbour.example/d7/handle", change);

  const direct = await write(await open("uma", "/threads/write"), {
    Addresses: "vera@team.example",
    Subject: "Market on Saturday",
    "Your message": "Shall we take the stand next to the gate again?",
  });
  const vera = await open("vera", "/threads/requests");
  await vera.getByRole("link", { name: "Market on Saturday" }).click();
  await vera.getByRole("button", { name: "Accept" }).click();
  await vera.goto(direct);
  for (const [who, text] of [
    ["vera", "Gladly. I bring the table, you bring the lamp?"],
    ["uma", "Deal. At seven?"],
    ["vera", "Half past six, or the good places are gone."],
  ]) {
    const page = who === "vera" ? vera : await open("uma", direct);
    await page.getByLabel("Your message").fill(text);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("listitem").filter({ hasText: text }).first().waitFor();
  }
  await write(await open("omar", "/threads/write"), {
    Addresses: "uma@users.example",
    Subject: "Your lamp",
    "Your message": "I saw it at the market. Where did you get it?",
  });
  const page = await open("uma", direct);
  await page.getByText("More", { exact: true }).click();
  await page.getByText("Report messages", { exact: true }).first().click();
  await page.getByRole("checkbox").first().check();
  await page.getByLabel("Why").fill("Only to try it.");
  await page.getByRole("button", { name: "Report messages" }).click();
  await page.getByText("Thank you.").waitFor();
  return { support, direct };
}

async function write(page, fields) {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.waitForURL(/\/threads\/[0-9a-f]+$/);
  return new URL(page.url()).pathname;
}
