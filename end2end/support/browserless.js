// Guests and staff without a browser: they post as pages do, to the same doors.
import { randomBytes } from "node:crypto";

const freshKey = () => randomBytes(18).toString("base64url");

/** The first cookie that an answer sets. */
function cookieOf(response) {
  const [cookie] = response.headers.getSetCookie();
  if (!cookie) throw new Error(`${response.url} answered ${response.status} without a cookie`);
  return cookie.split(";")[0];
}

async function post(url, path, { body, cookie, headers = {} }) {
  const own = { Origin: url, "Sec-Fetch-Site": "same-origin", ...(cookie && { Cookie: cookie }) };
  return fetch(url + path, {
    method: "POST",
    redirect: "manual",
    headers: { ...own, ...headers },
    body,
  });
}

async function mustBe(status, response) {
  if (response.status !== status) {
    const text = (await response.text()).slice(0, 400);
    throw new Error(`${response.url} answered ${response.status}, not ${status}: ${text}`);
  }
  return response;
}

/** A guest who has written through the contact form. */
export class Guest {
  static async write(url, { name = "", email, subject = "", body, language = "en" }) {
    const form = new URLSearchParams({ name, email, subject, body, key: freshKey() });
    const headers = { "Accept-Language": language, Accept: "text/html" };
    const answer = await mustBe(303, await post(url, "/contact", { body: form, headers }));
    return new Guest(url, answer.headers.get("location").split("/").at(-1), cookieOf(answer));
  }

  constructor(url, id, cookie) {
    this.url = url;
    this.id = id;
    this.cookie = cookie;
  }

  /** Follows a mailed link to its cookie. */
  static async follow(link) {
    const answer = await mustBe(303, await fetch(link, { redirect: "manual" }));
    const { origin } = new URL(link);
    return new Guest(origin, answer.headers.get("location").split("/").at(-1), cookieOf(answer));
  }

  async reply(body, url = this.url) {
    const form = new URLSearchParams({ body, key: freshKey() });
    const headers = { Accept: "text/html" };
    const to = `/c/${this.id}`;
    await mustBe(303, await post(url, to, { body: form, cookie: this.cookie, headers }));
  }
}

/** A signed-in user. */
export class Account {
  static async logIn(url, email, password) {
    const form = new URLSearchParams({ email, password, next: "/inbox" });
    return new Account(url, cookieOf(await mustBe(303, await post(url, "/login", { body: form }))));
  }

  constructor(url, cookie) {
    this.url = url;
    this.cookie = cookie;
  }

  /** Calls a server function as the page does. */
  async call(name, values, url = this.url) {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify(values);
    const { cookie } = this;
    return (await mustBe(200, await post(url, `/ui/${name}`, { body, cookie, headers }))).json();
  }

  /** `seen` is the last number that the author saw; without it nobody can have been faster. */
  reply(thread, body, seen = null, url = this.url) {
    return this.call("message/reply", { thread, form: { body, key: freshKey(), seen } }, url);
  }

  note(thread, body) {
    return this.call("note/add", { thread, form: { body, key: freshKey() } });
  }
}
