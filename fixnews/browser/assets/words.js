/** Everything that people read, from one file a language; nothing is spelt out elsewhere. */

let words = {};

export async function learn(language = "en") {
  words = await (await fetch(`assets/words.${language}.json`)).json();
}

/** The words of a name, with the facts put into their holes. */
export function say(name, facts = {}) {
  const text = words[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (hole, key) => (key in facts ? facts[key] : hole));
}

export const number = (value) => value.toLocaleString(document.documentElement.lang);

/** Put the words into what stands in the page. */
export function label(root = document) {
  const put = {
    word: (element, text) => { element.textContent = text; },
    wordTitle: (element, text) => { element.title = text; },
    wordLabel: (element, text) => { element.ariaLabel = text; },
    wordPlaceholder: (element, text) => { element.placeholder = text; },
  };
  for (const [key, set] of Object.entries(put)) {
    const name = key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
    for (const element of root.querySelectorAll(`[data-${name}]`)) set(element, say(element.dataset[key]));
  }
}
