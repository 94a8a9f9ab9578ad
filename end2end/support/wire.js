// Every byte that a page receives, decoded: headers, bodies and frames.

/** Answers that have no body by their nature. */
const BODILESS = new Set([204, 301, 302, 303, 304]);

export class Wire {
  /** Listens to a page from now on: open it before it goes anywhere. */
  constructor(page) {
    this.received = [];
    this.frames = [];
    this.reading = [];
    this.unread = [];
    page.on("response", (response) => this.reading.push(this.read(response)));
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => this.frames.push(payload.toString()));
    });
  }

  async read(response) {
    const headers = await response.headersArray();
    this.received.push(headers.map(({ name, value }) => `${name}: ${value}`).join("\n"));
    if (BODILESS.has(response.status())) return;
    try {
      this.received.push((await response.body()).toString("utf8"));
    } catch (error) {
      this.unread.push(`${response.url()}: ${error.message}`);
    }
  }

  /** Frames that say something. */
  get changes() {
    return this.frames.filter((frame) => JSON.parse(frame).t === "change");
  }

  /** All of it, once what is under way has been read. */
  async all() {
    await Promise.all(this.reading);
    return [...this.received, ...this.frames].join("\n");
  }
}
