// A server, a relay and the people of one file's journeys.
import { Account, Guest } from "./browserless.js";
import { CAST, PASSWORD, freshAddress } from "./cast.js";
import { Network, freePort } from "./network.js";
import { Pigeon } from "./pigeon.js";
import { Relay } from "./relay.js";

/** The last three are what no journey wants to wait for or be stopped by, unless it is about that. */
const USUAL = {
  "site-name": "Harbour Tools",
  "mail-from": "desk@harbour.example",
  "mail-joining-delay-s": 0,
  "rate-messages": 100_000,
  "undo-s": 0,
};

export class House {
  /**
   * Opens with the named people of the cast, and with `options` of the server over the usual. With
   * `far`, there is a network between the pages and the server.
   */
  static async open({ people = [], options = {}, far = false } = {}) {
    const house = new House(await Pigeon.settle(), await Relay.open());
    if (far) {
      house.network = await Network.open();
      house.network.port = await freePort();
    }
    for (const who of people) await house.pigeon.addPerson(CAST[who], PASSWORD);
    const { network } = house;
    const away = network && { "public-url": network.url };
    const all = { ...USUAL, smtp: house.relay.url, ...away, ...options };
    house.flags = Object.entries(all).flatMap(([option, value]) => [`--${option}`, `${value}`]);
    await house.pigeon.start(house.flags, network?.port);
    return house;
  }

  constructor(pigeon, relay) {
    this.pigeon = pigeon;
    this.relay = relay;
    this.accounts = new Map();
  }

  get url() {
    return this.pigeon.url;
  }

  /** Somebody of the cast, signed in once for the whole file. */
  async account(who) {
    if (!this.accounts.has(who)) {
      this.accounts.set(who, await Account.logIn(this.url, CAST[who].email, PASSWORD));
    }
    return this.accounts.get(who);
  }

  /** A guest who has just written, without a browser. */
  async guest(words) {
    const email = freshAddress();
    const guest = await Guest.write(this.url, { email, ...words });
    return Object.assign(guest, { email, ...words });
  }

  async close() {
    await this.pigeon.stop();
    await this.relay.close();
    await this.network?.close();
    const { troubles } = this.pigeon;
    await this.pigeon.clear();
    if (troubles.length) throw new Error(`the server's log has errors:\n${troubles.join("\n")}`);
  }
}
