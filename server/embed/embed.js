// Pigeon in the pages of another site: the contact form, the bubble, and what a page may ask about a
// visitor for whom its site vouches. Written by hand; until the bubble is opened it asks for nothing.
//
//   <script src="https://help.example.org/embed.js" async data-side="left"></script>
//
// Attributes: data-side (left, right), data-offset (pixels), data-colour (like #0f6b5c), data-lang
// (en, de), data-bubble="off", data-honeypot (the trap's field name). docs/EMBED.md describes the rest.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script || window.Pigeon) return;
  const base = new URL(script.src).origin;
  const set = script.dataset;
  const spoken = set.lang || document.documentElement.lang || navigator.language || "en";
  const german = spoken.toLowerCase().startsWith("de");
  const words = german
    ? {
        open: "Chat öffnen",
        dialog: "Chat",
        unread: (n) => (n === 1 ? "1 ungelesene Nachricht" : `${n} ungelesene Nachrichten`),
        name: "Ihr Name",
        email: "Ihre E-Mail-Adresse",
        subject: "Betreff",
        body: "Ihre Nachricht",
        trap: "Bitte lassen Sie dieses Feld leer",
        send: "Senden",
      }
    : {
        open: "Open chat",
        dialog: "Chat",
        unread: (n) => (n === 1 ? "1 unread message" : `${n} unread messages`),
        name: "Your name",
        email: "Your e-mail address",
        subject: "Subject",
        body: "Your message",
        trap: "Please leave this field empty",
        send: "Send",
      };

  const make = (tag, values, ...inside) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(values || {})) {
      if (name in node && name !== "style") node[name] = value;
      else node.setAttribute(name, value);
    }
    node.append(...inside);
    return node;
  };

  // The contact form: a plain form, posted to Pigeon as one that was copied there.

  const field = (name, tag, values) => {
    const input = make(tag, { name, ...values });
    return make("p", {}, make("label", {}, words[name], make("br"), input));
  };

  const form = (place) => {
    const trap = make("input", { type: "text", name: set.honeypot || "website", tabIndex: -1, autocomplete: "off" });
    const hidden = make("div", { "aria-hidden": "true" }, make("label", {}, words.trap, trap));
    hidden.style.position = "absolute";
    hidden.style.left = "-9999px";
    place.append(
      make(
        "form",
        { action: base + "/contact", method: "post", enctype: "multipart/form-data", acceptCharset: "utf-8" },
        field("name", "input", { type: "text", maxLength: 100, autocomplete: "name" }),
        field("email", "input", { type: "email", maxLength: 254, autocomplete: "email", required: true }),
        field("subject", "input", { type: "text", maxLength: 200 }),
        field("body", "textarea", { rows: 7, maxLength: 20000, required: true }),
        hidden,
        make("p", {}, make("button", { type: "submit" }, words.send)),
      ),
    );
  };

  // Who is vouched for.

  let source = null; // what the site gives: a signed token, or a function that fetches one
  let turn = 0; // counts who it is: what belongs to an earlier one is dropped
  let session = null;
  let ready = Promise.resolve();
  let socket = null;
  let delay = 1000;
  let rows = new Map();
  let counts = { unread: 0 };
  let guestUnread = 0;
  let able = null;
  const hearers = new Set();

  const emit = (thread) => {
    const messages = [...rows.values()].reduce((sum, row) => sum + row.unread, 0);
    badge(session ? (counts.unread ? Math.max(messages, counts.unread) : 0) : guestUnread);
    const unread = session ? counts.unread : guestUnread;
    for (const hear of hearers) {
      try {
        hear({ unread, thread: thread || null });
      } catch (error) {
        console.error(error);
      }
    }
  };

  const ask = async (path, body) => {
    const headers = {};
    if (session) headers.authorization = "Bearer " + session.token;
    if (body) headers["content-type"] = "application/json";
    const answer = await fetch(base + "/embed/" + path, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
    });
    const told = answer.status === 204 ? null : await answer.json().catch(() => null);
    if (answer.ok) return told;
    const error = new Error((told && told.code) || "HTTP " + answer.status);
    error.code = told && told.code;
    error.status = answer.status;
    throw error;
  };

  // The visitor is a guest again.
  const lose = () => {
    session = null;
    rows = new Map();
    counts = { unread: 0 };
    tell({ t: "session", session: null });
    emit();
  };

  const exchange = async () => {
    const mine = turn;
    const token = typeof source === "function" ? await source() : source;
    if (mine !== turn) return;
    let known = null;
    try {
      session = null;
      known = token && (await ask("session", { token }));
    } catch (error) {
      // Refused, the visitor is nobody any more; without an answer, it is tried again.
      if (mine === turn && error.status) lose();
      throw error;
    }
    if (mine !== turn) return;
    if (!known) return lose();
    session = { ...known, until: Date.now() + known.expires_in_s * 1000 };
    tell({ t: "session", session: forFrame() });
  };

  // A question whose token may have ended meanwhile.
  const known = async (path) => {
    if (source && session && session.until < Date.now() + 30000) await exchange();
    try {
      return await ask(path);
    } catch (error) {
      if (error.status !== 401 || !source) throw error;
      await exchange();
      return ask(path);
    }
  };

  const load = async () => {
    const mine = turn;
    if (!session) return emit();
    const found = new Map();
    let page = null;
    for (let n = 0; n < 10 && (!page || page.next); n += 1) {
      page = await known("threads" + (page ? "?after=" + page.next : ""));
      for (const row of page.rows) found.set(row.id, row);
    }
    if (mine !== turn) return;
    rows = found;
    counts = page.counts;
    emit();
  };

  const connect = () => {
    const mine = turn;
    if (!session) return;
    const line = new WebSocket(base.replace(/^http/, "ws") + "/embed/live");
    let silence;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => line.close(), 45000);
    };
    socket = line;
    heard();
    line.onopen = () => line.send(JSON.stringify({ token: session && session.token }));
    line.onmessage = ({ data }) => {
      heard();
      if (mine !== turn) return;
      const frame = JSON.parse(data);
      if (frame.t === "hello") {
        if (delay !== 1000) load().catch(() => {});
        delay = 1000;
      } else if (frame.t === "counts") {
        counts = frame;
        emit();
      } else if (frame.t === "row") {
        rows.set(frame.id, frame);
        emit(frame.id);
      } else if (frame.t === "gone") {
        rows.delete(frame.thread);
        emit(frame.thread);
      } else if (frame.t === "change") {
        emit(frame.thread);
      }
    };
    line.onclose = ({ code }) => {
      clearTimeout(silence);
      if (line === socket) again(mine, code === 4001);
    };
  };

  // Comes back after a while; where the word has ended, the site is asked anew first, and if it has
  // none, that is the end of it.
  const again = (mine, isOver) => {
    delay = Math.min(delay * 2, 30000);
    setTimeout(async () => {
      if (mine !== turn) return;
      try {
        if (isOver) await exchange();
        connect();
      } catch (error) {
        if (!error.status) again(mine, isOver);
      }
    }, delay + Math.random() * 1000);
  };

  const forget = () => {
    const line = socket;
    turn += 1;
    source = session = socket = null;
    rows = new Map();
    counts = { unread: 0 };
    ready = Promise.resolve();
    delay = 1000;
    if (line) line.close();
  };

  const forFrame = () => session && { token: session.token, person: session.person };

  const row = (row) =>
    row && {
      id: row.id,
      kind: row.kind,
      subject: row.subject,
      status: row.status,
      unread: row.unread,
      preview: row.preview,
      activeAt: new Date(row.active_at),
    };

  const settled = () => ready.catch(() => {});

  // The bubble and its dialog.

  let badge = () => {};
  let tell = () => {};
  let show = () => {};
  let hide = () => {};

  const bubble = () => {
    const left = set.side === "left";
    const offset = Number(set.offset) >= 0 && set.offset ? Number(set.offset) : 20;
    const colour = /^#[0-9a-f]{6}$/i.test(set.colour || "") ? set.colour : "#0f6b5c";
    const side = left ? "left" : "right";
    const host = make("div", { id: "pigeon" });
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      button { all: initial; position: fixed; bottom: ${offset}px; ${side}: ${offset}px; width: 56px; height: 56px;
        border-radius: 50%; background: ${colour}; color: #fff; cursor: pointer; z-index: 2147483000;
        display: grid; place-items: center; box-shadow: 0 2px 10px #0006; }
      button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #1d4ed8; }
      svg { width: 28px; height: 28px; }
      .words { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .badge { position: absolute; top: -4px; ${left ? "left" : "right"}: -4px; min-width: 22px; height: 22px;
        box-sizing: border-box; padding: 0 6px; border-radius: 11px; background: #b91c1c; color: #fff;
        font: 700 12px/22px system-ui, sans-serif; text-align: center; }
      [hidden] { display: none !important; }
      dialog { position: fixed; inset: auto; bottom: ${offset + 64}px; ${side}: ${offset}px; margin: 0; padding: 0;
        border: 0; width: 384px; height: min(640px, 100vh - ${offset + 76}px); max-width: none; max-height: none;
        overflow: hidden; border-radius: 12px; background: Canvas; box-shadow: 0 6px 30px #0006; }
      dialog::backdrop { background: transparent; }
      iframe { display: block; width: 100%; height: 100%; border: 0; }
      @media (max-width: 480px) { dialog { inset: 0; width: 100%; height: 100%; height: 100dvh; border-radius: 0; } }
      @media (prefers-reduced-motion: no-preference) {
        dialog[open] { animation: rise 0.15s ease-out; }
        @keyframes rise { from { opacity: 0; transform: translateY(8px); } }
      }
      @media (forced-colors: active) { button, dialog { border: 2px solid; } }`);
    root.adoptedStyleSheets = [sheet];

    const space = "http://www.w3.org/2000/svg";
    const icon = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    path.setAttribute("fill", "currentColor");
    path.setAttribute("d", "M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-6 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z");
    icon.append(path);

    const mark = make("span", { className: "badge", hidden: true, role: "img" });
    const button = make("button", { type: "button" }, icon, make("span", { className: "words" }, words.open), mark);
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-expanded", "false");
    const dialog = make("dialog", { "aria-label": words.dialog });
    let frame = null;
    let isHeard = false;

    const load = () => {
      if (frame) return;
      const address = base + "/embed/frame?lang=" + (german ? "de" : "en");
      frame = make("iframe", { title: words.dialog, src: address });
      frame.addEventListener("load", () => {
        isHeard = true;
        tell({ t: "hello", session: forFrame(), open: dialog.open });
      });
      dialog.append(frame);
    };

    badge = (n) => {
      mark.hidden = !n;
      mark.textContent = n > 99 ? "99+" : n;
      mark.setAttribute("aria-label", words.unread(n));
    };
    // To our own frame alone, whatever page it may have become.
    tell = (what) => isHeard && frame.contentWindow.postMessage({ pigeon: 1, ...what }, base);
    show = () => {
      load();
      if (dialog.open) return;
      dialog.showModal();
      button.setAttribute("aria-expanded", "true");
      frame.focus();
      tell({ t: "open" });
    };
    hide = () => dialog.close();

    button.addEventListener("click", show);
    dialog.addEventListener("click", (event) => event.target === dialog && hide());
    dialog.addEventListener("close", () => {
      button.setAttribute("aria-expanded", "false");
      button.focus();
      tell({ t: "closed" });
    });
    addEventListener("message", (event) => {
      if (!frame || event.source !== frame.contentWindow || event.origin !== base) return;
      const said = event.data;
      if (!said || said.pigeon !== 1) return;
      if (said.t === "close") hide();
      else if (said.t === "unread") {
        guestUnread = Number(said.n) || 0;
        if (!session) emit();
      } else if (said.t === "talk") {
        // While there is a conversation, a page loads the frame by itself, so that the badge tells of an
        // answer.
        try {
          if (said.is) localStorage.setItem("pigeon-talk", "1");
          else localStorage.removeItem("pigeon-talk");
        } catch (error) {}
      } else if (said.t === "renew") {
        exchange().catch(() => {});
      }
    });

    root.append(button, dialog);
    document.body.append(host);
    let talks = false;
    try {
      talks = localStorage.getItem("pigeon-talk") === "1";
    } catch (error) {}
    if (talks) (window.requestIdleCallback || setTimeout)(load);
    emit();
  };

  window.Pigeon = {
    // The site vouches for its visitor: with a signed token, or a function that fetches one.
    identify(given) {
      forget();
      source = given;
      ready = exchange().then(load).then(connect);
      ready.catch(() => emit());
      return ready;
    },
    // The visitor has signed out at the site.
    forget() {
      forget();
      tell({ t: "session", session: null });
      emit();
    },
    open: () => show(),
    close: () => hide(),
    on(name, hear) {
      if (name !== "change") throw new TypeError("Pigeon tells of 'change' alone");
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    async unreadCount() {
      await settled();
      return session ? counts.unread : guestUnread;
    },
    async threads(kind) {
      await settled();
      const all = [...rows.values()].filter((row) => !kind || row.kind === kind);
      return all.sort((a, b) => b.active_at - a.active_at).map(row);
    },
    async thread(id) {
      await settled();
      return row(rows.get(id)) || null;
    },
    async messages(id) {
      await settled();
      if (!session) return [];
      const opened = await known("threads/" + encodeURIComponent(id));
      return opened.entries
        .map(({ entry }) => entry)
        .filter((entry) => entry.content.kind === "message")
        .map((entry) => ({
          id: entry.id,
          author: entry.content.author,
          mine: entry.content.side === "customer",
          text: entry.content.body,
          at: new Date(entry.at),
        }));
    },
    async isUnread(id) {
      await settled();
      return (rows.get(id) || { unread: 0 }).unread > 0;
    },
    async canStartGuestThread() {
      able = able || ask("able");
      return (await able).guests;
    },
    async canStartUserThread() {
      await settled();
      return !!session;
    },
  };

  const begin = () => {
    document.querySelectorAll("[data-pigeon-form]").forEach(form);
    if (set.bubble !== "off") bubble();
    document.dispatchEvent(new Event("pigeon"));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
