// A real SMTP server that keeps what it takes, and refuses whom a journey tells it to refuse.
import { EventEmitter, once } from "node:events";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const MAIL_MS = 15_000;

export class Relay {
  static async open() {
    const relay = new Relay();
    relay.server.listen(0, "127.0.0.1");
    await once(relay.server.server, "listening");
    return relay;
  }

  constructor() {
    this.mails = [];
    this.refused = new Map();
    this.arrivals = new EventEmitter().setMaxListeners(0);
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      onRcptTo: ({ address }, _session, done) => {
        const responseCode = this.refused.get(address);
        done(responseCode && Object.assign(new Error("No such mailbox here"), { responseCode }));
      },
      onData: (stream, session, done) => {
        this.take(stream, session).then(() => done(), done);
      },
    });
    // A server that is killed hangs up in the middle of a mail.
    this.server.on("error", () => {});
  }

  async take(stream, session) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const parsed = await simpleParser(raw);
    const to = session.envelope.rcptTo.map(({ address }) => address);
    this.mails.push({ to, raw: raw.toString("utf8"), ...wordsOf(parsed) });
    this.arrivals.emit("mail");
  }

  get url() {
    return `smtp://127.0.0.1:${this.server.server.address().port}`;
  }

  /** Answers every mail to `address` with this code: 4xx for later, 5xx for never. */
  refuse(address, code) {
    this.refused.set(address, code);
  }

  mailsTo(address) {
    return this.mails.filter((mail) => mail.to.includes(address));
  }

  /** The mail to `address` with this number, counted from 1, as soon as it is there. */
  async mailTo(address, number = 1) {
    const late = AbortSignal.timeout(MAIL_MS);
    while (this.mailsTo(address).length < number) {
      await once(this.arrivals, "mail", { signal: late }).catch(() => {
        const got = this.mails.map((mail) => `${mail.to}: ${mail.subject}`).join("\n");
        throw new Error(`no mail number ${number} to ${address}; there are:\n${got}`);
      });
    }
    return this.mailsTo(address)[number - 1];
  }

  async close() {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function wordsOf({ subject, text, html, headers }) {
  const links = [...(text ?? "").matchAll(/https?:\/\/\S+/g)].map(([link]) => link);
  return { subject, text, html, headers, links, link: links[0] };
}
