// An example of a site that shows Pigeon's conversations in its pages and vouches for its visitors.
// It needs nothing but Node.js:
//
//   PIGEON_URL=http://127.0.0.1:3000 PIGEON_KEY=… PIGEON_SECRET=… node docs/example-site/server.mjs
//
// Then list http://localhost:8080 under "Sites that show conversations" in Pigeon's settings.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

/** Whoever signs in here; a real site has accounts and passwords. */
const VISITORS = {
  vera: { sub: "customer-4711", name: "Vera Visitor" },
  otto: { sub: "customer-4712", name: "Otto Other" },
};
/** How long a word holds: it is used at once. */
const WORD_S = 120;

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Vouches for a visitor: a JSON Web Token, HS256, for a few minutes. */
export function vouch({ pigeon, key, secret }, visitor, now = Date.now()) {
  const iat = Math.floor(now / 1000);
  const header = encoded({ alg: "HS256", typ: "JWT", kid: key });
  const payload = encoded({ ...visitor, aud: pigeon, iat, exp: iat + WORD_S });
  const signature = createHmac("sha256", secret).update(`${header}.${payload}`).digest("base64url");
  return `${header}.${payload}.${signature}`;
}

function visitorOf(request) {
  const found = /(?:^|;\s*)visitor=(\w+)/.exec(request.headers.cookie ?? "");
  return found && Object.hasOwn(VISITORS, found[1]) ? VISITORS[found[1]] : undefined;
}

async function page(site, visitor) {
  const text = await readFile(new URL("index.html", import.meta.url), "utf8");
  return text
    .replaceAll("{{pigeon}}", site.pigeon)
    .replaceAll("{{visitor}}", visitor?.name ?? "")
    .replaceAll("{{greeting}}", visitor ? `Signed in as ${visitor.name}` : "Not signed in");
}

async function answer(site, request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const send = (status, type, body, headers = {}) => {
    response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store", ...headers });
    response.end(body);
  };
  const go = (cookie) => send(303, "text/plain", "", { Location: "/", "Set-Cookie": cookie });
  const visitor = visitorOf(request);
  if (pathname === "/") return send(200, "text/html; charset=utf-8", await page(site, visitor));
  if (pathname === "/site.js") {
    const script = await readFile(new URL("site.js", import.meta.url), "utf8");
    return send(200, "text/javascript; charset=utf-8", script);
  }
  if (pathname === "/sign-in") {
    return go(`visitor=${searchParams.get("as") ?? ""}; HttpOnly; SameSite=Lax; Path=/`);
  }
  if (pathname === "/sign-out") return go("visitor=; Max-Age=0; Path=/");
  // Asked by our own pages alone: no other site's page can read the answer.
  if (pathname === "/pigeon-token") {
    return visitor ? send(200, "text/plain", vouch(site, visitor)) : send(204, "text/plain");
  }
  return send(pathname === "/favicon.ico" ? 204 : 404, "text/plain");
}

/** Opens the site on `port`; `site` says where Pigeon is, and which key and secret it has. */
export async function open(site, port = 0) {
  const server = createServer((request, response) => {
    answer(site, request, response).catch((error) => response.destroy(error));
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { PIGEON_URL = "http://127.0.0.1:3000", PIGEON_KEY, PIGEON_SECRET, PORT = 8080 } = process.env;
  const site = { pigeon: PIGEON_URL, key: PIGEON_KEY ?? "", secret: PIGEON_SECRET ?? "" };
  const { url } = await open(site, Number(PORT));
  console.log(`The example site is open at ${url}`);
}
