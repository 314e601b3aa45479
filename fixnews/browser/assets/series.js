/** The list of series: what can be answered at once, with three examples each. */

import { brief, fresh, make, old } from "./made.js";
import { number, say } from "./words.js";

const open = (one) => one.standing.open ?? 0;

/** Show the series that fit; `act` does what a button says. */
export function showSeries(root, series, act) {
  const at = root.querySelector(".one.on")?.dataset.name;
  const groups = [
    ["sure", series.filter((one) => one.sure && open(one))],
    ["doubtful", series.filter((one) => !one.sure && open(one))],
  ];
  const done = series.filter((one) => !open(one));
  const parts = groups.filter(([, some]) => some.length).flatMap(([name, some]) => [
    make("h2", {}, say(`series.${name}`)),
    make("p", {}, say(`series.${name} about`)),
    ...some.map((one) => card(one, act)),
  ]);
  if (!parts.length) parts.push(make("div", { className: "over" }, say(done.length ? "series.none" : "series.none here")));
  if (done.length) {
    const summary = make("summary", {}, `${say("series.done")} ${number(done.length)}`);
    const wasOpen = root.querySelector("details.done")?.open ?? false;
    parts.push(make("details", { className: "done", open: wasOpen }, summary, done.map((one) => card(one, act))));
  }
  const top = root.scrollTop;
  root.replaceChildren(...parts);
  root.scrollTop = top;
  stand(root, root.querySelector(`.one[data-name="${at}"]`) ?? root.querySelector(".one"));
}

function card(one, act) {
  const buttons = [];
  if (open(one)) {
    buttons.push(
      make("button", { className: "yes", onclick: () => act("accept", one) }, say("series.accept")),
      make("button", { className: "no", onclick: () => act("reject", one) }, say("series.reject")),
    );
  }
  buttons.push(make("button", { onclick: () => act("look", one) }, say("series.look")));
  return make(
    "div", { className: "one", tabIndex: -1, data: { name: one.name } },
    pair(one), what(one), make("div", { className: "acts" }, buttons),
    make("ul", {}, one.examples.map((example) => line(example, act))),
  );
}

function pair(one) {
  if (one.kind !== "pair") return make("div", { className: "pair" }, make("span", { className: "kind" }, say(`kind.${one.kind}`)));
  return make("div", { className: "pair" }, old(one.before) ?? "∅", make("b", {}, "→"), fresh(one.after) ?? "∅");
}

function what(one) {
  const pages = one.pages === 1 ? say("series.page") : say("series.pages", { n: number(one.pages) });
  const standings = Object.entries(one.standing).filter(([name, n]) => n && !(name === "open" && n === one.count));
  const told = [
    pages, say(`around.${one.surroundings}`),
    say("series.confidence", { mean: one.mean.toFixed(2), least: one.least.toFixed(2) }),
    standings.map(([name, n]) => `${number(n)} ${say(`standing.${name}`)}`).join(", "),
  ].filter(Boolean).join(" · ");
  return make(
    "div", { className: "what" },
    make("strong", {}, number(one.count)),
    make("span", { className: `tag ${one.safety}` }, say(`safety.${one.safety}`)),
    make("span", { className: "code" }, `${one.code} ${one.rule}`), make("br"), told,
  );
}

function line(example, act) {
  const place = make("button", { onclick: () => act("go", example), title: example.path }, `${example.path}:${example.line}`);
  const after = example.to ? make("b", {}, " ⇢ ") : fresh(example.after);
  const before = example.before.length > 12 ? make("del", {}, brief(example.before)) : old(example.before);
  return make("li", {}, place, make("span", {}, example.left, before, after, example.right));
}

/** The series that keys speak of. */
export const standing = (root) => root.querySelector(".one.on")?.dataset.name;

function stand(root, element) {
  root.querySelector(".one.on")?.classList.remove("on");
  element?.classList.add("on");
}

/** Go to the next or the previous series. */
export function step(root, by) {
  const all = [...root.querySelectorAll(".one")].filter((one) => one.offsetParent);
  const at = all.findIndex((one) => one.classList.contains("on"));
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!next) return;
  stand(root, next);
  next.scrollIntoView({ block: "nearest" });
}
