/** The sitting: what is shown, and what keys and buttons do. */

import { choose, fill, showKeys } from "./dialogs.js";
import { make } from "./made.js";
import { point, showCard, showHit, showPage, typeInPlace } from "./reading.js";
import { Scan } from "./scan.js";
import { showSeries, standing, step as stepSeries } from "./series.js";
import { ask, listen, Refusal, send } from "./talk.js";
import { label, learn, number, say } from "./words.js";

const at = (id) => document.getElementById(id);
const scan = new Scan(at("scan"));

const now = {
  view: "series", overview: null, page: null, id: "", scope: ["all", ""], queue: [],
  rule: "", safety: "", order: "page", sort: "path", over: false, ending: false, typing: false,
};

/* What is shown */

async function refresh() {
  now.overview = await ask("overview");
  showTop();
  showPages();
  showRules();
  if (now.view === "series") showSeries(at("series"), filtered(now.overview.series), actOnSeries);
}

function showTop() {
  const { all = 0, open = 0 } = now.overview.totals;
  const done = all - open;
  at("totals").textContent = say("totals", { done: number(done), all: number(all), open: number(open) });
  document.querySelector(".bar i").style.width = `${all ? (100 * done) / all : 100}%`;
  document.title = `${number(open)} · fixnews`;
}

const filtered = (some) => some.filter((one) => (!now.rule || one.code === now.rule) && (!now.safety || one.safety === now.safety));

function showRules() {
  const rules = now.overview.rules.map(({ code, name, count }) => [code, `${code} ${name} ${number(count)}`]);
  options("rule", [["", say("filter.all rules")], ...rules], now.rule);
  options("safety", [["", say("filter.all safety")], ["safe", say("safety.safe")], ["unsafe", say("safety.unsafe")]], now.safety);
  options("order", [["page", say("filter.by page")], ["doubt", say("filter.by doubt")]], now.order);
}

function options(id, rows, value) {
  at(id).replaceChildren(...rows.map(([name, text]) => make("option", { value: name }, text)));
  at(id).value = value;
}

const SORTS = {
  path: (a, b) => a.number - b.number,
  open: (a, b) => b.open - a.open || a.number - b.number,
  noise: (a, b) => b.noise - a.noise || a.number - b.number,
};

function showPages() {
  const worst = Math.max(...now.overview.pages.map((page) => page.noise), 1);
  const rows = [...now.overview.pages].sort(SORTS[now.sort]).map((page) => {
    const noise = make("span", { className: "noise", title: say("pages.noise", { n: page.noise }) });
    noise.style.setProperty("--share", `${(100 * page.noise) / worst}%`);
    const button = make(
      "button", { onclick: () => inTurn(() => openPage(page.number)), title: page.path },
      make("bdi", { className: "name" }, page.path), make("span", { className: "open" }, page.open ? number(page.open) : "✓"), noise,
    );
    button.classList.toggle("on", now.view === "reading" && now.page?.number === page.number);
    return make("li", { className: page.open ? "" : "done" }, button);
  });
  const top = at("pages").scrollTop;
  at("pages").replaceChildren(...rows);
  at("pages").scrollTop = top;
  document.querySelectorAll("[data-sort]").forEach((one) => one.classList.toggle("on", one.dataset.sort === now.sort));
}

function show(view) {
  now.view = view;
  document.body.dataset.view = view;
  at("series").hidden = view === "reading";
  at("reading").hidden = view !== "reading";
  at("scope").textContent = "";
  if (view === "series") {
    remember("#/series");
    showSeries(at("series"), filtered(now.overview.series), actOnSeries);
    at("series").focus({ preventScroll: true });
  }
  if (now.overview) showPages();
}

const remember = (hash) => history.replaceState(null, "", hash);

/* One page, one mark */

async function load(numbered) {
  const page = await ask(`pages/${numbered}`);
  const paths = Object.fromEntries(now.overview.pages.map((one) => [one.number, one.path]));
  for (const mark of [...page.marks, ...page.landings]) if (mark.to) mark.to.path = paths[mark.to.page];
  const turned = now.page?.number !== numbered;
  now.page = page;
  const top = at("page").scrollTop;
  showPage(at("page"), page, { choose: (id) => pick(id, { scroll: false }), go: (there, id) => inTurn(() => openPage(there, id, { keep: true })) });
  if (turned) scan.open(page);
  else scan.page = page;
  at("page").scrollTop = turned ? 0 : top;
}

const marks = () => now.page?.marks ?? [];
const current = () => [...marks(), ...(now.page?.landings ?? [])].find((mark) => mark.id === now.id);

function pick(id, { scroll = true } = {}) {
  now.id = id;
  const mark = current();
  showCard(at("card"), mark, act, left());
  point(at("page"), id, { scroll });
  scan.point(mark);
  remember(`#/page/${now.page.number}/${id}`);
  document.querySelectorAll("#pages button.on").forEach((one) => one.classList.remove("on"));
  if (now.overview) showPages();
}

function left() {
  const text = now.queue.length ? say("scope.left", { n: number(now.queue.length), scope: say(`scope.${now.scope[0]}`) }) : "";
  at("scope").textContent = text;
  return text;
}

/** Open a page: at a mark, or at the first that is open there. */
async function openPage(numbered, id = "", { keep = false, hit = null } = {}) {
  if (!keep) await lineUp("page", String(numbered));
  if (now.view !== "reading") show("reading");
  await load(numbered);
  const first = id || now.queue.find((one) => one.page === numbered)?.id || marks()[0]?.id || "";
  pick(first, { scroll: !hit });
  if (!first && !hit) at("page").scrollTop = 0;
  if (hit) showHit(at("page"), hit.at, Array.from(hit.text).length);
}

/** Work out what is asked, in which order. */
async function lineUp(scope = now.scope[0], which = now.scope[1]) {
  now.scope = [scope, which];
  const wanted = new URLSearchParams({ scope, which, order: now.order });
  const queue = (await ask(`queue?${wanted}`)).done;
  now.queue = scope === "series" ? queue : filtered(queue);
}

/** Go to the next or the previous that is open; from a page that is done to the next page. */
async function step(by) {
  if (!now.queue.length && now.scope[0] === "series") { show("series"); return; }
  if (!now.queue.length && now.scope[0] === "page") await lineUp("all", "");
  if (!now.queue.length) { showCard(at("card"), null, act, left()); return; }
  const here = now.queue.findIndex((one) => one.id === now.id);
  const order = here < 0 ? place(by) : (here + by + now.queue.length) % now.queue.length;
  await jump(now.queue[order]);
}

/** Where in the queue something stands that is no more in it. */
function place(by) {
  const mine = current();
  if (!mine || now.order === "doubt") return by > 0 ? 0 : now.queue.length - 1;
  const key = ({ page, id }) => page * 1e7 + Number(id.split(".")[1]);
  const behind = now.queue.findIndex((one) => key(one) > key({ page: now.page.number, id: mine.id }));
  if (by > 0) return Math.max(behind, 0);
  return (behind < 0 ? now.queue.length : behind + now.queue.length - 1) % now.queue.length;
}

async function jump({ page, id }) {
  if (now.view !== "reading") show("reading");
  if (now.page?.number !== page) await load(page);
  pick(id);
}

/* What is done */

let line = Promise.resolve();
let waiting = 0;

/** Do one thing after the other: a key that is pressed before the last one is done waits for it. */
function inTurn(what) {
  if (now.typing) { toast(say("card.type here")); document.querySelector("#page textarea")?.focus(); return line; }
  waiting += 1;
  document.body.classList.add("busy");
  line = line.then(what).catch((error) => { toast(String(error.message ?? error), true); }).finally(() => {
    waiting -= 1;
    document.body.classList.toggle("busy", waiting > 0);
  });
  return line;
}

async function tried(what) {
  try {
    return await what();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    toast(error.message, true);
    if (error.problem !== "lost") await again();
    return null;
  }
}

/** Show everything as it is now. */
async function again() {
  await refresh();
  if (now.view !== "reading" || now.typing) return;
  await lineUp();
  await load(now.page.number);
  if (current()) pick(now.id, { scroll: false });
  else await step(1);
}

let seenRevision = -1;

async function answer(about, verdict, text = "") {
  if (!about.length) { toast(say("said.none")); return; }
  await tried(async () => {
    const done = await send("answer", { about: about.map((mark) => ({ id: mark.id, was: mark.standing })), verdict, text });
    await moveOn(verdict, about.length, done.revision);
  });
}

/** Say what was done, and go on to what is asked next. */
async function moveOn(verdict, count, revision) {
  seenRevision = revision;
  const where = now.id;
  const here = now.queue.findIndex((one) => one.id === where);
  const next = now.queue[here + 1];
  await refresh();
  await lineUp();
  toast(say(`said.${verdict}`, { n: number(count), open: number(now.overview.totals.open ?? 0) }));
  await load(now.page.number);
  const target = now.queue.find((one) => one.id === next?.id);
  if (target && here >= 0) await jump(target);
  else await step(1);
}

const actions = {
  accept: () => current() && answer([current()], "accept"),
  reject: () => current() && answer([current()], "reject"),
  edit: async () => {
    const mark = current();
    if (!mark || now.typing) return;
    if (mark.to) { toast(say("problem.moves"), true); return; }
    now.typing = true;
    typeInPlace(point(at("page"), mark.id), mark).then((text) => {
      now.typing = false;
      inTurn(() => (text === null ? again() : answer([mark], "edit", text)));
    });
  },
  rest: (verdict) => {
    const from = current()?.start ?? 0;
    return answer(marks().filter((mark) => mark.standing === "open" && mark.start >= from), verdict);
  },
  alike: async (verdict) => {
    const mark = current();
    if (mark) await tried(async () => {
      const done = await send("alike", { id: mark.id, was: mark.standing, verdict });
      await moveOn(verdict, done.done, done.revision);
    });
  },
  allow: async () => {
    const lines = current() && await fill([["ask.allow", around(current())]], "ask.add");
    if (lines) await tried(async () => { toast((await send("allow", { passage: lines[0] })).done); await again(); });
  },
  teach: async () => {
    const mark = current();
    const lines = mark && await fill([["ask.wrong", mark.before], ["ask.right", mark.after]], "ask.add");
    if (lines) await tried(async () => { toast((await send("teach", { wrong: lines[0], right: lines[1] })).done); await again(); });
  },
  next: () => step(1),
  previous: () => step(-1),
  series: () => show("series"),
  number: async () => {
    const lines = await fill([["ask.number", ""]], "ask.go");
    const wanted = Number(lines?.[0]);
    if (wanted >= 1 && now.queue.length) await jump(now.queue[Math.min(wanted, now.queue.length) - 1]);
  },
  undo: () => tried(async () => {
    const done = await send("undo", { revision: now.overview.revision });
    seenRevision = done.revision;
    toast(say(done.done ? "said.undo" : "said.nothing to undo"));
    await again();
  }),
  help: () => showKeys(),
  find: () => at("search").focus(),
  write: () => end(true),
  leave: () => end(false),
};

const act = (name) => inTurn(actions[name]);

/** A passage worth allowing: the text itself, or with its neighbours where it is a single sign. */
function around(mark) {
  const chars = Array.from(now.page.text);
  const reach = mark.end - mark.start > 1 ? 0 : 2;
  return chars.slice(Math.max(0, mark.start - reach), mark.end + reach).join("").split(/[\r\n\f\t]/).sort((a, b) => b.length - a.length)[0];
}

const actOnSeries = (what, one) => inTurn(() => actSeries(what, one));

async function actSeries(what, one) {
  if (what === "go") { await lineUp("all", ""); await openPage(one.page, one.id, { keep: true }); return; }
  if (what === "look") { await lineUp("series", one.name); await first(one); return; }
  await tried(async () => {
    const done = await send("series", { name: one.name, verdict: what, still: one.standing.open ?? 0 });
    seenRevision = done.revision;
    await refresh();
    toast(say(`said.${what}`, { n: number(done.done), open: number(now.overview.totals.open ?? 0) }));
  });
}

/** The first that is open of a series; of one that is answered its first example. */
async function first(one) {
  const [target] = now.queue;
  if (target) await jump(target);
  else await openPage(one.examples[0].page, one.examples[0].id, { keep: true });
}

async function end(write) {
  const { all = 0, open = 0 } = now.overview.totals;
  const name = write ? "write" : "leave";
  const text = say(`ask.${name}`, { done: number(all - open), all: number(all) });
  if ((await choose(text, [["no", "ask.cancel"], ["yes", `ask.${name} do`, true]])) !== "yes") return;
  await tried(async () => {
    now.ending = true;
    const { went, run } = (await send("end", { write })).done;
    over(went ?? "quit", run);
  });
  now.ending = false;
}

function over(how, run = "") {
  if (now.over) return;
  now.over = true;
  const lines = [say(`end.${how}`), run && say("end.undo", { run })].filter(Boolean);
  document.body.replaceChildren(make("div", { className: "over" }, lines.map((line) => make("p", {}, line))));
}

let fading = 0;

function toast(text, bad = false) {
  at("toast").textContent = text;
  at("toast").classList.toggle("bad", bad);
  at("toast").hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { at("toast").hidden = true; }, bad ? 9000 : 2600);
}

/* Search */

let searching = 0;

async function search() {
  const text = at("search").value;
  const turn = ++searching;
  if (!text) { at("hits").hidden = true; return; }
  const hits = (await ask(`find?${new URLSearchParams({ text })}`));
  if (turn !== searching) return;
  const names = hits.filter((hit) => hit.at < 0);
  const places = hits.filter((hit) => hit.at >= 0);
  const told = [names.length && say("search.names", { n: number(names.length) }), places.length && say("search.found", { n: number(places.length) })];
  at("hits").replaceChildren(
    make("p", {}, told.filter(Boolean).join(", ") || say("search.none")),
    ...hits.map((hit) => make(
      "button", { onclick: () => inTurn(() => openPage(hit.page, "", hit.at < 0 ? {} : { hit })) },
      make("small", {}, hit.path), ...(hit.at < 0 ? [] : [hit.left, make("mark", {}, hit.text), hit.right]),
    )),
  );
  at("hits").hidden = false;
}

/* Keys and buttons */

const READING = {
  y: "accept", n: "reject", e: "edit", i: "allow", t: "teach", j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous",
  s: "series", Escape: "series", g: "number",
};
const ANYWHERE = { u: "undo", "?": "help", "/": "find", w: "write", q: "leave" };

function press(event) {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || now.over) return;
  const { key } = event;
  const done = ANYWHERE[key] ? actions[ANYWHERE[key]] : now.view === "series" ? inSeries(key) : inReading(key);
  if (!done) return;
  event.preventDefault();
  inTurn(done);
}

function inReading(key) {
  if (READING[key]) return actions[READING[key]];
  const many = { a: ["rest", "accept"], d: ["rest", "reject"], A: ["alike", "accept"], D: ["alike", "reject"] }[key];
  return many && (() => actions[many[0]](many[1]));
}

function inSeries(key) {
  const one = now.overview.series.find(({ name }) => name === standing(at("series")));
  const moves = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  if (moves[key]) return () => stepSeries(at("series"), moves[key]);
  const what = { a: "accept", y: "accept", r: "reject", n: "reject", o: "look", Enter: "look" }[key];
  return what && one && (() => actSeries(what, one));
}

async function go(where) {
  if (where !== "next") { show(where); return; }
  await lineUp("all", "");
  if (now.queue.length) await jump(now.queue[0]);
  else toast(say("series.none"));
}

function wire() {
  addEventListener("keydown", press);
  document.querySelectorAll("[data-go]").forEach((one) => one.addEventListener("click", () => inTurn(() => go(one.dataset.go))));
  document.querySelectorAll("[data-do]").forEach((one) => one.addEventListener("click", () => act(one.dataset.do)));
  document.querySelectorAll("[data-sort]").forEach((one) => one.addEventListener("click", () => { now.sort = one.dataset.sort; showPages(); }));
  for (const name of ["rule", "safety", "order"]) {
    at(name).addEventListener("change", async () => {
      now[name] = at(name).value;
      if (now.view === "series") showSeries(at("series"), filtered(now.overview.series), actOnSeries);
      else { await lineUp(); showCard(at("card"), current(), act, left()); }
    });
  }
  let pause = 0;
  at("search").addEventListener("input", (event) => {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(search, 150);
  });
  at("search").addEventListener("compositionend", search);
  at("search").addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") { at("search").value = ""; search(); at("search").blur(); }
    if (event.key === "Enter") at("hits").querySelector("button")?.click();
  });
}

/** Where the address says that one was. */
async function arrive() {
  const [, view, page, id] = location.hash.split("/");
  const known = view === "page" && now.overview.pages[Number(page)];
  show("series");
  if (known) { await lineUp("all", ""); await openPage(Number(page), decodeURIComponent(id ?? ""), { keep: true }); }
}

async function begin() {
  await learn(document.documentElement.lang);
  label();
  await refresh();
  seenRevision = now.overview.revision;
  wire();
  if (now.overview.kept) {
    const text = say("ask.kept", { n: number(now.overview.kept) });
    const said = await choose(text, [["no", "ask.kept no"], ["yes", "ask.kept yes", true]], { closable: false });
    await send("begin", { go_on: said !== "no" });
    await refresh();
  }
  await arrive();
  listen({
    changed: (revision) => { if (!now.typing && revision > seenRevision) { seenRevision = revision; inTurn(again); } },
    ended: (how) => now.ending || over(how),
    lost: () => toast(say("problem.lost"), true),
  });
}

begin();
