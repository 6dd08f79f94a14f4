/** What going on from a checkpoint may cost: the studio tells it of edits, so that of one is asked for. */

import { call } from "./api.js";
import { costs, takes } from "./words.js";

/**
 * The most it can be: as if something the phase made were made again, and all that follows with it. Of an older
 * `revision`, what going back to it would lead to. `{usd, most_usd, seconds, exact, stale}`.
 */
export async function onward(path, checkpoint, { revision, signal } = {}) {
  const at = `${path}/checkpoints/${checkpoint.id}`;
  const preview = async (way, body) =>
    (await call("POST", `${at}/${way}?preview=true`, { body, signal })).data.later;
  const again = () => preview(`artifacts/${drawn(checkpoint).name}/regenerate`, {});
  if (!revision) return again();
  const back = preview("adopt", { from_checkpoint_id: checkpoint.id, from_revision: revision });
  return back.catch((error) => {
    if (error.code === "UNCHANGED") return again();
    throw error;
  });
}

const drawn = ({ artifacts }) =>
  artifacts.findLast(({ media }) => media === "image" || media === "video") ?? artifacts[0];

/** In a sentence. */
export function priced(later) {
  if (!later.stale.length) return "Nothing more is made after it, and nothing is paid.";
  if (!later.most_usd) return `Going on to the end is free, and takes up to ${takes(later.seconds)}.`;
  const imagined = later.exact ? "" : " As far as can be told before the plan is written.";
  return `Going on to the end makes up to ${later.stale.length} things: ${costs(later)}, up to ${takes(later.seconds)}.${imagined}`;
}
