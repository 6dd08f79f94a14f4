/** What going on from a checkpoint may cost: the studio tells it of edits, so that of one is asked for. */

import { call } from "./api.js";
import { costs, takes } from "./words.js";

/**
 * The most it can be: as if something the phase made were made again, and all that follows with it.
 * `{usd, most_usd, seconds, exact, stale}`.
 */
export async function onward(path, checkpoint, { signal } = {}) {
  const { artifacts } = checkpoint;
  const made = artifacts.findLast(({ media }) => media === "image" || media === "video") ?? artifacts[0];
  const way = `${path}/checkpoints/${checkpoint.id}/artifacts/${made.name}/regenerate?preview=true`;
  return (await call("POST", way, { body: {}, signal })).data.later;
}

/** In a sentence. */
export function priced(later) {
  if (!later.stale.length) return "Nothing more is made after it, and nothing is paid.";
  if (!later.most_usd) return `Going on to the end is free, and takes up to ${takes(later.seconds)}.`;
  const imagined = later.exact ? "" : " As far as can be told before the plan is written.";
  return `Going on to the end makes up to ${later.stale.length} things: ${costs({ usd: later.usd, most_usd: later.most_usd })}, up to ${takes(later.seconds)}.${imagined}`;
}
