/** One page as text, with its changes marked where they stand. Offsets count characters. */

import { brief, fresh, make, old } from "./made.js";
import { say } from "./words.js";

/** Show a page; `choose` is called with the mark that somebody points at. */
export function showPage(root, page, { choose, go }) {
  const chars = Array.from(page.text);
  const pieces = [
    ...page.marks.map((mark) => ({
      start: mark.start, end: mark.end, holds: Boolean(mark.to), make: (inside) => marked(mark, inside, { choose, go }),
    })),
    ...page.landings.map((landing) => ({ start: landing.at, end: landing.at, make: () => landed(landing, { choose, go }) })),
    ...page.notes.map((note) => ({ start: note.start, end: note.end, note: true, make: (inside) => noted(note, inside) })),
  ].sort((a, b) => a.start - b.start || Boolean(b.holds) - Boolean(a.holds) || Boolean(a.note) - Boolean(b.note) || a.end - b.end);
  root.replaceChildren(make("h1", {}, page.path), ...stretch(chars, pieces, 0, chars.length));
}

/** Characters with the pieces among them; what stands in a passage that moves is marked inside it. */
function stretch(chars, pieces, from, to) {
  const text = (start, end) => chars.slice(start, end).join("");
  const parts = [];
  let at = from;
  for (let turn = 0; turn < pieces.length; turn += 1) {
    const piece = pieces[turn];
    if (piece.start < at && piece.note) continue;
    if (piece.start > at) parts.push(text(at, piece.start));
    let inside = [piece.start < at ? "" : text(piece.start, piece.end)];
    if (piece.holds) {
      const held = pieces.slice(turn + 1).filter((one) => one.start < piece.end && one.end <= piece.end);
      turn += held.length;
      inside = stretch(chars, held, piece.start, piece.end);
    }
    parts.push(piece.make(inside));
    at = Math.max(at, piece.end);
  }
  parts.push(text(at, to));
  return parts;
}

function marked(mark, inside, { choose, go }) {
  const data = { id: mark.id, standing: mark.standing, safety: mark.safety };
  const there = mark.to && link(say("card.goes to", { path: mark.to.path }), () => go(mark.to.page, mark.id));
  const parts = mark.to ? [there, make("span", { className: "away" }, inside)] : changed(mark, inside.join(""));
  const element = make("span", { className: "mark", data }, parts);
  element.addEventListener("click", (event) => {
    if (event.target.closest("textarea, .link") || event.target.closest(".mark") !== element) return;
    choose(mark.id);
  });
  return element;
}

/** What stands there, and what would stand there; a break that stays is one. */
function changed(mark, text) {
  const rejected = mark.standing === "reject";
  const stays = rejected && /[\r\n]/.test(text) ? [text.replace(/[^\r\n]/g, "")] : [];
  const comes = mark.standing === "edit" ? mark.typed : mark.after;
  return [old(text), ...stays, fresh(comes)];
}

function landed(landing, { choose, go }) {
  const from = say("card.comes from", { path: landing.path, line: landing.line });
  const element = make("span", { className: "mark", data: { id: landing.id, standing: landing.standing, safety: landing.safety } });
  element.append(link(from, () => go(landing.page, landing.id)), fresh(landing.before));
  element.addEventListener("click", (event) => event.target.closest(".link") || choose(landing.id));
  return element;
}

const noted = (note, inside) => make("span", { className: "note", title: `${note.code} ${note.message}` }, inside);

const link = (text, act) => make("button", { className: "link", onclick: act }, text);

/** Mark the one that is asked about, and bring it into sight. */
export function point(root, id, { scroll = true } = {}) {
  root.querySelectorAll(".mark.on").forEach((element) => element.classList.remove("on"));
  const element = [...root.querySelectorAll(".mark")].find((one) => one.dataset.id === id);
  element?.classList.add("on");
  if (scroll) element?.scrollIntoView({ block: "center" });
  return element;
}

/** Show a passage that was searched for. */
export function showHit(root, at, length) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = at;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("h1, ins, .link")) continue;
    const own = Array.from(node.data);
    if (node.parentElement.closest("del.turn") || left >= own.length) { left -= own.length; continue; }
    const range = document.createRange();
    const start = own.slice(0, left).join("").length;
    range.setStart(node, start);
    range.setEnd(node, Math.min(node.data.length, start + own.slice(left, left + length).join("").length));
    const hit = make("span", { className: "hit" });
    range.surroundContents(hit);
    hit.scrollIntoView({ block: "center" });
    return;
  }
}

/** Let somebody type in place of a mark; resolves to the text, or null if it is left as it was. */
export function typeInPlace(element, mark) {
  return new Promise((resolve) => {
    const text = mark.standing === "edit" ? mark.typed : mark.after;
    const field = make("textarea", { value: text, rows: 1, title: say("card.type here"), ariaLabel: say("card.type here") });
    let composing = false;
    let over = false;
    const leave = (value) => {
      if (over) return;
      over = true;
      field.remove();
      resolve(value);
    };
    field.addEventListener("compositionstart", () => { composing = true; });
    field.addEventListener("compositionend", () => { composing = false; });
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (composing || event.isComposing || event.keyCode === 229) return;
      if (event.key === "Escape") leave(null);
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        leave(field.value);
      }
    });
    element.append(field);
    field.focus();
    field.select();
  });
}

/** The change that is asked about, with why and how sure. */
export function showCard(root, mark, act, left) {
  if (!mark) {
    root.replaceChildren(
      make("div", { className: "change" }, say("card.done")),
      make("div", { className: "acts" }, make("button", { onclick: () => act("series") }, say("card.to series"))),
    );
    return;
  }
  const buttons = [
    ["accept", "y", "yes"], ["reject", "n", "no"], ["edit", "e", ""], ["next", "j", ""],
    ["allow", "i", ""], ["teach", "t", ""], ["series", "s", ""], ["previous", "k", ""],
  ].map(([name, key, kind]) =>
    make("button", { className: kind, onclick: () => act(name), data: { key } }, say(name === "series" ? "series.title" : `card.${name}`)));
  const comes = mark.standing === "edit" ? mark.typed : mark.after;
  const goal = mark.to ? say("card.goes to", { path: mark.to.path ?? "" }) : null;
  root.replaceChildren(
    make("div", { className: "change" }, old(brief(mark.before)) ?? say("card.nothing"), make("b", {}, "→"), goal ?? fresh(comes) ?? say("card.nothing")),
    make(
      "div", { className: "why" },
      make("span", { className: `tag ${mark.safety}` }, say(`safety.${mark.safety}`)),
      make("span", { className: "code" }, `${mark.code} ${mark.rule}`), mark.message,
    ),
    make(
      "div", { className: "facts" },
      [say("card.line", { n: mark.line }), mark.confidence.toFixed(2), say(`standing.${mark.standing}`), left,
        ...mark.evidence.map(([fact, figure]) => `${fact}: ${figure}`)].map((fact) => make("span", {}, fact)),
    ),
    make("div", { className: "acts" }, buttons),
  );
}
