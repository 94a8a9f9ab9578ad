// The live line of a page, as a journey sees it from outside.
import { EventEmitter, once } from "node:events";

const LINE_MS = 20_000;
const lines = new WeakMap();

/** Follows the page's line from now on: call it before the page goes anywhere. */
export function followLine(page) {
  const line = { isOpen: false, news: new EventEmitter().setMaxListeners(0) };
  lines.set(page, line);
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) line.isOpen = false;
  });
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (JSON.parse(payload.toString()).t !== "hello") return;
      line.isOpen = true;
      line.news.emit("open");
    });
    socket.on("close", () => (line.isOpen = false));
  });
}

/** Waits until the page is alive: its program runs, and the server has greeted it. */
export async function alive(page) {
  const line = lines.get(page);
  if (line.isOpen) return;
  await once(line.news, "open", { signal: AbortSignal.timeout(LINE_MS) }).catch(() => {
    throw new Error(`the live line of ${page.url()} did not open`);
  });
}

/** Makes it visible when the page is loaded anew: `check` then fails. */
export async function keepsPage(page) {
  await page.evaluate(() => (window.isSamePage = true));
  return {
    check: async () => {
      if (!(await page.evaluate(() => window.isSamePage === true))) {
        throw new Error(`${page.url()} was loaded anew`);
      }
    },
  };
}
