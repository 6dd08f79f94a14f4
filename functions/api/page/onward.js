/** What going on from a checkpoint to the end would make and cost. */

import { call } from "./api.js";
import { costs, takes } from "./words.js";

/** Of its newest revision if none is given: `{usd, most_usd, seconds, exact, stale}`. */
export async function onward(path, id, { revision, signal } = {}) {
  const query = revision ? `?revision=${revision}` : "";
  return (await call("GET", `${path}/checkpoints/${id}/outlook${query}`, { signal })).data;
}

/** In a sentence. */
export function priced({ stale, most_usd: most, usd, seconds, exact }) {
  if (!stale.length) return "Nothing more is made after it, and nothing is paid.";
  if (!most) return `Going on to the end is free, and takes about ${takes(seconds)}.`;
  const things = stale.length === 1 ? "one thing" : `${stale.length} things`;
  const imagined = exact ? "" : " As far as can be told now.";
  return `Going on to the end makes ${things}: ${costs({ usd, most_usd: most })}, about ${takes(seconds)}.${imagined}`;
}
