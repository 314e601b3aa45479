/** Elements. Text of a page goes in as text, never as markup. */

/** An element with properties, data-* under `data`, and children: elements or strings. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { data = {}, ...rest } = properties;
  Object.assign(element, rest);
  Object.assign(element.dataset, data);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A text with its line breaks to be seen. */
export const visible = (text) => text.replace(/\r\n|\r|\n/g, "⏎").replaceAll("\f", "␌");

const BREAK = /^(\r\n|\r|\n)+$/;
const LETTERS = /[\p{L}\p{N}]/u;

/** What goes: struck through, but for a mark, which a stroke would turn into another. */
export function old(text) {
  if (!text) return null;
  const kind = BREAK.test(text) ? "turn" : LETTERS.test(text) ? "" : "sign";
  return make("del", { className: kind }, visible(text));
}

/** What comes. */
export const fresh = (text) => (text ? make("ins", {}, text) : null);

/** How long a passage may be before its middle is left out, where it is only named. */
const NAMED = 40;

/** The beginning and the end of a passage. */
export function brief(text) {
  const chars = Array.from(visible(text));
  return chars.length <= NAMED ? chars.join("") : `${chars.slice(0, NAMED / 2).join("")} … ${chars.slice(-NAMED / 4).join("")}`;
}
