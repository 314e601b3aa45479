/** What is asked of the server and sent to it; what it tells unasked. */

import { say } from "./words.js";

/** An answer that was not taken; `message` says why. */
export class Refusal extends Error {
  constructor(problem, facts = {}) {
    const named = { ...facts };
    if (facts.standing) named.standing = say(`standing.${facts.standing}`);
    super(say(`problem.${problem}`, named));
    this.problem = problem;
  }
}

async function told(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Refusal("lost");
  }
  const body = await response.json().catch(() => ({ problem: "request" }));
  if (!response.ok) throw new Refusal(body.problem ?? "request", body.facts);
  return body;
}

export const ask = (path) => told(fetch(path));

export const send = (path, said) =>
  told(fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said) }));

/** Hear of every change, of the end, and of a server that is gone. */
export function listen({ changed, ended, lost }) {
  const news = new EventSource("news");
  let over = false;
  news.addEventListener("revision", (event) => changed(JSON.parse(event.data)));
  news.addEventListener("ended", (event) => {
    over = true;
    news.close();
    ended(JSON.parse(event.data));
  });
  news.addEventListener("error", () => over || lost());
}
