"use strict";
/* Opens articles at passages. All text of articles is written as text nodes; nothing is parsed as HTML. */
(() => {
  const articles = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const brief = document.getElementById("brief");
  const reader = document.getElementById("reader");
  const shelf = document.getElementById("shelf");
  const opened = document.getElementById("opened");
  const narrow = matchMedia("(max-width: 67.49rem)");
  const ROLES = { furniture: "page furniture", comment: "reader comment", caption: "caption", dateline: "dateline" };
  const FOLD = 400; // characters of furniture or comments beyond which a run is folded
  const HOSTILE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;
  let opener = null;
  let shown = ""; // the article that is open
  let asked = ""; // the address that opened it

  const make = (name, cls, ...children) => {
    const node = document.createElement(name);
    if (cls) node.className = cls;
    node.append(...children.filter((child) => child !== null && child !== ""));
    return node;
  };
  const visible = (text) =>
    text.replace(HOSTILE, (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

  /* Offsets are code points; strings here are UTF-16. The two are the same until a character takes two units. */
  function units(text) {
    if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
    const at = [];
    let unit = 0;
    for (const character of text) {
      at.push(unit);
      unit += character.length;
    }
    at.push(unit);
    return (offset) => at[Math.min(offset, at.length - 1)];
  }

  function address() {
    let hash = "";
    try {
      hash = decodeURIComponent(location.hash.slice(1));
    } catch {
      return null;
    }
    const [, id, start, end] = /^(.+?)(?::(\d+)-(\d+))?$/.exec(hash) ?? [];
    if (!id || !Object.hasOwn(articles, id)) return null;
    return { id, passage: start === undefined ? null : [Number(start), Number(end)] };
  }

  /* Every passage of an article that the brief cites, or that it cites within `where`. */
  function cited(id, where = "main") {
    const found = new Map();
    for (const link of document.querySelectorAll(`${where} a[href^="#${CSS.escape(id)}:"]`)) {
      const [, start, end] = /:(\d+)-(\d+)$/.exec(link.getAttribute("href"));
      found.set(`${start}-${end}`, [Number(start), Number(end)]);
    }
    return [...found.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  }

  /* One line of text with its marks: `now` the passage asked for, `also` the sides of differences. */
  function line(text, from, to, now, also) {
    const paragraph = make("p", "");
    const cuts = new Set([from, to]);
    for (const [start, end] of [...(now ? [now] : []), ...also]) {
      for (const cut of [start, end]) if (cut > from && cut < to) cuts.add(cut);
    }
    const places = [...cuts].sort((a, b) => a - b);
    for (let i = 0; i + 1 < places.length; i += 1) {
      const [start, end] = [places[i], places[i + 1]];
      const words = visible(text.slice(start, end));
      const inside = (passage) => passage[0] <= start && end <= passage[1];
      if (now && inside(now)) paragraph.append(make("mark", "", words));
      else if (also.some(inside)) paragraph.append(make("span", "also", words));
      else paragraph.append(words);
    }
    const bdi = make("bdi", "");
    bdi.append(...paragraph.childNodes);
    paragraph.append(bdi);
    return paragraph;
  }

  /* Runs of blocks of one role; text between blocks is blank or, in a damaged table, shown without a role. */
  function runs(article, at) {
    const found = [];
    let end = 0;
    const add = (role, from, to) => {
      if (to <= from || !article.text.slice(from, to).trim()) return;
      const last = found[found.length - 1];
      if (last && last.role === role) last.parts.push([from, to]);
      else found.push({ role, parts: [[from, to]] });
    };
    for (const [from, to, role] of article.blocks) {
      add("body", end, at(from));
      add(role, Math.max(end, at(from)), at(to));
      end = Math.max(end, at(to));
    }
    add("body", end, article.text.length);
    return found;
  }

  function run({ role, parts }, text, now, also) {
    const side = role === "furniture" || role === "comment";
    const section = make("section", `run ${Object.hasOwn(ROLES, role) ? role : role === "title" ? "title" : "plain"}`);
    const lines = make("div", "lines");
    let size = 0;
    for (const [from, to] of parts) {
      let place = from;
      for (const piece of text.slice(from, to).split("\n")) {
        if (piece.trim()) lines.append(line(text, place, place + piece.length, now, also));
        place += piece.length + 1;
      }
      size += to - from;
    }
    const label = Object.hasOwn(ROLES, role) ? ROLES[role] : "";
    if (side && size > FOLD) {
      const count = `${size.toLocaleString("en")} characters of ${label}${role === "comment" ? "s" : ""}`;
      const details = make("details", "", make("summary", "label", count), lines);
      details.open = lines.querySelector("mark") !== null;
      section.append(details);
    } else {
      if (label) section.append(make("p", "label", label));
      section.append(lines);
    }
    return section;
  }

  const articleLink = (id) => {
    const link = make("a", "cite", make("bdi", "", articles[id].label));
    link.href = `#${id}`;
    return link;
  };

  function facts(article) {
    const list = make("dl", "facts");
    const fact = (name, ...value) => list.append(make("dt", "", name), make("dd", "", ...value));
    fact("Outlet", article.outlet ? make("bdi", "", article.outlet) : make("span", "meta", "not told"));
    fact("Published", article.day, article.basis === "unknown" ? "" : make("span", "meta", ` from ${article.basis}`));
    if (article.evidence) fact("Because", make("bdi", "", article.evidence));
    if (article.byline) fact("By", make("bdi", "", article.byline));
    if (article.copyOf) fact("Copy of", articleLink(article.copyOf));
    if (article.copies.length) fact("Repeated by", ...article.copies.map(articleLink));
    if (article.url) {
      const link = make("a", "out", visible(article.url));
      link.href = article.url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      fact("Address", link);
    }
    fact("File", make("span", "path", article.source));
    return list;
  }

  function bar(article, passage, passages) {
    const close = make("button", "close", "Close");
    close.type = "button";
    close.setAttribute("aria-label", "Close the article");
    close.addEventListener("click", leave);
    const step = (by, name, sign) => {
      const button = make("button", "step", sign);
      button.type = "button";
      button.setAttribute("aria-label", name);
      button.addEventListener("click", () => walk(passages, passage, by));
      button.disabled = passages.length < 2;
      return button;
    };
    const place = passage ? `characters ${passage[0]}–${passage[1]}` : `${passages.length} cited passages`;
    const where = make("p", "where", make("strong", "", make("bdi", "", article.label)), make("span", "meta", place));
    return make("header", "bar", where, step(-1, "Cited passage before", "↑"), step(1, "Next cited passage", "↓"), close);
  }

  function walk(passages, passage, by) {
    const here = passages.findIndex((p) => passage && p[0] === passage[0] && p[1] === passage[1]);
    const from = here < 0 && by < 0 ? 0 : here;  // with none open, the one before is the last
    const next = passages[(from + by + passages.length) % passages.length];
    location.replace(`#${shown}:${next[0]}-${next[1]}`);
  }

  function open({ id, passage }) {
    const article = articles[id];
    const at = units(article.text);
    const size = article.text.length;
    const fits = passage && at(passage[0]) < at(passage[1]) && at(passage[0]) < size ? passage : null;
    const now = fits && fits.map(at);
    const passages = cited(id);
    const also = cited(id, ".sides").map((p) => p.map(at));
    shown = id;
    asked = location.hash;
    const heading = make("h2", article.blocks.some((block) => block[2] === "title") ? "hush" : "", make("bdi", "", article.title || article.label));
    const body = make("div", "text");
    for (const part of runs(article, at)) body.append(run(part, article.text, now, also));
    opened.replaceChildren(bar(article, fits, passages), make("div", "sheet", heading, facts(article), body));
    opened.hidden = false;
    shelf.hidden = true;
    root.classList.add("reading");
    sheet(true);
    const mark = opened.querySelector("mark");
    reader.setAttribute("aria-label", `Article: ${article.label}`);
    reader.scrollTop = 0;
    if (mark) {
      mark.tabIndex = -1;
      const box = reader.getBoundingClientRect();
      reader.scrollTop += mark.getBoundingClientRect().top - box.top - box.height * 0.3;
    }
    (mark ?? opened.querySelector(".close")).focus({ preventScroll: true });
    current();
  }

  /* On a narrow screen the reader covers the brief, which is then out of reach for keys and screen readers. */
  function sheet(on) {
    const modal = on && narrow.matches;
    brief.inert = modal;
    if (modal) {
      reader.setAttribute("role", "dialog");
      reader.setAttribute("aria-modal", "true");
    } else {
      reader.removeAttribute("role");
      reader.removeAttribute("aria-modal");
    }
  }

  function shut() {
    if (opened.hidden) return;
    opened.hidden = true;
    asked = "";
    opened.replaceChildren();
    shelf.hidden = false;
    reader.scrollTop = 0;
    reader.setAttribute("aria-label", "Articles");
    root.classList.remove("reading");
    sheet(false);
    current();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }

  /* Marks in the brief the line that is open. */
  function current() {
    for (const link of document.querySelectorAll("main a[aria-current]")) link.removeAttribute("aria-current");
    if (!asked) return;
    for (const link of document.querySelectorAll("main a")) {
      if (link.getAttribute("href") === asked) link.setAttribute("aria-current", "true");
    }
  }

  function leave() {
    history.pushState(null, "", location.pathname + location.search);
    shut();
  }

  function route() {
    const place = address();
    if (place) open(place);
    else if (narrow.matches || location.hash === "") shut(); // a step within the brief leaves the article open beside it
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (brief.contains(link)) opener = link;
    if (link.getAttribute("href") === location.hash && address()) route();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !opened.hidden) leave();
  });
  addEventListener("hashchange", route);
  narrow.addEventListener("change", () => sheet(!opened.hidden));
  addEventListener("beforeprint", () => {
    for (const details of brief.querySelectorAll("details")) details.open = true;
  });

  route();
})();
