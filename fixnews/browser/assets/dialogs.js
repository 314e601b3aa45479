/** Questions that stand in front of everything else. */

import { make } from "./made.js";
import { say } from "./words.js";

const room = () => document.getElementById("ask");

/** Ask; resolves to the name of the button, or "" if it was closed. Buttons: [name, words, main]. */
export function choose(text, buttons, { closable = true } = {}) {
  return opened([make("p", {}, text)], buttons, () => [], closable).then(([name]) => name);
}

/** Ask for lines of text: [[words, offered], …]; resolves to them, or null. */
export async function fill(lines, word) {
  const fields = lines.map(([, offered]) => make("input", { value: offered, autocomplete: "off", spellcheck: false }));
  const labels = lines.map(([name], n) => make("label", {}, say(name), fields[n]));
  const buttons = [["cancel", "ask.cancel"], ["ok", word, true]];
  const [name, ...values] = await opened(labels, buttons, () => fields.map((field) => field.value), true);
  return name === "ok" && values.every(Boolean) ? values : null;
}

/** Show the keys. */
export function showKeys() {
  const rows = ["y", "n", "e", "a", "d", "A", "D", "i", "t", "j", "k", "g", "/", "u", "s", "w", "q"]
    .flatMap((key) => [make("dt", {}, key), make("dd", {}, say(`key.${key}`))]);
  return opened([make("dl", {}, rows), make("p", {}, say("keys.series"))], [["ok", "ask.close", true]], () => [], true);
}

function opened(parts, buttons, values, closable) {
  return new Promise((resolve) => {
    const dialog = room();
    const leave = (name) => {
      const told = [name, ...values()];
      dialog.onclose = null;
      dialog.close();
      resolve(told);
    };
    const made = buttons.map(([name, words, main]) =>
      make("button", { className: main ? "main" : "", onclick: () => leave(name) }, say(words)));
    dialog.replaceChildren(...parts, make("div", { className: "acts" }, made));
    dialog.oncancel = (event) => { if (!closable) event.preventDefault(); };
    dialog.onclose = () => resolve(["", ...values()]);
    dialog.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229 && event.target.tagName === "INPUT") leave(buttons.at(-1)[0]);
    };
    dialog.showModal();
    (dialog.querySelector("input") ?? made.at(-1)).focus();
  });
}
