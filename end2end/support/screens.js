// What people find on the pages, by the words and roles that assistive technology reads.
import { expect } from "@playwright/test";
import { alive } from "./line.js";

/** The contact form and the conversation of a guest. */
export const guestPage = (page) => ({
  entries: page.getByRole("log", { name: "Conversation" }).getByRole("listitem"),
  composer: page.getByRole("textbox", { name: "Your message" }),
  send: page.getByRole("button", { name: "Send", exact: true }),

  async write({ name, email, subject, body }) {
    await page.goto("/contact");
    await page.getByLabel("Your name").fill(name);
    await page.getByLabel("Your e-mail address").fill(email);
    await page.getByLabel("Subject").fill(subject);
    await page.getByLabel("Your message").fill(body);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page).toHaveURL(/\/c\/[0-9a-f]+$/);
  },

  async reply(body) {
    await this.composer.fill(body);
    await this.send.click();
  },
});

/** The inbox and an open conversation of the team. */
export const teamPage = (page) => {
  const conversation = page.getByRole("article", { name: "Conversation" });
  const list = page.getByRole("main").getByRole("list").first();
  return {
    conversation,
    list,
    row: (words) => list.getByRole("link").filter({ hasText: words }),
    notes: conversation.locator(".note"),
    composer: page.getByRole("textbox", { name: "Write a reply" }),
    noteComposer: page.getByRole("textbox", { name: "Write a note for the team" }),
    replyMode: page.getByRole("button", { name: /^Reply to / }),
    noteMode: page.getByRole("button", { name: "Internal note", exact: true }),
    send: page.getByRole("button", { name: "Send reply" }),
    status: page.getByRole("combobox", { name: "Status" }),
    assignee: page.getByRole("combobox", { name: "Assigned to" }),
    badge: (count) => page.getByRole("link", { name: `Inbox, ${count} need a reply` }),

    async open(path) {
      await page.goto(path);
      await alive(page);
    },

    async reply(body) {
      await this.composer.fill(body);
      await this.send.click();
    },

    async addNote(body) {
      await this.noteMode.click();
      await this.noteComposer.fill(body);
      await page.getByRole("button", { name: "Add note" }).click();
      await this.replyMode.click();
    },
  };
};
