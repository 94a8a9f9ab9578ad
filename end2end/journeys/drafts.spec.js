// What is being written is never lost: the server keeps it for every window of its author.
import { marker } from "../support/cast.js";
import { alive } from "../support/line.js";
import { teamPage } from "../support/screens.js";
import { expect, journeys } from "../support/test.js";

const test = journeys({ people: ["nora", "omar"] });

test("a draft is in every window of its author, in the list, and after a reload", async ({
  visit,
  house,
}) => {
  const guest = await house.guest({ name: marker("Gina"), subject: "Lid", body: "It is stuck." });
  const path = `/inbox/${guest.id}`;
  const here = await visit({ as: "nora", path });
  await alive(here);
  const there = await visit({ as: "nora", path });
  await alive(there);
  const text = marker("Turn it to the left");
  await teamPage(here).composer.pressSequentially(text);
  await expect(here.getByText("Draft saved")).toBeVisible();
  await expect(teamPage(there).composer).toHaveValue(text);
  await expect(teamPage(there).row(guest.name)).toContainText(`Draft: ${text}`);
  await here.reload();
  await alive(here);
  await expect(teamPage(here).composer).toHaveValue(text);

  // Nobody else sees it.
  const omar = await visit({ as: "omar", path });
  await alive(omar);
  await expect(teamPage(omar).composer).toHaveValue("");
  await expect(omar.getByText(text)).toHaveCount(0);

  // Sent in one window, it is gone in the other.
  await teamPage(here).send.click();
  await expect(teamPage(here).conversation.getByText(text)).toHaveCount(1);
  await expect(teamPage(there).conversation.getByText(text)).toHaveCount(1);
  await expect(teamPage(there).composer).toHaveValue("");
  await expect(teamPage(there).row(guest.name)).not.toContainText("Draft");
});

test("one press sends and closes", async ({ visit, house }) => {
  const guest = await house.guest({ name: marker("Gero"), subject: "Spout", body: "Thank you." });
  const page = await visit({ as: "nora", path: `/inbox/${guest.id}` });
  await alive(page);
  const nora = teamPage(page);
  await nora.composer.fill(marker("You are welcome"));
  await page.keyboard.press("Control+Shift+Enter");
  await expect(nora.status).toHaveValue("closed");
  await expect(nora.conversation.getByText("closed the conversation")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send & close" })).toHaveCount(0);
});
