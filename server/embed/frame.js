// The frame that another site shows: a guest's conversation, or those of a visitor for whom the site
// vouches. Nobody is known by a cookie. A guest's secret stays in this frame's own storage, which
// browsers keep apart for each site; a vouched visitor's token comes from the page around and is not
// kept. Neither ever stands in an address. What people typed becomes text, never markup.
(() => {
  "use strict";
  const words = JSON.parse(document.body.dataset.words);
  const by = (id) => document.getElementById(id);
  const spoken = document.documentElement.lang;
  const language = navigator.languages.find((one) => one.startsWith(spoken)) || spoken;

  // The page around: one of the listed sites, and nobody else.

  let outside = null;
  const tell = (what) => outside && parent.postMessage({ pigeon: 1, ...what }, outside);

  // What is kept of a guest: the secret, and how far was read.

  let kept = null;
  const keep = (what) => {
    kept = what;
    const text = what ? JSON.stringify(what) : "";
    try {
      if (what) localStorage.setItem("pigeon", text);
      else localStorage.removeItem("pigeon");
    } catch (error) {
      // Chromium that blocks third-party cookies takes all storage away but a cookie that is kept apart
      // for this site. The server never looks at it; it lasts as long as the secret may.
      const age = what ? 24 * 3600 : 0;
      const where = "Path=/embed/frame; SameSite=None; Secure; Partitioned";
      document.cookie = `pigeon-kept=${encodeURIComponent(text)}; Max-Age=${age}; ${where}`;
    }
  };
  const recall = () => {
    let text = "";
    try {
      text = localStorage.getItem("pigeon");
    } catch (error) {
      const found = /(?:^|; )pigeon-kept=([^;]+)/.exec(document.cookie);
      text = found && decodeURIComponent(found[1]);
    }
    kept = text ? JSON.parse(text) : kept;
  };

  let user = null; // who is vouched for
  let turn = 0; // what belongs to an earlier one, or to another thread, is dropped
  let view = "";
  let isOpen = false;
  let rows = new Map();
  let thread = null; // { id, number, entries, nodes, head, more, marked }
  let socket = null;
  let delay = 1000;
  let renewing = [];

  const token = () => (user ? user.token : kept && kept.token);

  const failure = (code, status) => Object.assign(new Error(code), { code, status });

  const renew = () =>
    new Promise((done, failed) => {
      renewing.push(done);
      setTimeout(() => failed(failure("not_signed_in", 401)), 10000);
      tell({ t: "renew" });
    });

  const ask = async (path, body, key, again = true) => {
    const headers = { accept: "application/json" };
    if (token()) headers.authorization = "Bearer " + token();
    if (body) headers["content-type"] = "application/json";
    if (key) headers["idempotency-key"] = key;
    const answer = await fetch("/embed/" + path, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
    });
    if (answer.status === 401 && user && again) {
      await renew();
      return ask(path, body, key, false);
    }
    const told = await answer.json().catch(() => null);
    if (!answer.ok) throw failure((told && told.code) || "", answer.status);
    return told;
  };

  const freshKey = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const sentence = (error) =>
    ({ too_many: words.many, busy: words.many, off: words.off, invalid: words.invalid })[error.code] || words.failed;

  const node = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  };

  const moment = (at) => {
    const time = node("time", "", new Date(at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" }));
    time.dateTime = new Date(at).toISOString();
    return time;
  };

  // What somebody wrote. Elements are made by name, and all that was typed goes in as text.
  const prose = (text) => {
    const whole = node("div", "text");
    whole.dir = "auto";
    const open = [whole];
    for (const piece of pigeonProse(text)) {
      if (typeof piece === "string") open.at(-1).append(piece);
      else if (piece.length === 1) open.pop();
      else {
        const [name, value] = piece;
        const made = node(name);
        if (name === "a") Object.assign(made, { href: value, target: "_blank", rel: "noopener noreferrer nofollow ugc" });
        if (name === "li" && value) made.value = Number(value);
        if (name === "pre") Object.assign(made, { tabIndex: 0, dir: "ltr" });
        open.at(-1).append(made);
        open.push(made);
      }
    }
    return whole;
  };

  const focusOn = (id) => isOpen && by(id).focus();

  const show = (name, title) => {
    view = name;
    for (const one of ["home", "start", "talk"]) by(one).hidden = one !== name;
    by("back").hidden = !user || name === "home";
    by("heading").textContent = title;
    by("told").textContent = "";
    for (const wrong of document.querySelectorAll(".wrong")) wrong.textContent = "";
  };

  // The list of a vouched visitor.

  // A row keeps its button: a hand that is on its way to it must find it there.
  const items = new Map();
  const itemOf = (row) => {
    let item = items.get(row.id);
    if (!item) {
      item = node("li");
      const button = node("button");
      button.type = "button";
      button.addEventListener("click", () => open(row.id).catch(trouble));
      item.append(button);
      items.set(row.id, item);
    }
    const button = item.firstChild;
    button.className = row.unread ? "row unread" : "row";
    button.replaceChildren(node("strong", "", row.subject || words.subject), node("span", "preview", row.preview));
    button.append(moment(row.active_at));
    if (row.unread) button.append(node("b", "count", `${row.unread} ${words.unread}`));
    return item;
  };

  const list = () => {
    const all = [...rows.values()].sort((a, b) => b.active_at - a.active_at);
    by("none").hidden = all.length > 0;
    for (const id of items.keys()) if (!rows.has(id)) items.delete(id);
    const shown = all.map(itemOf);
    const threads = by("threads");
    if (shown.length !== threads.children.length || shown.some((item, at) => item !== threads.children[at])) {
      threads.replaceChildren(...shown);
    }
  };

  const load = async () => {
    const mine = turn;
    const page = await ask("threads");
    if (mine !== turn) return;
    rows = new Map(page.rows.map((row) => [row.id, row]));
    list();
  };

  const home = () => {
    thread = null;
    show("home", words.home);
    list();
    focusOn("heading");
  };

  // Beginning.

  const start = () => {
    thread = null;
    show("start", words.title);
    const isClosed = !user && !words.guests;
    by("begin").hidden = isClosed;
    if (isClosed) by("told").textContent = words.off;
    for (const part of document.querySelectorAll("[data-guest]")) part.hidden = !!user;
    by("email").required = !user;
    focusOn(isClosed ? "told" : user ? "subject" : "name");
  };

  let startKey = null;
  by("begin").addEventListener("input", () => (startKey = null));
  by("begin").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = by("begin");
    const button = form.querySelector("button");
    const wrong = form.querySelector(".wrong");
    if (button.disabled) return;
    startKey = startKey || freshKey();
    button.disabled = true;
    wrong.textContent = "";
    const said = { subject: by("subject").value, text: by("body").value };
    const trap = form.querySelector("[data-trap]");
    try {
      if (user) {
        const made = await ask("threads", said, startKey);
        form.reset();
        await open(made.thread);
      } else {
        const guest = { name: by("name").value, email: by("email").value, trap: trap ? trap.value : "" };
        const made = await ask("guest/threads", { ...guest, ...said }, startKey);
        form.reset();
        if (made) {
          keep({ token: made.token, seen: 0 });
          tell({ t: "talk", is: true });
          await open(null);
        } else {
          form.hidden = true;
          by("told").textContent = words.sent;
          focusOn("told");
        }
      }
      startKey = null;
    } catch (error) {
      wrong.textContent = sentence(error);
    }
    button.disabled = false;
  });

  // One conversation.

  const draw = (entry) => {
    const { content } = entry;
    const item = node("li", content.kind === "event" ? "event" : content.side === "customer" ? "mine" : "theirs");
    const who = content.side === "customer" ? words.you : content.author || words.team;
    if (content.event === "moved") {
      item.append(node("span", "", `${words.moved} `), moment(entry.at));
      return item;
    }
    if (content.kind === "event") {
      const text = content.event.includes("closed") ? words.closed : words.reopened;
      item.append(node("span", "", `${who} ${text} `), moment(entry.at));
      return item;
    }
    const head = node("p", "who");
    head.append(node("strong", "", who), " ", moment(entry.at));
    item.append(head);
    if (content.body) item.append(prose(content.body));
    const files = (content.attachments || []).map((file) => file.name).join(", ");
    if (files) item.append(node("p", "files", `${words.files}: ${files}`));
    return item;
  };

  const put = (all) => {
    const scroll = by("scroll");
    const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
    for (const one of all) {
      const entry = one.entry || one;
      const drawn = draw(entry);
      const before = thread.nodes.get(entry.id);
      if (before) before.replaceWith(drawn);
      else {
        const after = [...thread.entries.values()].filter((other) => other.place > entry.place);
        const next = after.sort((a, b) => a.place - b.place)[0];
        by("entries").insertBefore(drawn, next ? thread.nodes.get(next.id) : null);
      }
      thread.entries.set(entry.id, entry);
      thread.nodes.set(entry.id, drawn);
    }
    if (isAtEnd) scroll.scrollTop = scroll.scrollHeight;
    read();
  };

  const lead = (head) => {
    thread.head = head;
    by("heading").textContent = head.subject || words.subject;
    by("state").textContent = words.state[head.status] || "";
  };

  const last = () => Math.max(0, ...[...thread.entries.values()].map((entry) => entry.place));

  // Marks as read what somebody sees, and tells the page around what nobody has seen.
  const read = () => {
    if (!thread) return;
    const upto = last();
    const isSeen = isOpen && view === "talk" && document.visibilityState === "visible";
    if (isSeen && upto > thread.marked) {
      thread.marked = upto;
      const path = user ? `threads/${thread.id}/read` : "guest/read";
      ask(path, { upto }).catch(() => {});
      if (!user) keep({ ...kept, seen: upto });
    }
    if (user || !kept) return;
    const isNew = ({ place, content }) =>
      content.kind === "message" && content.side === "staff" && place > kept.seen;
    tell({ t: "unread", n: [...thread.entries.values()].filter(isNew).length });
  };

  const open = async (id) => {
    const mine = ++turn;
    const opened = await ask(user ? "threads/" + id : "guest/thread");
    if (mine !== turn) return;
    thread = {
      id: opened.head.id,
      number: opened.change,
      entries: new Map(),
      nodes: new Map(),
      marked: user ? 0 : kept.seen,
    };
    by("entries").replaceChildren();
    by("reply").hidden = false;
    by("again").hidden = true;
    by("leave").hidden = !!user;
    show("talk", "");
    lead(opened.head);
    put(opened.entries);
    by("older").hidden = !opened.more_before;
    by("scroll").scrollTop = by("scroll").scrollHeight;
    if (!user || !socket) connect();
    focusOn("text");
  };

  by("older").addEventListener("click", async () => {
    const mine = turn;
    const first = Math.min(...[...thread.entries.values()].map((entry) => entry.place));
    const path = user ? `threads/${thread.id}/entries` : "guest/entries";
    const page = await ask(`${path}?before=${first}`).catch(() => null);
    if (!page || mine !== turn) return;
    put(page.entries);
    by("older").hidden = !page.more_before;
    by("scroll").scrollTop = 0;
  });

  let replyKey = null;
  by("reply").addEventListener("input", () => (replyKey = null));
  by("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) by("reply").requestSubmit();
  });
  by("reply").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = by("reply");
    const button = form.querySelector("button");
    const wrong = form.querySelector(".wrong");
    if (button.disabled || !thread) return;
    const mine = turn;
    replyKey = replyKey || freshKey();
    button.disabled = true;
    wrong.textContent = "";
    try {
      const path = user ? `threads/${thread.id}/replies` : "guest/replies";
      await ask(path, { text: by("text").value, seen: thread.number }, replyKey);
      replyKey = null;
      by("text").value = "";
      // Without a line, nothing else would bring it here.
      if (mine === turn && !isLive()) await open(thread.id);
    } catch (error) {
      if (!user && [401, 410].includes(error.status)) ended();
      else wrong.textContent = sentence(error);
    }
    button.disabled = false;
    focusOn("text");
  });

  // A guest's secret has ended: the mailed link still leads to the conversation.
  const ended = () => {
    keep(null);
    hangUp();
    tell({ t: "talk", is: false });
    by("leave").hidden = true;
    by("reply").hidden = true;
    by("again").hidden = false;
    by("state").textContent = words.ended;
    tell({ t: "unread", n: 0 });
  };

  by("leave").addEventListener("click", async () => {
    try {
      await ask("guest/sign-out", {});
    } catch (error) {
      if (![401, 410].includes(error.status)) return trouble(error);
    }
    turn += 1;
    ended();
    start();
  });

  // The live line.

  const isLive = () => socket && socket.readyState === WebSocket.OPEN;

  const hangUp = () => {
    const line = socket;
    socket = null;
    if (line) line.close();
    by("offline").textContent = "";
  };

  const hear = (frame) => {
    if (frame.t === "hello") {
      by("offline").textContent = "";
      if (delay !== 1000 && user) {
        load().catch(() => {});
        if (thread) call({ t: "catch_up", thread: thread.id, after: thread.number });
      }
      delay = 1000;
    } else if (frame.t === "change" && thread && frame.thread === thread.id) {
      if (frame.now <= thread.number) return;
      if (frame.prev > thread.number) {
        if (user) call({ t: "catch_up", thread: thread.id, after: thread.number });
        else connect();
        return;
      }
      thread.number = frame.now;
      lead(frame.head);
      put(frame.entries);
    } else if (frame.t === "whisper") {
      by("typing").textContent = frame.typing ? `${frame.typing} ${words.typing}` : "";
    } else if (frame.t === "row") {
      rows.set(frame.id, frame);
      if (view === "home") list();
    } else if (frame.t === "gone") {
      rows.delete(frame.thread);
      if (thread && thread.id === frame.thread) home();
      else if (view === "home") list();
    }
  };

  const call = (what) => isLive() && socket.send(JSON.stringify(what));

  const connect = () => {
    hangUp();
    const line = new WebSocket(location.origin.replace(/^http/, "ws") + "/embed/live");
    let silence;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => line.close(), 45000);
    };
    socket = line;
    heard();
    line.onopen = () => line.send(JSON.stringify({ token: token(), after: thread && !user ? thread.number : 0 }));
    line.onmessage = ({ data }) => {
      heard();
      if (line === socket) hear(JSON.parse(data));
    };
    line.onclose = ({ code }) => {
      clearTimeout(silence);
      if (line !== socket) return;
      socket = null;
      by("typing").textContent = "";
      if (code === 4001 && !user) return ended();
      by("offline").textContent = words.offline;
      delay = Math.min(delay * 2, 30000);
      setTimeout(async () => {
        if (socket || !token()) return;
        if (code === 4001) await renew().catch(() => {});
        if (!socket && token()) connect();
      }, delay + Math.random() * 1000);
    };
  };

  const trouble = (error) => {
    by("told").textContent = sentence(error);
    by("offline").textContent = sentence(error);
  };

  // Beginning anew: as a guest, or as somebody who is vouched for.
  const begin = async () => {
    turn += 1;
    thread = null;
    rows = new Map();
    hangUp();
    try {
      if (user) {
        await load();
        connect();
        if (rows.size) home();
        else start();
        return;
      }
      recall();
      if (!kept) return start();
      await open(null);
    } catch (error) {
      if (!user && [401, 404, 410].includes(error.status)) {
        keep(null);
        start();
      } else {
        show("start", words.title);
        by("begin").hidden = true;
        trouble(error);
      }
    }
  };

  const become = (session) => {
    const isSame = user && session && user.person === session.person;
    user = session;
    for (const done of renewing.splice(0)) done();
    if (!isSame) return begin();
    if (!socket) connect();
  };

  by("back").addEventListener("click", home);
  by("new").addEventListener("click", start);
  by("restart").addEventListener("click", start);
  by("close").addEventListener("click", () => tell({ t: "close" }));
  addEventListener("keydown", (event) => event.key === "Escape" && tell({ t: "close" }));
  document.addEventListener("visibilitychange", read);

  addEventListener("message", async (event) => {
    if (event.source !== parent || parent === window || !words.origins.includes(event.origin)) return;
    const said = event.data;
    if (!said || said.pigeon !== 1) return;
    if (said.t === "hello") {
      outside = event.origin;
      isOpen = said.open;
      user = said.session;
      await begin();
      read();
    } else if (event.origin !== outside) {
      return;
    } else if (said.t === "session") become(said.session);
    else if (said.t === "closed") isOpen = false;
    else if (said.t === "open") {
      isOpen = true;
      if (view === "talk") by("scroll").scrollTop = by("scroll").scrollHeight;
      focusOn(view === "talk" ? "text" : view === "start" && !user ? "name" : "heading");
      read();
    }
  });
})();
