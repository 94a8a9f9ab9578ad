// How what somebody wrote is shown: the reading of `wire/src/prose`, which says what is meant by it. Both are
// held against the same cases (`wire/src/prose/cases.json`). Makes a list of strings, `[name, with]` where
// something begins, and `[name]` where it ends; never markup.
const pigeonProse = (text) => {
  "use strict";
  const web = /^https?:\/\/(?=[\p{Alphabetic}\p{N}[])/u;
  const outside = /[\p{White_Space}\p{Cc}<>"`]/u;
  const over = /[\p{White_Space}\p{Cc}<>"`]|(?<=\])\(/u;
  const space = /^\p{White_Space}$/u;
  const letter = /^[\p{Alphabetic}\p{N}]/u;
  const inWord = (c) => letter.test(c) && c < "\u2e80";
  const apart = (c) => space.test(c) || (c > "\x7f" && !inWord(c));
  const begins = (before, next) =>
    (!before || apart(before) || "([{\"'-:".includes(before)) &&
    !!next && !space.test(next) && !")]}.,;:!?/\\=|".includes(next);
  const ends = (before, next) =>
    !!before && !space.test(before) && !"([{/\\=|".includes(before) &&
    (!next || apart(next) || ")]}\"'.,;:!?-/".includes(next));
  const count = (text, c) => text.split(c).length - 1;

  const lengthOf = (rest) => {
    if (!web.test(rest)) return 0;
    const at = rest.search(over);
    const whole = at < 0 ? rest : rest.slice(0, at);
    const surplus = { ")": count(whole, ")") - count(whole, "("), "]": count(whole, "]") - count(whole, "[") };
    let length = whole.length;
    for (; ; length--) {
      const last = whole[length - 1];
      if (".,;:!?'*_".includes(last)) continue;
      if (!(surplus[last]-- > 0)) return length;
    }
  };

  const honest = (label, address) => {
    const looks = label.includes("://") || /\.\p{Alphabetic}/u.test(label);
    const bare = (one) => one.replace(web, "");
    if (!looks) return true;
    return bare(address).startsWith(bare(label)) && /^([/?#]|$)/.test(bare(address).slice(bare(label).length));
  };

  const link = (rest) => {
    const close = rest.slice(1).search(/[[\]]/) + 1;
    if (!close || !rest.startsWith("](", close)) return null;
    const label = rest.slice(1, close);
    const after = rest.slice(close + 2);
    let [open, end] = [0, 0];
    for (; end < after.length; end++) {
      const c = after[end];
      if (c === "(") open++;
      else if (c === ")" && open) open--;
      else if (c === ")") break;
      else if (c === "[" || outside.test(c)) return null;
    }
    const address = after.slice(0, end);
    const known = web.test(address) || (address.startsWith("mailto:") && address.includes("@"));
    const fits = end < after.length && !/^\p{White_Space}*$/u.test(label) && known && honest(label, address);
    return fits ? { label, address } : null;
  };

  const codeOf = (before, rest) => {
    const end = rest.indexOf("`", 1);
    const code = rest.slice(1, end);
    const isWord = (c) => !!c && (c === "`" || inWord(c));
    const next = rest.slice(end + 1, end + 3);
    const isCode = end > 1 && !space.test(code[0]) && !space.test(code.at(-1)) && !isWord(before) && !isWord(first(next));
    return isCode ? code : null;
  };

  const first = (text) => (text ? String.fromCodePoint(text.codePointAt(0)) : "");
  const lastOf = (text) => {
    const two = text.slice(-2);
    return two.length === 2 && two.codePointAt(0) > 0xffff ? two : text.slice(-1);
  };

  const line = (text, out) => {
    const begun = { em: -1, strong: -1 };
    let [from, at] = [0, 0];
    const put = (some) => some && out.push(some);
    const around = (name, address, inside) => [[name, address], inside, [name]];
    while (at < text.length) {
      const c = text[at];
      let taken = 1;
      let found = [];
      if ("*`[h".includes(c)) {
        const rest = text.slice(at);
        const before = lastOf(text.slice(Math.max(0, at - 2), at));
        if (c === "*") {
          while (rest[taken] === "*") taken++;
          const next = first(rest.slice(taken, taken + 2));
          const [own, other] = taken === 1 ? ["em", "strong"] : ["strong", "em"];
          if (taken < 3 && begun[own] >= 0 && ends(before, next)) {
            out[begun[own]] = [own, null];
            if (begun[other] > begun[own]) begun[other] = -1;
            begun[own] = -1;
            found = [[own]];
          } else if (taken < 3 && begins(before, next)) {
            begun[own] = out.length + (from < at ? 1 : 0);
            found = [rest.slice(0, taken)];
          }
        } else if (c === "`") {
          const code = codeOf(before, rest);
          if (code) [taken, found] = [code.length + 2, around("code", null, code)];
        } else if (c === "[") {
          const it = link(rest);
          if (it) [taken, found] = [it.label.length + it.address.length + 4, around("a", it.address, it.label)];
        } else if (!before || !inWord(before)) {
          const length = lengthOf(rest);
          if (length) [taken, found] = [length, around("a", rest.slice(0, length), rest.slice(0, length))];
        }
      }
      if (found.length) {
        put(text.slice(from, at));
        out.push(...found);
        from = at + taken;
      }
      at += taken;
    }
    put(text.slice(from));
  };

  const beginsFence = (line) => /^```+[A-Za-z0-9+\-_.#]*\p{White_Space}*$/u.test(line);
  const endsFence = (line) => /^```+\p{White_Space}*$/u.test(line);
  const quoted = (line) => (/^>+( |$)/.test(line) ? line.slice(1).replace(/^ /, "") : null);
  const mark = (line) => {
    const [, indent, number, rest] = /^( {0,3})(?:([1-9][0-9]{0,2})\. |- )(.*)$/s.exec(line) || [];
    return rest === undefined || /^\p{White_Space}*$/u.test(rest) ? null : { indent: indent.length, number, rest };
  };
  const indentOf = (line) => /^ */.exec(line)[0].length;

  const list = (lines, depth, out) => {
    const top = mark(lines[0]);
    const items = [];
    let taken = 0;
    for (const line of lines) {
      const indent = indentOf(line);
      const own = mark(line);
      if (items.length && indent >= top.indent + 2 && indent < line.length) {
        const inside = top.indent + (top.number ? top.number.length + 2 : 2);
        items.at(-1).lines.push(line.slice(Math.min(indent, inside)));
      } else if (own && !own.number === !top.number) items.push({ number: own.number, lines: [own.rest] });
      else break;
      taken++;
    }
    if (items.length < 2) return 0;
    const name = top.number ? "ol" : "ul";
    out.push([name, null]);
    for (const item of items) {
      out.push(["li", item.number || null]);
      blocks(item.lines, depth - 1, out);
      out.push(["li"]);
    }
    out.push([name]);
    return taken;
  };

  const quote = (lines, depth, out) => {
    const end = lines.findIndex((line) => quoted(line) === null);
    const inner = (end < 0 ? lines : lines.slice(0, end)).map(quoted);
    out.push(["blockquote", null]);
    blocks(inner, depth - 1, out);
    out.push(["blockquote"]);
    return inner.length;
  };

  const blocks = (lines, depth, out) => {
    const lastEnd = lines.findLastIndex(endsFence);
    let at = 0;
    while (at < lines.length) {
      if (at < lastEnd && beginsFence(lines[at])) {
        const end = lines.findIndex((line, n) => n > at && endsFence(line));
        const code = lines.slice(at + 1, end).join("\n");
        out.push(["pre", null], ["code", null], ...(code ? [code] : []), ["code"], ["pre"]);
        at = end + 1;
        continue;
      }
      let taken = 0;
      if (depth > 0 && /^>+ /.test(lines[at]) && !/^[> ]*$/.test(lines[at])) taken = quote(lines.slice(at), depth, out);
      else if (depth > 0 && mark(lines[at])) taken = list(lines.slice(at), depth, out);
      at += taken;
      if (taken) continue;
      line(lines[at], out);
      at++;
      if (at < lines.length) out.push("\n");
    }
  };

  const out = [];
  blocks(text.split("\n"), 4, out);
  return out;
};
